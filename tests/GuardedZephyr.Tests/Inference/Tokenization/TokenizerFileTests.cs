using System.Text.Json.Nodes;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Tests.Audit;

namespace GuardedZephyr.Tests.Inference.Tokenization;

/// <summary>tokenizer.json as somebody else wrote it: what is not understood is refused, and nothing in it can hurt.</summary>
public sealed class TokenizerFileTests : IDisposable
{
    private const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false}""";
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string, string, string> Refused => new()
    {
        { "surprise", "1", "the key 'surprise'" },
        { "normalizer", """{"type":"Lowercase"}""", "normalizer Lowercase is not supported" },
        { "normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace"}]}""", "normalizer Replace is not supported" },
        { "normalizer", """{"type":"NFC","form":2}""", "the key 'form'" },
        { "normalizer", """["NFC"]""", "normalizer must be an object" },
        { "pre_tokenizer", "null", "not a byte-level BPE tokenizer" },
        { "pre_tokenizer", """{"type":"Whitespace"}""", "ByteLevel must be the last pre-tokenizer" },
        { "pre_tokenizer", $$"""{"type":"Sequence","pretokenizers":[{{ByteLevel}},{"type":"Digits"}]}""", "ByteLevel must be the last pre-tokenizer" },
        { "pre_tokenizer", $$"""{"type":"Sequence","pretokenizers":[{"type":"Punctuation"},{{ByteLevel}}]}""", "pre-tokenizer Punctuation is not supported" },
        { "pre_tokenizer", $$"""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"(a+)+$"},"behavior":"Isolated","invert":false},{{ByteLevel}}]}""", "a file's own is not run" },
        { "pre_tokenizer", $$"""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"String":"a"},"behavior":"Shuffled","invert":false},{{ByteLevel}}]}""", "behavior must be one of" },
        { "pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":"yes"}""", "add_prefix_space must be true or false" },
        { "decoder", "null", "its decoder is not ByteLevel" },
        { "decoder", """{"type":"Sequence","decoders":[{"type":"ByteLevel"},{"type":"Strip"}]}""", "its decoder is not ByteLevel" },
        { "post_processor", """{"type":"BertProcessing"}""", "post-processor BertProcessing is not supported" },
        { "added_tokens", """{"a":1}""", "added_tokens must be a list" },
        { "added_tokens", """[{"id":0,"content":"<|endoftext|>","special":true},{"id":299,"content":"x","colour":"red"}]""", "the key 'colour'" },
        { "added_tokens", """[{"id":0,"content":"<|endoftext|>","special":true},{"id":-1,"content":"x"}]""", "id must be from 0" },
        { "added_tokens", """[{"id":0,"content":"<|endoftext|>","special":true},{"id":2000000000,"content":"x"}]""", "id must be from 0" },
        { "added_tokens", """[{"id":0,"content":"<|endoftext|>","special":true},{"id":40,"content":"x y"}]""", "the id 40 belongs to an added token and to another" },
        { "added_tokens", """[{"id":0,"content":"<|endoftext|>","special":true},{"id":299,"content":""}]""", "content is missing" },
        { "added_tokens", """[{"id":0,"content":"<|endoftext|>","special":false}]""", "no special added token <|endoftext|>" },
        { "model.type", "\"WordPiece\"", "not a byte-level BPE tokenizer" },
        { "model.dropout", "0.1", "model.dropout is not supported" },
        { "model.end_of_word_suffix", "\"</w>\"", "are not supported" },
        { "model.surprise", "1", "the key 'surprise'" },
        { "model.vocab", """{"a":0,"b":0}""", "is there twice" },
        { "model.vocab", """{"a":1.5}""", "has no id from 0" },
        { "model.vocab", """{"a":4294967297}""", "has no id from 0" },
        { "model.vocab", """{"a":0}""", "no token for the byte 0x00" },
        { "model.merges", """["h e", "e h"]""", "merge 2 needs a token that model.vocab does not have" },
        { "model.merges", """["h e", "l  l"]""", "merge 2 is not a pair of tokens" },
        { "model.merges", """[["h"]]""", "merge 1 is not a pair of tokens" },
        { "model.merges", """[["h", 3]]""", "not a Hugging Face tokenizer file" },
        { "model.merges", """["< |", "<| endoftext|>"]""", "merge 1 needs a token" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_understood_is_refused_by_name(string key, string json, string problem) => AssertRefused(problem, root => Set(root, key, json));

    [Fact]
    public void Merges_that_make_a_control_token_are_refused() => AssertRefused("makes a control token", root =>
    {
        var vocabulary = root["model"]!["vocab"]!.AsObject();
        (vocabulary["<|"], vocabulary["endoftext|>"]) = (270, 271);
        root["model"]!["merges"] = new JsonArray("< |", "<| endoftext|>");
    });

    [Fact]
    public void Word_that_is_a_control_token_stays_text_where_merges_are_ignored()
    {
        var tokenizer = Load(root =>
        {
            root["model"]!["ignore_merges"] = true;
            root["pre_tokenizer"]!["use_regex"] = false;
        });

        Assert.Equal(13, tokenizer.Encode("<|endoftext|>").Count);
        Assert.Equal("<|endoftext|>", tokenizer.Decode(tokenizer.Encode("<|endoftext|>")));
    }

    [Fact]
    public void File_nested_without_end_is_refused()
    {
        var path = _folder.PathOf("tokenizer.json");
        File.WriteAllText(path, new string('[', 100_000));

        Assert.Contains("not a Hugging Face tokenizer file", Assert.Throws<ModelFolderException>(() => BytePairTokenizer.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_a_gigabyte_is_refused_before_it_is_read()
    {
        var path = _folder.PathOf("tokenizer.json");
        using (var file = File.Create(path))
        {
            file.SetLength(1_000_000_000);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("at most 64000000 make sense", Assert.Throws<ModelFolderException>(() => BytePairTokenizer.Load(path)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000_000);
    }

    [Fact]
    public void Merges_that_go_in_circles_end()
    {
        // "e h" gives what "h e" needs, and the other way round; each merge still makes the word shorter.
        var tokenizer = Load(root =>
        {
            var vocabulary = root["model"]!["vocab"]!.AsObject();
            (vocabulary["eh"], vocabulary["heh"], vocabulary["ehe"]) = (270, 271, 272);
            root["model"]!["merges"] = new JsonArray("h e", "e h", "he h", "e he", "eh e");
        });

        var text = string.Concat(Enumerable.Repeat("he", 50_000));

        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Theory]
    [InlineData("Isolated", false, "a|,|,|b")]
    [InlineData("Removed", false, "a|b")]
    [InlineData("Removed", true, ",|,")]
    [InlineData("Contiguous", false, "a|,,|b")]
    [InlineData("MergedWithPrevious", false, "a,|,|b")]
    [InlineData("MergedWithNext", false, "a|,|,b")]
    public void Split_does_with_its_matches_what_the_file_says(string behavior, bool invert, string pieces)
    {
        var step = new PreTokenizer(new Literal(","), Enum.Parse<SplitBehavior>(behavior), invert);

        Assert.Equal(pieces, string.Join('|', step.Split("a,,b".AsMemory())));
    }

    [Theory]
    [InlineData("x[W]y", 5)]
    [InlineData("x [W] y", 5)]
    [InlineData("[W]", 1)]
    [InlineData("é[W]", 5)]
    [InlineData("_[W]", 4)]
    [InlineData("![W]!", 3)]
    public void Single_word_token_is_not_found_inside_a_word(string text, int count)
    {
        var tokenizer = Load(root => TestVocabulary.Add(root, "[W]", special: false, token => token["single_word"] = true));

        Assert.Equal(count, tokenizer.Encode(text).Count);
    }

    private static void Set(JsonObject root, string key, string json)
    {
        var names = key.Split('.');
        var parent = names.Length == 1 ? root : root[names[0]]!.AsObject();
        parent[names[^1]] = JsonNode.Parse(json);
    }

    private BytePairTokenizer Load(Action<JsonObject> change) => BytePairTokenizer.Load(TinyTokenizer.Write(_folder.PathOf(), change));

    private void AssertRefused(string problem, Action<JsonObject> change)
    {
        var error = Assert.Throws<ModelFolderException>(() => Load(change));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Model file '{_folder.PathOf("tokenizer.json")}'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
