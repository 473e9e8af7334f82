using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Tests.Audit;

namespace GuardedZephyr.Tests.Inference.Tokenization;

/// <summary>The same ids, token by token, as Hugging Face's own tokenizer for Node.</summary>
public sealed class TransformersTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gpt-neox")]
    [InlineData("arcade100k")]
    [InlineData("merges-ignored")]
    public async Task Ten_thousand_texts_have_the_same_ids_and_come_back_the_same(string kind)
    {
        var root = kind switch { "gpt-neox" => TestVocabulary.GptNeoX(), "arcade100k" => TestVocabulary.Arcade100k(), _ => TestVocabulary.MergesIgnored() };
        var texts = new SomeTexts(seed: 1).Take(10_200).Concat(Enumerable.Range(0, 0xA0).Where(value => value != 0x85).Select(value => $"a{(char)value} {(char)value}b")).ToList();

        var compared = await CompareAsync(root, texts);

        Assert.True(compared >= 10_000, $"Only {compared} texts hold nothing that Node does not know.");
    }

    [Fact]
    public async Task Hundred_kilobytes_of_one_character_have_the_same_ids()
    {
        List<string> runs = [.. SomeTexts.Runs("a", "\0", "é", "😀", "\u0301")];

        Assert.Equal(runs.Count, await CompareAsync(TestVocabulary.GptNeoX(), runs));
    }

    [Fact]
    public async Task Shipped_vocabulary_gives_the_same_ids()
    {
        var root = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "models", "zephyr-nano", "tokenizer.json"), TestContext.Current.CancellationToken))!.AsObject();

        Assert.InRange(await CompareAsync(root, [.. new SomeTexts(seed: 2).Take(1000)]), 900, 1000);
    }

    [Theory]
    [InlineData("NFKC")]
    [InlineData("NFKD")]
    public async Task Normal_forms_are_those_of_Node(string form)
    {
        var root = TestVocabulary.GptNeoX();
        root["normalizer"] = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(new JsonObject { ["type"] = form }) };

        Assert.InRange(await CompareAsync(root, [.. new SomeTexts(seed: 3).Take(1000, "ﬁ", "Å", "Ǆ", "㎏", "ｶﾞ", "각", "\u1100\u1161", "\u0345\u0301")]), 900, 1000);
    }

    [Fact]
    public async Task Added_tokens_are_found_in_the_same_places()
    {
        var root = TestVocabulary.GptNeoX();
        TestVocabulary.Add(root, "ÅNG", special: false);
        TestVocabulary.Add(root, "[TOOL]", special: false, token => token["normalized"] = false);
        TestVocabulary.Add(root, "[TOOL_CALL]", special: false, token => token["normalized"] = false);
        TestVocabulary.Add(root, "[L]", special: false, token => (token["lstrip"], token["normalized"]) = (true, false));
        TestVocabulary.Add(root, "[R]", special: false, token => (token["rstrip"], token["normalized"]) = (true, false));

        Assert.InRange(await CompareAsync(root, [.. new SomeTexts(seed: 4).Take(2000, "[TOOL]", "[TOOL_CALL]", "[L]", "[R]", "  [L] [R]  ", "\u212BNG", "A\u030ANG", "NG")]), 1800, 2000);
    }

    [Fact]
    public async Task Prefix_space_and_digits_and_literal_splits_are_the_same()
    {
        var root = TestVocabulary.GptNeoX();
        root["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["String"] = "!" }, ["behavior"] = "Isolated", ["invert"] = false },
                new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = @"\p{N}" }, ["behavior"] = "Isolated", ["invert"] = false },
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true }),
        };

        Assert.InRange(await CompareAsync(root, [.. new SomeTexts(seed: 5).Take(1000)]), 900, 1000);
    }

    /// <returns>How many texts were compared.</returns>
    private async Task<int> CompareAsync(JsonObject root, List<string> texts)
    {
        Node.SkipUnlessInstalled("npm", "@huggingface/transformers");
        var (path, textsPath) = (_folder.PathOf("tokenizer.json"), _folder.PathOf("texts.json"));
        await File.WriteAllTextAsync(path, root.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(textsPath, SomeTexts.Json(texts), TestContext.Current.CancellationToken);
        var lines = await Node.RunAsync("npm", "encode.mjs", path, textsPath);
        var tokenizer = BytePairTokenizer.Load(path);
        var compared = 0;
        Assert.Equal(texts.Count, lines.Count);
        foreach (var (text, line) in texts.Zip(lines))
        {
            var expected = JsonElement.Parse(line);
            if (expected.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var ids = tokenizer.Encode(text);
            Assert.True(expected.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).SequenceEqual(ids), $"{Shown(text)}: {Shown(string.Join(' ', ids))} and not {Shown(expected.GetProperty("ids").GetRawText())}");
            Assert.Equal(expected.GetProperty("text").GetString(), tokenizer.Decode(ids));
            compared++;
        }

        return compared;
    }

    private static string Shown(string text) => SomeTexts.Json([text.Length > 200 ? text[..200] : text]);
}
