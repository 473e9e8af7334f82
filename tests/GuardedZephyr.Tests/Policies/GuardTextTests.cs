using System.Text;
using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class GuardTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain text, 1-2 (3)\r\n\tend")]
    [InlineData("Żółć, мир, 日本語, déjà vu, 😀")]
    public void Text_with_nothing_to_fold_is_its_own_surface(string text)
    {
        var guarded = GuardText.From(text);

        Assert.Same(text, guarded.Surface);
        Assert.Equal(text.Length, guarded.OriginalOffset(text.Length));
    }

    [Theory]
    [InlineData("a\u200Bb\u200C\u200D\u2060\uFEFFc", "abc")] // zero width
    [InlineData("5\u00AD3\u00AD6", "536")] // soft hyphen
    [InlineData("x\uFE0F\U000E0101y", "xy")] // variation selectors
    [InlineData("hi\U000E0041\U000E0042\U000E007F!", "hi!")] // Unicode tags
    [InlineData("1\uFE0F\u20E32\uFE0F\u20E3", "12")] // keycaps
    [InlineData("\u202Eabc\u202C", "abc")] // bidirectional controls
    [InlineData("a\u3164b\u115Fc\u034Fd", "abcd")] // fillers and joiners
    public void Characters_that_do_not_show_are_dropped(string text, string surface) => Assert.Equal(surface, GuardText.From(text).Surface);

    [Theory]
    [InlineData("ＡＢＣａｂｃ０１２＠．（）", "ABCabc012@.()")]
    [InlineData("𝐀𝐳𝒜𝓏𝔄𝔷𝕬𝖟𝖠𝗓𝗔𝘇𝙰𝚣", "AzAzAzAzAzAzAz")]
    [InlineData("𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿", "0909090909")]
    [InlineData("ℂℍℕℙℚℝℤℯℊℴ", "CHNPQRZego")]
    [InlineData("ⒶⓏⓐⓩⅣⅤⅹ", "AZazⅣVx")]
    [InlineData("¹²³⁴₅₆①⑨⓪", "123456190")]
    [InlineData("٠١٢۳४୫", "012345")]
    [InlineData("a‐b‑c–d—e−f﹣g", "a-b-c-d-e-f-g")]
    [InlineData("a\u00A0b\u2003c\u202Fd\u3000e", "a b c d e")]
    [InlineData("🄰🅉🅐🆉", "AZAZ")]
    [InlineData("﹫﹒ﾟ․", "@.ﾟ.")]
    public void Compatible_forms_of_Ascii_become_Ascii(string text, string surface) => Assert.Equal(surface, GuardText.From(text).Surface);

    [Theory]
    [InlineData("line\u2028next\u2029end\u0085")]
    [InlineData("ﬁ Ⅳ ㎏")] // what stands for more than one character
    public void Line_breaks_and_forms_of_several_characters_stay(string text) => Assert.Equal(text, GuardText.From(text).Surface);

    [Fact]
    public void Compatible_forms_agree_with_the_table_of_Unicode()
    {
        // Independent of Folding's own ranges: UAX #44 decompositions of some forms from each block it names.
        var forms = new Dictionary<string, char>
        {
            ["\u00AA"] = 'a',
            ["\u017F"] = 's',
            ["\u1D2C"] = 'A',
            ["\u2024"] = '.',
            ["\u212A"] = 'K',
            ["\u2139"] = 'i',
            ["\u217F"] = 'm',
            ["\uFE33"] = '_',
            ["\uFE6A"] = '%',
            ["\uFF5E"] = '~',
            ["\U0001D6A3"] = 'z',
            ["\U0001D7FF"] = '9',
            ["\U0001F149"] = 'Z',
        };

        Assert.All(forms, form => Assert.Equal(form.Value.ToString(), GuardText.From(form.Key).Surface));
    }

    [Fact]
    public void Span_of_a_finding_holds_the_invisible_characters_inside_it_and_none_behind_it()
    {
        var text = GuardText.From("x 5\u200B3\u200B\u200B6\u200B y");

        Assert.Equal("x 536 y", text.Surface);
        Assert.Equal((2, 6), text.OriginalSpan(2, 3));
    }

    [Fact]
    public void Span_never_splits_a_surrogate_pair()
    {
        var folded = GuardText.From("a𝟓b");
        var kept = GuardText.From("a😀b\u200B");

        Assert.Equal((1, 2), folded.OriginalSpan(1, 1));
        Assert.Equal((1, 2), kept.OriginalSpan(1, 1));
        Assert.Equal((1, 2), kept.OriginalSpan(2, 1));
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("a\uDC00\u200Bb")]
    [InlineData("\u200B\uD83D")]
    [InlineData("\uDE00\uD83D\u00A0")]
    public void Lone_surrogates_stay_one_to_one(string text)
    {
        var guarded = GuardText.From(text);

        var expected = text.Replace("\u200B", "", StringComparison.Ordinal).Replace('\u00A0', ' ');
        Assert.Equal(expected, guarded.Surface, StringComparer.Ordinal);
    }

    [Fact]
    public void Map_of_any_text_rises_from_character_to_character_and_ends_at_its_length() =>
        SomeText.Wild.Sample(text =>
        {
            var guarded = GuardText.From(text);

            Assert.True(guarded.Surface.Length <= text.Length);
            Assert.Equal(text.Length, guarded.OriginalOffset(guarded.Surface.Length));
            for (var i = 0; i < guarded.Surface.Length; i++)
            {
                Assert.True(guarded.OriginalOffset(i) < guarded.OriginalOffset(i + 1));
                var (start, length) = guarded.OriginalSpan(i, 1);
                Assert.False(SomeText.SplitsPair(text, start) || SomeText.SplitsPair(text, start + length));
            }
        });

    [Fact]
    public void Surface_of_a_surface_is_itself() =>
        SomeText.Wild.Sample(text =>
        {
            var surface = GuardText.From(text).Surface;

            // Dropping characters may bring two lone surrogates together, which make a new character.
            if (surface.EnumerateRunes().All(rune => rune != Rune.ReplacementChar) && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar))
            {
                Assert.Equal(surface, GuardText.From(surface).Surface);
            }
        });
}
