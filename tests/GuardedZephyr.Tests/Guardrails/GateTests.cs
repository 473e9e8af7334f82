using CsCheck;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

public class GateTests
{
    private static readonly string[] _planted =
    [
        "536-22-1234", "536 22 1234", "4111 1111 1111 1111", "4111-1111-1111-1111", "ada@example.com", "+1 (212) 555-0123",
        "GB82 WEST 1234 5698 7654 32", "192.168.10.77", "2001:db8::8a2e:370:7334", "５３６-22-1234", "53\u200B6-22-12\u200B34", "ssn 536221234", "536221234 is my social security number",
    ];

    /// <summary>Placeholders of <see cref="_request"/>, parts of them, and such as it does not have.</summary>
    private static readonly string[] _placeholders =
    [
        "<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_2>", "<EMAIL_ADDRESS_9>", "<PHONE_NUMBER_1>", "<US_SSN_1>", "<CREDIT_CARD_1>", "<IP_ADDRESS_1>",
        "<EMAIL_ADDRESS_1", "<EMAIL_ADDRESS", "_1>", "<", "<<EMAIL_ADDRESS_1>>",
    ];

    private static readonly (ChatRole Role, string Text)[] _request =
    [
        (ChatRole.System, "Operator: boss@example.com, 192.168.10.77"),
        (ChatRole.User, "I am ada@example.com, +1 212 555 0123, my SSN is 536-22-1234, my card 4111 1111 1111 1111."),
    ];

    private static readonly Gen<string> _piece = Gen.Frequency(
        (6, Gen.OneOf("the ", "number ", "of ", "a small house ", "and then ", "call ", "card ", "is ", "Paris, ", "tiny ")),
        (3, Gen.OneOf(". ", "! ", "?\n", ".\n\n", "; ", ": ", "\n", " ")),
        (3, Gen.OneOf(_planted)),
        (3, Gen.OneOf(_placeholders)),
        (1, Gen.OneOf("BADWORD ", "HURTME ")),
        (2, Gen.OneOf("😀", "é", "\u200B", "\uD83D", "\u3000", "12 ", "4111 ", "1234-", "@", ".", "ＡＢ", "<|user|>")),
        (1, Gen.Int[1, 300].Select(n => new string('x', n))),
        (1, Gen.Int[1, 60].Select(n => string.Concat(Enumerable.Repeat("7 ", n)))),
        (1, Gen.Int[1, 400].Select(n => new string('\u200B', n))));

    private static readonly Gen<string> _text = _piece.Array[0, 60].Select(string.Concat);

    private static readonly Gen<string> _harmless = _piece.Array[0, 60].Select(pieces => string.Concat(pieces.Where(piece => piece is not ("BADWORD " or "HURTME "))));

    private static readonly Gen<GateOptions> _options =
        Gen.Select(Gen.Int[1, 60], Gen.Int[60, 300], Gen.Int[1, 2000], Gen.OneOf(600, 1_000, 4_096), (min, max, context, hold) => new GateOptions { MinSegment = min, MaxSegment = max, Context = context, MaxHold = hold });

