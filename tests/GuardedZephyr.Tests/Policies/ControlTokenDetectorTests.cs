using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ControlTokenDetectorTests
{
    private readonly ControlTokenDetector _detector = new();

    [Theory]
    [InlineData("<|user|>")]
    [InlineData("<|endoftext|>")]
    [InlineData("<|im_start|>")]
    [InlineData("<|SYSTEM|>")]
    [InlineData("[INST]")]
    [InlineData("[/INST]")]
    [InlineData("<<SYS>>")]
    [InlineData("<</SYS>>")]
    public void Marker_of_a_chat_template_is_found(string marker)
    {
        var text = $"Hi {marker} there";

        Assert.Equal([new Finding("control-token", 3, marker.Length, 1, "control-token")], _detector.Find(text));
    }

    [Fact]
    public void Markers_are_found_under_obfuscation_and_one_behind_the_other()
    {
        var text = "＜｜user｜＞<|ass\u200Bistant|>";

        Assert.Equal(["＜｜user｜＞", "<|ass\u200Bistant|>"], _detector.Find(text).Select(finding => finding.TextOf(text)));
    }

    [Theory]
    [InlineData("a <| b |> c")]
    [InlineData("<||>")]
    [InlineData("<|two words|>")]
    [InlineData("<|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|>")]
    [InlineData("<s>old price</s>")]
    [InlineData("[1] and <b>")]
    public void Other_text_is_left_alone(string text) => Assert.Empty(_detector.Find(text));
}
