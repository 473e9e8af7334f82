using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class SpokenTextTests
{
    private static readonly Gen<string> Words = Gen.Select(
        Gen.OneOf("four", "one", "5", "o", "dot", "at", "(at)", "double", "dash", "plus", "a", "b", "@", ".", "ada", "example", "com", "sieben", "é", "😀", "x-y"),
        Gen.OneOf(" ", " ", " ", ", ", "-", "", "\n", "  "),
        (word, gap) => word + gap).Array[0, 30].Select(string.Concat);

    [Theory]
    [InlineData("four one one one one one one one", "41111111")]
    [InlineData("five three six, two two, one two three four", "536 22 1234")]
    [InlineData("five-three-six dash two two dash one two three four", "536-22-1234")]
    [InlineData("plus four four two o seven nine four six", "+442079" + "46")]
    [InlineData("null eins sieben eins double five triple two", "01715" + "5222")]
    [InlineData("It is 5 3 6 2 2 1 2 3 4.", "It is 536221234.")]
    [InlineData("a d a @ e x a m p l e . o r g", "ada@example.org")]
    [InlineData("ada dot lovelace at example dot org, please", "ada.lovelace@example.org, please")]
    [InlineData("ada (at) example (dot) org", "ada@example.org")]
    [InlineData("ada[at]example[dot]org", "ada@example.org")]
    [InlineData("ada(at)example.org", "ada@example.org")]
    [InlineData("ada underscore l at example dot org", "ada_l@example.org")]
    [InlineData("one nine two dot zero dot two dot one", "192.0.2.1")]
    public void Spelled_out_text_is_written_down(string surface, string written)
    {
        Assert.True(SpokenText.SpellsOut(surface));
        Assert.Equal(written, SpokenText.From(surface)?.Text);
    }

    [Theory]
    [InlineData("One of the two was there at noon.")]
    [InlineData("a point (in) a line")]
    [InlineData("")]
    [InlineData("Meet me at 5")]
    public void Ordinary_text_is_not_worth_writing_down(string surface) => Assert.False(SpokenText.SpellsOut(surface));

    [Fact]
    public void Every_span_leads_back_to_the_surface_in_order() => Words.Sample(
        surface =>
        {
            if (SpokenText.From(surface) is not { } spoken)
            {
                return;
            }

            Assert.True(spoken.Text.Length <= surface.Length);
            var end = 0;
            for (var i = 0; i < spoken.Text.Length; i++)
            {
                var span = spoken.SurfaceSpan(i, 1);
                Assert.True(span.Start >= end - 20 && span.Length > 0 && span.Start + span.Length <= surface.Length);
                end = span.Start + span.Length;
            }
        },
        iter: 5000);

    [Theory]
    [InlineData("My card is four one one one, one one one one, one one one one, one one one one thanks", "My card is [CREDIT_CARD] thanks")]
    [InlineData("ssn five three six dash two two dash one two three four ok", "ssn [US_SSN] ok")]
    [InlineData("My social is 5 3 6 2 2 1 2 3 4", "My social is [US_SSN]")]
    [InlineData("mail ada dot lovelace at example dot org", "mail [EMAIL_ADDRESS]")]
    [InlineData("mail ada [at] example [dot] org!", "mail [EMAIL_ADDRESS]!")]
    [InlineData("a d a @ e x a m p l e . o r g", "[EMAIL_ADDRESS]")]
    [InlineData("call plus four four two zero seven nine four six zero nine five eight now", "call [PHONE_NUMBER] now")]
    public void Spelled_out_value_is_found_whole(string text, string redacted) => Assert.Equal(redacted, Detection.Redacted(text));

    [Theory]
    [InlineData("One two three four five six seven eight nine ten, count with me")]
    [InlineData("We looked at the dot on the map")]
    [InlineData("Look at example.com")]
    public void Other_spoken_text_is_left_alone(string text) => Assert.Equal(text, Detection.Redacted(text));
}
