using CsCheck;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>What the gate promises, for texts, chunkings, policies and sizes drawn at random.</summary>
public class GatePropertyTests
{
    private static readonly string[] _planted =
    [
        "536-22-1234", "536 22 1234", "4111 1111 1111 1111", "4111-1111-1111-1111", "ada@example.com", "+1 (212) 555-0123",
        "GB82 WEST 1234 5698 7654 32", "192.168.10.77", "2001:db8::8a2e:370:7334", "５３６-22-1234", "53\u200B6-22-12\u200B34", "ssn 536221234", "536221234 is my social security number",
    ];

    /// <summary>Placeholders of the request, parts of them, and such as it does not have.</summary>
    private static readonly string[] _placeholders =
    [
        "<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_2>", "<EMAIL_ADDRESS_9>", "<PHONE_NUMBER_1>", "<US_SSN_1>", "<CREDIT_CARD_1>", "<IP_ADDRESS_1>",
        "<EMAIL_ADDRESS_1", "<EMAIL_ADDRESS", "_1>", "<", "<<EMAIL_ADDRESS_1>>",
    ];

    private static readonly Gen<string> _piece = Gen.Frequency(
        (6, Gen.OneOf("the ", "number ", "of ", "a small house ", "and then ", "call ", "card ", "is ", "Paris, ", "tiny ")),
        (3, Gen.OneOf(". ", "! ", "?\n", ".\n\n", "; ", ": ", "\n", " ")),
        (3, Gen.OneOf(_planted)),
        (3, Gen.OneOf(_placeholders)),
        (1, Gen.OneOf("BADWORD ", "HURTME ")),
        (3, Gen.OneOf("😀", "é", "\u200B", "\uD83D", "\uDE00", "\uD83D\uD83D", "\uDE00\uD83D", "𝟓𝟑𝟔-22-1234", "\u3000", "12 ", "4111 ", "1234-", "@", ".", "ＡＢ", "<|user|>")),
        (1, Gen.Int[1, 300].Select(n => new string('x', n))),
        (1, Gen.Int[1, 60].Select(n => string.Concat(Enumerable.Repeat("7 ", n)))),
        (1, Gen.Int[1, 400].Select(n => new string('\u200B', n))));

    /// <summary>A value between words that say nothing about it.</summary>
    private static readonly Gen<(string Text, string Planted)> _sentence = Gen.Select(Gen.OneOf("the ", "a small house ", "Paris, ", "and then ").Array[0, 12], Gen.OneOf(_planted.Take(11).ToArray()), Gen.OneOf(". ", "; ", " and ", "\n"))
        .Select((words, value, end) => ($"{string.Concat(words)}{value}{end}", value));

    private static readonly Gen<string> _text = _piece.Array[0, 40].Select(string.Concat);

    private static readonly Gen<string> _harmless = _piece.Array[0, 60].Select(pieces => string.Concat(pieces.Where(piece => piece is not ("BADWORD " or "HURTME "))));

    private static readonly Gen<GateOptions> _options =
        Gen.Select(Gen.Int[1, 60], Gen.Int[60, 300], Gen.Int[1, 2000], Gen.OneOf(600, 1_000, 4_096), (min, max, context, hold) => new GateOptions { MinSegment = min, MaxSegment = max, Context = context, MaxHold = hold });

    /// <summary>Every operator on every entity, also on what overlaps placeholders; with and without blocks.</summary>
    private static readonly Gen<Rule[]> _rules = Gen.Select(
        SomeRules.OfEveryAction("EMAIL_ADDRESS", "US_SSN", "CREDIT_CARD", "PHONE_NUMBER", "IBAN_CODE", "IP_ADDRESS", "EDGE"),
        Gen.OneOf<Rule[]>([], Some.UsualRules, [Some.Block("CREDIT_CARD"), Some.Block("insult")], [Some.Block("self-harm")], [Some.Operator(RuleAction.Pseudonymise, "EMAIL_ADDRESS", "PHONE_NUMBER")]),
        (some, more) => (Rule[])[.. some, .. more]);

    [Fact]
    public void What_is_released_is_what_one_push_of_the_whole_reply_releases_and_a_start_of_the_reply_enforced_whatever_the_chunking() =>
        DoesNotDependOnTheChunking(() => GateRun.Patterns, cases: 10_000);

    [Fact]
    public void The_same_holds_for_the_recognizers_that_ship() => DoesNotDependOnTheChunking(() => GateRun.Recognizers, cases: 200);

    [Fact]
    public void Nothing_that_is_planted_leaks_wherever_it_is_cut() =>
        Gen.Select(_sentence.Array[1, 30], _options, Gen.OneOf(1, 2, 17), Gen.Int).Sample((sentences, options, longestChunk, seed) =>
        {
            GateRun run = GateRun.Of(Chunks(string.Concat(sentences.Select(sentence => sentence.Text)), longestChunk, seed), Some.UsualRules, options, GateRun.Recognizers);

            Assert.False(run.Blocked);
            Assert.All(sentences, sentence => Assert.DoesNotContain(sentence.Planted, run.Released, StringComparison.Ordinal));
        }, iter: 200);

    [Fact]
    public void Nothing_is_released_before_it_was_judged_and_the_hold_is_bounded() =>
        Gen.Select(_harmless, _options, Gen.Int[1, 40], Gen.Int).Sample((text, options, longestChunk, seed) =>
        {
            var judge = new WordDetector("never", "insult");
            using GuardPipeline pipeline = Some.Pipeline(policy: Some.Policy(Some.Block("insult")), detectors: [.. GateRun.Patterns, judge]);
            var turn = new GuardedTurn(pipeline, "turn", null, null);
            var gate = new Gate(pipeline, turn, options);
            string released = "";
            int pushed = 0;

            foreach (string chunk in Chunks(text, longestChunk, seed))
            {
                pushed += chunk.Length;
                released += GateRun.Wait(gate.PushAsync(chunk, CancellationToken.None));

                Assert.StartsWith(released, text, StringComparison.Ordinal);
                Assert.True(released.Length == 0 || judge.Shown.Any(shown => released.EndsWith(shown, StringComparison.Ordinal)), "released what was not judged");
                Assert.True(turn.Blocking is not null || pushed - released.Length <= options.MaxHold, "held too much");
            }
        }, iter: 1_000);

    private static void DoesNotDependOnTheChunking(Func<IReadOnlyList<IDetector>> detectors, int cases) =>
        Gen.Select(_text, _rules, _options, Gen.OneOf(1, 1, 3, 40, 400), Gen.Int).Sample((text, rules, options, longestChunk, seed) =>
        {
            GateRun whole = GateRun.Of([text], rules, options, detectors());
            GateRun chunked = GateRun.Of(Chunks(text, longestChunk, seed), rules, options, detectors());
            string expected = GateRun.Enforced(text, rules, detectors());

            Assert.Equal(whole.Released, chunked.Released);
            Assert.Equal(whole.Blocked, chunked.Blocked);
            Assert.All(chunked.Parts.Distinct(), part => Assert.StartsWith(part, expected, StringComparison.Ordinal));
            Assert.True(chunked.Blocked || chunked.Released == expected, "released too little");
        }, iter: cases);

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
}