    /// <summary>Every operator on every entity, also on what overlaps placeholders; with and without blocks.</summary>
    private static readonly Gen<Rule[]> _rules = Gen.Select(
        SomeRules.OfEveryAction("EMAIL_ADDRESS", "US_SSN", "CREDIT_CARD", "PHONE_NUMBER", "IBAN_CODE", "IP_ADDRESS", "EDGE"),
        Gen.OneOf<Rule[]>([], Some.UsualRules, [Some.Block("CREDIT_CARD"), Some.Block("insult")], [Some.Block("self-harm")], [Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS", "PHONE_NUMBER")]),
        (some, more) => (Rule[])[.. some, .. more]);

    [Fact]
    public void What_is_released_does_not_depend_on_the_chunking() =>
        Gen.Select(_text, _rules, _options, Gen.Int[1, 40], Gen.Int).Sample((text, rules, options, longestChunk, seed) =>
        {
            Run whole = Push([text], rules, options);
            Run chunked = Push(Chunks(text, longestChunk, seed), rules, options);

            Assert.Equal(whole.Released, chunked.Released);
            Assert.Equal(whole.Blocked, chunked.Blocked);
        }, iter: 2_000);

    [Fact]
    public void What_is_released_is_always_a_start_of_the_whole_reply_enforced_and_all_of_it_unless_it_is_blocked() =>
        Gen.Select(_text, _rules, _options, Gen.Int[1, 40], Gen.Int).Sample((text, rules, options, longestChunk, seed) =>
        {
            Run run = Push(Chunks(text, longestChunk, seed), rules, options);
            string expected = Enforced(text, rules);

            Assert.All(run.Parts, part => Assert.StartsWith(part, expected, StringComparison.Ordinal));
            Assert.True(run.Blocked || run.Released == expected, "released too little");
        }, iter: 2_000);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void A_placeholder_is_restored_wherever_the_reply_is_cut(int chunk)
    {
        Rule[] rules = [Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS")];
        for (int lead = 200; lead < 260; lead++) // the gate cuts what has no white space at 240
        {
            string text = $"{new string('x', lead)}<EMAIL_ADDRESS_2> and <EMAIL_ADDRESS_1>.";

            Run run = Push(text.Chunk(chunk).Select(part => new string(part)), rules, new GateOptions(), withRecognizers: false);

            Assert.Equal($"{new string('x', lead)}ada@example.com and <EMAIL_ADDRESS_1>.", run.Released);
        }
    }

    [Fact]
    public void Nothing_is_released_before_it_was_judged_and_the_hold_is_bounded() =>
        Gen.Select(_harmless, _options, Gen.Int[1, 40], Gen.Int).Sample((text, options, longestChunk, seed) =>
        {
            var judge = new WordDetector("never", "insult");
            GuardPipeline pipeline = Some.Pipeline(policy: Some.Policy(Some.Block("insult")), detectors: [.. Some.PolicyDetectors, judge]);
            var turn = new GuardedTurn(pipeline, "turn", null, null);
            var gate = new Gate(pipeline, turn, options);
            string released = "";
            int pushed = 0;

            foreach (string chunk in Chunks(text, longestChunk, seed))
            {
                pushed += chunk.Length;
                released += Wait(gate.PushAsync(chunk, CancellationToken.None));

                Assert.StartsWith(released, text, StringComparison.Ordinal);
                Assert.True(released.Length == 0 || judge.Shown.Any(shown => released.EndsWith(shown, StringComparison.Ordinal)), "released what was not judged");
                Assert.True(turn.Blocking is not null || pushed - released.Length <= options.MaxHold, "held too much");
            }
        }, iter: 1_000);

    [Fact]
    public async Task A_reply_streams_long_before_it_ends()
    {
        string[] sentences = [.. Enumerable.Range(1, 20).Select(i => $"This is the sentence that has number {i} of this reply. ")];
        GuardPipeline pipeline = Some.Pipeline();
        var gate = new Gate(pipeline, new GuardedTurn(pipeline, "turn", null, null), new GateOptions());
        int firstReleaseAt = 0;

        for (int i = 0; i < sentences.Length && firstReleaseAt == 0; i++)
        {
            firstReleaseAt = (await gate.PushAsync(sentences[i], TestContext.Current.CancellationToken)).Length > 0 ? i + 1 : 0;
        }

        Assert.InRange(firstReleaseAt, 1, 6);
    }

    [Fact]
    public async Task A_block_midway_releases_what_was_judged_before_and_nothing_after()
    {
        GuardPipeline pipeline = Some.Pipeline();
        var turn = new GuardedTurn(pipeline, "turn", null, null);
        var gate = new Gate(pipeline, turn, new GateOptions());
        string harmless = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));

        string released = await gate.PushAsync(harmless + "You are a BADWORD and worse. " + harmless, TestContext.Current.CancellationToken);
        released += await gate.PushAsync("More.", TestContext.Current.CancellationToken);
        released += await gate.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(harmless, released);
        Assert.Equal(Outcome.Blocked, turn.Blocking!.Outcome);
    }

    [Fact]
    public void What_a_detector_of_whole_texts_finds_is_replaced_as_far_as_it_is_still_held()
    {
        string harmless = string.Concat(Enumerable.Repeat("A harmless sentence that is long enough to be a segment. ", 4));

        Run run = Push([harmless, "You are a BADWORD and worse. "], [Some.Redact("insult")], new GateOptions { MinSegment = 200, MaxSegment = harmless.Length });

        Assert.Equal($"{harmless}[insult]", run.Released);
    }

    private static Run Push(IEnumerable<string> chunks, Rule[] rules, GateOptions options, bool withRecognizers = true)
    {
        GuardPipeline pipeline = withRecognizers ? PipelineOf(rules) : Some.Pipeline(policy: Some.Policy(rules), detectors: []);
        var turn = new GuardedTurn(pipeline, "turn", null, null);
        Read(PipelineOf(rules), turn.Pseudonyms);
        var gate = new Gate(pipeline, turn, options);
        var parts = new List<string>();
        string released = "";
        foreach (string chunk in chunks)
        {
            parts.Add(released += Wait(gate.PushAsync(chunk, CancellationToken.None)));
        }

        return new Run([.. parts, released + Wait(gate.CompleteAsync(CancellationToken.None))], turn.Blocking is not null);
    }

    /// <summary>What becomes of a whole reply, without the gate.</summary>
    private static string Enforced(string text, Rule[] rules)
    {
        GuardPipeline pipeline = PipelineOf(rules);
        var pseudonyms = new Pseudonyms(pipeline.Policy);
        Read(pipeline, pseudonyms);
        Operators operators = pipeline.OperatorsWith(pseudonyms);
        IReadOnlyList<Finding> findings = Wait(pipeline.Detectors.DetectSpansAsync(GuardText.From(text), Direction.Output, Some.Deadline, CancellationToken.None)).Findings;
        return operators.ApplyToReply(text, [.. pipeline.Policy.Replacements(Direction.Output, findings).Where(replacement => !operators.LeavesInReply(text, replacement))]);
    }

    private static GuardPipeline PipelineOf(Rule[] rules) => Some.Pipeline(policy: Some.Policy(rules), detectors: [.. Some.Detectors, new PatternDetector("EDGE", "[a-z ]{3}<E|_1>[^<]{0,9}", 12)]);

    private static void Read(GuardPipeline pipeline, Pseudonyms pseudonyms)
    {
        foreach ((ChatRole role, string text) in _request)
        {
            Wait(pipeline.JudgeAsync(GuardText.From(text), Direction.Input, pseudonyms, role == ChatRole.User, onlyUntilSettled: true, Some.Deadline, CancellationToken.None));
        }
    }

    private static IEnumerable<string> Chunks(string text, int longest, int seed)
    {
        var random = new Random(seed);
        for (int start = 0; start < text.Length;)
        {
            int length = Math.Min(text.Length - start, random.Next(1, longest + 1));
            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    /// <param name="Parts">What had been released after each chunk.</param>
    private sealed record Run(IReadOnlyList<string> Parts, bool Blocked)
    {
        public string Released => Parts[^1];
    }
}
