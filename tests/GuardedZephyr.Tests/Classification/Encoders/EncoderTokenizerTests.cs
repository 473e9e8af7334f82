using CsCheck;
using GuardedZephyr.Classification;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Classification;

public sealed class EncoderTokenizerTests
{
    [Theory]
    [InlineData("Ada Lovelace lives", "4 5 6 7", "Ada,Lovelace,lives")]
    [InlineData("ADA.", "4 11", "ADA,.")]
    [InlineData("jörg  JO\u0308RG", "12 12", "jörg,JO\u0308RG")]
    [InlineData("in日", "8 14", "in,日")]
    [InlineData("adamant ada", "1 4", "adamant,ada")]
    [InlineData("Quillton's", "9 10 13 1", "Quillton,',s")]
    public void Word_pieces_are_the_longest_of_the_vocabulary(string text, string ids, string words)
    {
        using var tiny = TinyEntityModel.WordPiece();
        var tokenizer = EncoderTokenizer.Load(tiny.Folder, "bert");

        AssertTokens(tokenizer, text, ids, words);
        Assert.Equal((2, 3), (tokenizer.Start, tokenizer.End));
    }

    [Fact]
    public void Case_and_accents_stay_where_the_settings_say_so()
    {
        using var tiny = TinyEntityModel.WordPiece();
        tiny.Write("tokenizer_config.json", """{ "do_lower_case": false }""");

        AssertTokens(EncoderTokenizer.Load(tiny.Folder, "bert"), "Ada ada jörg jorg", "1 4 1 12", "Ada,ada,jörg,jorg");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_are_merged_by_rank(bool asTokenizerFile)
    {
        using var tiny = TinyEntityModel.ByteLevel(asTokenizerFile);

        // A byte's id is its value and 4; the four merges follow from 260 on.
        AssertTokens(EncoderTokenizer.Load(tiny.Folder, "roberta"), "Ada Ada Qua", "69 104 101 262 36 263 101", "Ada,Ada,Qua");
        AssertTokens(EncoderTokenizer.Load(tiny.Folder, "roberta"), "é's", "199 173 43 119", "é,'s");
    }

    [Fact]
    public void Space_in_front_of_the_text_is_added_where_the_settings_say_so()
    {
        using var tiny = TinyEntityModel.ByteLevel(asTokenizerFile: false);
        tiny.Write("tokenizer_config.json", """{ "add_prefix_space": true }""");

        AssertTokens(EncoderTokenizer.Load(tiny.Folder, "roberta"), "Ada", "262", "Ada");
    }

    [Theory]
    [InlineData("deberta-v2", "Ada, Lovelace", "3 6 4 5", 1, 2)]
    [InlineData("xlm-roberta", "Ada, Lovelace", "4 7 5 6", 0, 2)]
    public void Sentence_pieces_tell_punctuation_from_words(string type, string text, string ids, int start, int end)
    {
        using var tiny = TinyEntityModel.WordPiece();
        tiny.Delete("vocab.txt");
        TinySentencePiece.Write(
            Path.Combine(tiny.Folder, "spm.model"), ("<unk>", 0), ("[CLS]", 0), ("[SEP]", 0), ("\u2581Ada", -1), ("\u2581Love", -1), ("lace", -1), (",", -1), ("\u2581", -5));
        var tokenizer = EncoderTokenizer.Load(tiny.Folder, type);

        AssertTokens(tokenizer, text, ids, "Ada,,,Lovelace");
        Assert.Equal((start, end), (tokenizer.Start, tokenizer.End));
    }

    [Fact]
    public void Words_of_any_text_lie_in_it_in_order_on_code_points()
    {
        using var pieces = TinyEntityModel.WordPiece();
        using var bytes = TinyEntityModel.ByteLevel(asTokenizerFile: true);
        EncoderTokenizer[] tokenizers = [EncoderTokenizer.Load(pieces.Folder, "bert"), EncoderTokenizer.Load(bytes.Folder, "roberta")];

        Gen.Select(SomeText.Wild, Gen.Int[0, 1]).Sample(
            (text, which) =>
            {
                var end = 0;
                foreach (var token in tokenizers[which].Tokenize(text).Where(token => token.StartsWord))
                {
                    Assert.True(token.Start >= end && token.Length > 0 && token.Start + token.Length <= text.Length);
                    end = token.Start + token.Length;
                    Assert.False(SomeText.SplitsPair(text, token.Start) || SomeText.SplitsPair(text, end));
                }
            },
            iter: 2000);
    }

    private static void AssertTokens(EncoderTokenizer tokenizer, string text, string ids, string words)
    {
        var tokens = tokenizer.Tokenize(text);

        Assert.Equal(ids, string.Join(' ', tokens.Select(token => token.Id)));
        Assert.Equal(words, string.Join(',', tokens.Where(token => token.StartsWord).Select(token => text.Substring(token.Start, token.Length))));
    }
}
