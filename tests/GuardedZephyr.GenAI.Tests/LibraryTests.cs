using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.GenAI.Tests;

/// <summary>The decoder with the real library on the CPU: the way CUDA goes (ids appended) and the way DirectML goes (ids forced), each against this project's own engine.</summary>
public sealed class LibraryTests
{
    private const int Padding = 1;
    private const int End = 0;
    private static readonly int[] Prompt = [5, 300, 41, 7, 1200, 9, 88, 2000, 13, 640];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Greedy_reply_is_that_of_the_engine(bool forced)
    {
        using var own = DecodeEngine.Load(Nano.Folder, new EngineOptions { ContextLength = Nano.Context });
        using var genAi = DecodeEngine.Load(Nano.Folder, new EngineOptions { ContextLength = Nano.Context }, openDecoder: _ => Nano.GenAi(forced));
        foreach (var text in new[] { "Who are you?", "What is Zephyr?", "Tell me a story." })
        {
            var prompt = own.Tokenizer.Encode($"<|user|>\n{text}").Append(End).Concat(own.Tokenizer.Encode("\n<|assistant|>\n")).ToList();
            var request = new GenerationRequest { Prompt = prompt, MaxTokens = 60 };

            Assert.Equal(await Reply(own, request), await Reply(genAi, request));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_have_the_logits_of_the_engine(bool forced)
    {
        using var own = Nano.Own();
        using var genAi = Nano.GenAi(forced);
        Nano.AssertClose(own.After(Prompt), genAi.After(Prompt));

        int[] ids = [17, 2, End, 99, Padding, 1500, End, End, 4];
        for (var i = 0; i < ids.Length; i++)
        {
            Nano.AssertClose(own.Step(ids[i], Prompt.Length + i), genAi.Step(ids[i], Prompt.Length + i));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Prompt_that_ends_with_padding_or_is_nothing_else_is_read_to_its_end(bool forced)
    {
        using var own = Nano.Own();
        using var genAi = Nano.GenAi(forced);
        int[][] prompts = [[5, 300, Padding], [5, 300, Padding, Padding, Padding], [Padding], [Padding, Padding], [Padding, Padding, Padding, Padding], [End, End], [5, End]];
        foreach (var prompt in prompts)
        {
            Nano.AssertClose(own.After(prompt), genAi.After(prompt));
        }
    }

    [Fact]
    public void Prefill_goes_on_after_any_number_of_cached_ids()
    {
        using var own = Nano.Own();
        using var genAi = Nano.GenAi(forced: false);
        genAi.After(Prompt);
        genAi.Step(77, Prompt.Length);
        for (var past = Prompt.Length + 1; past >= 0; past -= 2)
        {
            int[] ids = [.. Prompt.Append(77).Take(past), 3, 4, 5];
            var expected = own.After(ids);

            genAi.Prefill(0, ids.AsSpan(past), past, Cancellation);

            Nano.AssertClose(expected, genAi.Logits(0).ToArray());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Slots_do_not_disturb_each_other(bool forced)
    {
        using var own = Nano.Own();
        using var genAi = Nano.GenAi(forced);
        genAi.Prefill(0, Prompt, 0, Cancellation);
        genAi.Prefill(1, [8, 8, 8], 0, Cancellation);

        genAi.Step([new SlotStep(0, 50, Prompt.Length), new SlotStep(1, 60, 3)], Cancellation);

        Nano.AssertClose(own.After([.. Prompt, 50]), genAi.Logits(0).ToArray());
        Nano.AssertClose(own.After(8, 8, 8, 60), genAi.Logits(1).ToArray());
    }

    [Theory]
    [InlineData(false, 0, true)]
    [InlineData(false, 4, true)]
    [InlineData(true, 0, true)]
    [InlineData(false, 0, false)]
    [InlineData(false, 4, false)]
    [InlineData(true, 0, false)]
    public void Prefill_that_was_cancelled_leaves_what_was_cached(bool forced, int past, bool beforeTheCall)
    {
        using var own = Nano.Own();
        CancellationTokenSource? cancellation = null;
        using var genAi = Nano.GenAi(forced, () =>
        {
            if (beforeTheCall)
            {
                cancellation?.Cancel();
            }
            else
            {
                _ = cancellation?.CancelAsync();
            }
        });
        int[] longPrompt = [.. Enumerable.Range(0, Nano.Context - 10).Select(i => 2 + (i * 37 % 2500))];
        for (var round = 0; round < 5; round++)
        {
            genAi.After(Prompt[..4]);
            using (cancellation = new CancellationTokenSource())
            {
                Assert.Throws<OperationCanceledException>(() => genAi.Prefill(0, longPrompt.AsSpan(), past, cancellation.Token));
            }

            cancellation = null;
            genAi.Prefill(0, Prompt.AsSpan(past), past, Cancellation);
            Nano.AssertClose(own.After(Prompt), genAi.Logits(0).ToArray());
        }
    }

    [Fact]
    public void Sequence_may_fill_the_whole_context()
    {
        using var own = Nano.Own();
        using var appended = Nano.GenAi(forced: false);
        using var forced = Nano.GenAi(forced: true);
        int[] ids = [.. Enumerable.Range(0, Nano.Context).Select(i => 2 + (i * 31 % 2500))];
        var expected = own.After(ids);

        foreach (var decoder in new[] { appended, forced })
        {
            decoder.After(ids[..^1]);
            Nano.AssertClose(expected, decoder.Step(ids[^1], Nano.Context - 1));
        }
    }

    [Fact]
    public void Folder_that_is_none_is_an_error_of_the_library() =>
        Assert.Contains("genai_config.json", Assert.Throws<GenAiException>(() => GenAiModel.Open(new GenAiSettings(Path.GetTempPath(), 10, 10, OnCpu: true))).Message, StringComparison.Ordinal);

    [Fact]
    public void Context_above_the_folder_s_is_an_error_of_the_library()
    {
        using var model = GenAiModel.Open(new GenAiSettings(Path.GetDirectoryName(Nano.Folder.ModelPath)!, Nano.Folder.VocabularySize, Nano.Folder.ContextLength + 1, OnCpu: true));

        Assert.Contains("max_length", Assert.Throws<GenAiException>(model.CreateGenerator).Message, StringComparison.Ordinal);
    }

    private static async Task<string> Reply(DecodeEngine engine, GenerationRequest request) =>
        string.Concat(await engine.GenerateAsync(request, Cancellation).Select(update => update.Text).ToListAsync(Cancellation));
}
