using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Tests.Inference.Tokenization;

public sealed class BytePairTokenizerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenizer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Merges_are_applied_best_first()
    {
        var tokenizer = Tokenizer();

        // "hello" is the last token of all (261); "hel" is "he" (258) and a byte.
        Assert.Equal([261, Byte(' '), 258, Byte('l')], tokenizer.Encode("hello hel"));
    }

    [Fact]
    public void Text_comes_back_from_its_ids()
    {
        var tokenizer = Tokenizer();
        Gen.String.Sample(text => Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), tokenizer.Decode(tokenizer.Encode(text))), iter: 1000);
    }

    [Fact]
    public void Streamed_text_never_holds_half_a_character()
    {
        var tokenizer = Tokenizer();
        Gen.String[Gen.Char["aé漢\uD83D\uDE00 "], 0, 20].Sample(text =>
        {
            var decoder = new StreamingDecoder(tokenizer);
            var pieces = tokenizer.Encode(text).Select(decoder.Add).Append(decoder.Finish()).ToList();

            Assert.All(pieces, piece => Assert.Equal(piece, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));
            Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), string.Concat(pieces));
        }, iter: 1000);
    }

    [Fact]
    public void Ids_that_end_inside_a_character_end_in_a_replacement_character()
    {
        var decoder = new StreamingDecoder(Tokenizer());

        Assert.Equal("", decoder.Add(TinyTokenizer.FirstByte + 0xE2));
        Assert.Equal("\uFFFD", decoder.Finish());
    }

    [Theory]
    [InlineData("<|endoftext|>")]
    [InlineData("<|padding|>")]
    [InlineData("a<|endoftext|>b")]
    public void Control_token_in_text_is_encoded_as_characters(string text)
    {
        var ids = Tokenizer().Encode(text);

        Assert.DoesNotContain(ids, id => id is 0 or 1);
        Assert.Equal(text, Tokenizer().Decode(ids));
    }

    // Not a theory: a test runner would not keep lone surrogates as they are.
    [Fact]
    public void Odd_text_is_encoded_without_error() => Assert.All(
        ["\0", "a\0b", "\uD800", "x\uDC00y", "\uDC00\uD800", new string('\uD83D', 100_000), ""],
        text => Assert.Equal(text.Replace('\uD800', '\uFFFD').Replace('\uDC00', '\uFFFD').Replace('\uD83D', '\uFFFD'), Tokenizer().Decode(Tokenizer().Encode(text))));

    /// <summary>A million characters: what is quadratic does not come back from them.</summary>
    [Theory]
    [InlineData("q", 1_000_000)]
    [InlineData("l", 500_000)]
    [InlineData(" ", 1_000_000)]
    [InlineData("hello", 200_000)]
    public void Long_run_is_encoded_whole(string piece, int count)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var ids = Tokenizer().Encode(text);

        Assert.Equal(count, ids.Count);
        Assert.Equal(text, Tokenizer().Decode(ids));
    }

    /// <summary>Letters beyond the basic plane, U+0085 and U+FEFF: what the original in Rust does, and not JavaScript's \s.</summary>
    [Theory]
    [InlineData("\U00020000\U00020001a", "\U00020000\U00020001a")]
    [InlineData("!\U0001D7D8\U0001D7D9", "!|\U0001D7D8\U0001D7D9")]
    [InlineData("a\uFEFFb", "a|\uFEFF|b")]
    [InlineData("\uFEFF\uFEFF b", "\uFEFF\uFEFF| b")]
    [InlineData("a\u0085\u0085b", "a|\u0085|\u0085|b")]
    [InlineData("a \u0085", "a| \u0085")]
    public void Words_are_those_of_the_original(string text, string words) => Assert.Equal(words, string.Join('|', BytePairTokenizer.Words(text)));

    [Fact]
    public void Added_token_that_is_not_special_is_found_in_text()
    {
        var tokenizer = Tokenizer(root => root["added_tokens"]!.AsArray().Add((JsonNode)new JsonObject { ["id"] = 299, ["content"] = "    ", ["special"] = false }));

        Assert.Equal([Byte('a'), 299, Byte('b')], tokenizer.Encode("a    b"));
        Assert.Equal("a    b", tokenizer.Decode([Byte('a'), 299, Byte('b')]));
    }

    [Fact]
    public void Control_tokens_and_unknown_ids_have_no_text() => Assert.Equal("a", Tokenizer().Decode([0, Byte('a'), 1, 298, 100_000]));

    [Fact]
    public void Tokenizer_of_another_kind_is_refused()
    {
        var error = Assert.Throws<ModelFolderException>(() => Tokenizer(root => root["model"]!["type"] = "Unigram"));

        Assert.Contains("not a byte-level BPE tokenizer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"model\":{}}")]
    public void Broken_file_is_refused_by_name(string json)
    {
        var path = Path.Combine(_folder.FullName, "tokenizer.json");
        File.WriteAllText(path, json);

        Assert.StartsWith($"Model file '{path}'", Assert.Throws<ModelFolderException>(() => BytePairTokenizer.Load(path)).Message, StringComparison.Ordinal);
    }

    private static int Byte(char character) => TinyTokenizer.FirstByte + character;

    private BytePairTokenizer Tokenizer(Action<JsonObject>? change = null) => BytePairTokenizer.Load(TinyTokenizer.Write(_folder.FullName, change));
}
