using CsCheck;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class WindowCutterTests
{
    private const int Longest = 60;

    private static readonly string[] _pieces =
        ["a", "word", " ", ". ", "! ", "\n", "\U0001F600", "averyverylongwordwithoutanybreaksinsideofitatallwhichgoesonandonandonandon", "?", "\u201D "];

    private static Gen<string> Texts => Gen.Int[0, _pieces.Length - 1].Select(i => _pieces[i]).Array[0, 120].Select(string.Concat);

    [Fact]
    public void Every_character_lies_in_a_window_and_no_window_is_too_long() =>
        Texts.Sample(text =>
        {
            var covered = new bool[text.Length];
            foreach (var window in WindowCutter.Cut(text, Longest))
            {
                Assert.InRange(window.Length, 0, Longest);
                Assert.InRange(window.End, window.Start, text.Length);
                Array.Fill(covered, true, window.Start, window.Length);
            }

            Assert.DoesNotContain(false, covered);
        });

    [Fact]
    public void No_window_cuts_a_surrogate_pair() =>
        Texts.Sample(text =>
        {
            foreach (var window in WindowCutter.Cut(text, Longest))
            {
                Assert.False(window.Start > 0 && window.Length > 0 && char.IsSurrogatePair(text[window.Start - 1], text[window.Start]), $"start {window.Start}");
                Assert.False(window.Length > 0 && window.End < text.Length && char.IsSurrogatePair(text[window.End - 1], text[window.End]), $"end {window.End}");
            }
        });

    [Fact]
    public void A_sentence_in_a_long_text_is_a_window_of_its_own()
    {
        const string Sentence = "This one stands by itself. ";
        var text = string.Concat(Enumerable.Repeat("Other words go before it. ", 20)) + Sentence + string.Concat(Enumerable.Repeat("Others come after it. ", 20));

        Assert.Contains(WindowCutter.Cut(text, Longest), window => text.AsSpan(window.Start, window.Length).SequenceEqual(Sentence));
    }

    [Fact]
    public void A_short_text_of_one_sentence_is_one_window() =>
        Assert.Equal([new TextWindow(0, 26)], WindowCutter.Cut("How do I boil an egg well?", Longest));

    [Fact]
    public void Twice_the_text_has_about_twice_the_windows()
    {
        var text = string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet, consetetur. ", 500));

        Assert.InRange(WindowCutter.Cut(text + text, Longest).Count(), 1, (2 * WindowCutter.Cut(text, Longest).Count()) + 4);
    }
}
