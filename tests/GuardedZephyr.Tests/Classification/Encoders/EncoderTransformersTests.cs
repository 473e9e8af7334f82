using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Classification;
using GuardedZephyr.Tests.Audit;
using GuardedZephyr.Tests.Inference.Tokenization;

namespace GuardedZephyr.Tests.Classification;

/// <summary>The same ids, marks included, as Hugging Face's own tokenizer for Node.</summary>
public sealed class EncoderTransformersTests : IDisposable
{
    private static readonly string[] Marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

    private static readonly string[] Words =
        ["hello", "##llo", "the", "world", "naive", "##ive", "it", "don", "##t", "unico", "##code", "strasse", "한", "cafe", "##fe", "Hello", "The", "naïve", "Café", "😀", "##😀", "##️", "👍🏽"];

    private static readonly string[] Mine =
    [
        "", " ", "Café NAÏVE", "e\u0301 E\u0301\u0323", "漢字かな交じり", "がぎ ハ゜パ", "한국어", "😀👍🏽 👩‍👩‍👧", "\uD83D Hello \uDE00", "a\uD800b", "≠ x≠y", "İstanbul Iı", "آب أكل", "שּׁלום", "ড় ো",
        "a\fb\vc", "a\tb\r\nc", "don't", "'S", "\uE000a", "\u212Bngström \u212A", " lead", "\tlead", "  two  ", "𝒳𝓎!𝒳1𝟙", "[CLS] [SEP] <s> </s> [UNK]",
    ];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Word_pieces_are_the_same(bool lowers) => CompareAsync(WordPiece(lowers), "bert", text => IsComparable(text, lowers));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Byte_pairs_are_the_same(bool addsSpace) => CompareAsync(ByteLevel(addsSpace), "roberta", _ => true);

    [Fact]
    public void Word_of_more_than_a_hundred_code_points_is_unknown()
    {
        Directory.CreateDirectory(_folder.PathOf());
        File.WriteAllText(_folder.PathOf("tokenizer.json"), WordPiece(lowers: true).ToJsonString());
        var tokenizer = EncoderTokenizer.Load(_folder.PathOf(), "bert");

        Assert.Equal(100, tokenizer.Tokenize(string.Concat(Enumerable.Repeat("😀", 100))).Count);
        Assert.Single(tokenizer.Tokenize(string.Concat(Enumerable.Repeat("😀", 101))));
    }

    private async Task CompareAsync(JsonObject root, string type, Func<string, bool> isComparable)
    {
        Node.SkipUnlessInstalled("npm", "@huggingface/transformers");
        List<string> texts = [.. Mine.Concat(new SomeTexts(seed: 8).Take(3000, "\u200B", "Hello", "naïve")).Where(isComparable)];
        var (path, textsPath) = (_folder.PathOf("tokenizer.json"), _folder.PathOf("texts.json"));
        await File.WriteAllTextAsync(path, root.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(textsPath, SomeTexts.Json(texts), TestContext.Current.CancellationToken);
        var lines = await Node.RunAsync("npm", "encode.mjs", path, textsPath, "marks");
        var tokenizer = EncoderTokenizer.Load(_folder.PathOf(), type);
        var compared = 0;
        Assert.Equal(texts.Count, lines.Count);
        foreach (var (text, line) in texts.Zip(lines))
        {
            var expected = JsonElement.Parse(line);
            if (expected.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            int[] ids = [tokenizer.Start, .. tokenizer.Tokenize(text).Select(token => token.Id), tokenizer.End];
            Assert.True(
                expected.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).SequenceEqual(ids),
                $"{SomeTexts.Json([text])}: {string.Join(' ', ids)} and not {expected.GetProperty("ids").GetRawText()}");
            compared++;
        }

        Assert.True(compared >= 1500, $"Only {compared} texts could be compared.");
    }

    /// <summary>
    /// Where Node's library and the Rust one that models are trained with differ: a final sigma, ideographs beyond the basic plane. And what the table of
    /// accents leaves out: compatibility ideographs, marks beyond the basic plane.
    /// </summary>
    private static bool IsComparable(string text, bool lowers)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if ((rune.Value == 'Σ' && lowers) || rune.Value is (>= 0xF900 and <= 0xFAFF) or >= 0x20000 or (>= 0x1D15E and <= 0x1D1C0) or (>= 0x11000 and <= 0x11FFF))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Every character of the common scripts is a piece, so that what becomes of it shows.</summary>
    private static JsonObject WordPiece(bool lowers)
    {
        var characters = Enumerable.Range('!', 0x3400 - '!')
            .Where(value => CharUnicodeInfo.GetUnicodeCategory(value) is not ((>= UnicodeCategory.SpaceSeparator and <= UnicodeCategory.PrivateUse) or UnicodeCategory.OtherNotAssigned))
            .Select(char.ConvertFromUtf32).ToList();
        var tokens = Marks.Concat(characters).Concat(characters.Select(character => $"##{character}")).Concat(Words).Distinct();
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["clean_text"] = true, ["handle_chinese_chars"] = true, ["strip_accents"] = null, ["lowercase"] = lowers },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = new JsonObject { ["type"] = "BertProcessing", ["sep"] = new JsonArray("[SEP]", 3), ["cls"] = new JsonArray("[CLS]", 2) },
            ["decoder"] = new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
            },
        };
    }

    private static JsonObject ByteLevel(bool addsSpace)
    {
        var root = TestVocabulary.GptNeoX();
        root["added_tokens"] = new JsonArray();
        root["normalizer"] = null;
        root["pre_tokenizer"]!["add_prefix_space"] = addsSpace;
        var vocabulary = root["model"]!["vocab"]!.AsObject();
        var (start, end) = (vocabulary.Count, vocabulary.Count + 1);
        (vocabulary["<s>"], vocabulary["</s>"]) = (start, end);
        root["post_processor"] = new JsonObject
        {
            ["type"] = "RobertaProcessing",
            ["sep"] = new JsonArray("</s>", end),
            ["cls"] = new JsonArray("<s>", start),
            ["trim_offsets"] = true,
            ["add_prefix_space"] = addsSpace,
        };
        return root;
    }
}
