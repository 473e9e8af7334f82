using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Tests.Inference.Tokenization;

/// <summary>tokenizer.json files built like the published ones, with a vocabulary of a thousand merges learned from a few texts.</summary>
internal static partial class TestVocabulary
{
    public const string Arcade = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    public const string ThreeDigits = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const int Merges = 1000;
    private static readonly Lazy<List<(string Left, string Right)>> Gpt2Merges = new(() => Learn(Gpt2Words()));
    private static readonly Lazy<List<(string Left, string Right)>> TiktokenMerges = new(() => Learn(TiktokenWords()));
    private static readonly string[] ControlTokens = ["<|endoftext|>", "<|fim_prefix|>", "<|im_start|>", "<|im_end|>", "<|reg0|>", "<|extra0|>"];
    private static readonly string[] WholeWords = [" don't", "return", "straße", "漢字"];

    /// <summary>As of StableLM 3B: runs of spaces are added tokens that are looked for in normalized text.</summary>
    public static JsonObject GptNeoX()
    {
        var byteLevel = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true };
        var root = File(Gpt2Merges.Value, byteLevel, new JsonObject { ["type"] = "NFC" }, first: ["<|endoftext|>", "<|padding|>"]);
        foreach (var length in Enumerable.Range(2, 23).Reverse())
        {
            Add(root, new string(' ', length), special: false);
        }

        return root;
    }

    /// <summary>As of StableLM 2, converted from tiktoken: control tokens behind the vocabulary, the split by a regular expression.</summary>
    public static JsonObject Arcade100k()
    {
        var root = File(TiktokenMerges.Value, Split(Arcade, "Removed", invert: true), new JsonObject { ["type"] = "NFC" }, first: []);
        foreach (var token in ControlTokens)
        {
            Add(root, token, special: true);
        }

        return root;
    }

    /// <summary>The newer form: merges as pairs, words that are tokens whatever merges say, digits by threes, no normalization.</summary>
    public static JsonObject MergesIgnored()
    {
        var root = File(TiktokenMerges.Value, Split(ThreeDigits, "Isolated", invert: false), null, first: []);
        var model = root["model"]!.AsObject();
        model["ignore_merges"] = true;
        model["merges"] = new JsonArray([.. model["merges"]!.AsArray().Select(merge => (JsonNode)new JsonArray([.. merge!.GetValue<string>().Split(' ').Select(part => (JsonNode)part)]))]);
        foreach (var word in WholeWords.Select(word => ByteAlphabet.Encode(Encoding.UTF8.GetBytes(word))))
        {
            model["vocab"]!.AsObject().TryAdd(word, model["vocab"]!.AsObject().Count);
        }

        Add(root, "<|endoftext|>", special: true);
        return root;
    }

    /// <summary>Behind all others.</summary>
    public static void Add(JsonObject root, string content, bool special, Action<JsonObject>? change = null)
    {
        var ids = root["model"]!["vocab"]!.AsObject().Select(entry => entry.Value!.GetValue<int>()).Concat(root["added_tokens"]!.AsArray().Select(added => added!["id"]!.GetValue<int>()));
        var id = ids.Max() + 1;
        var token = new JsonObject { ["id"] = id, ["content"] = content, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = !special, ["special"] = special };
        change?.Invoke(token);
        root["added_tokens"]!.AsArray().Add((JsonNode)token);
    }

    public static JsonObject Split(string regex, string behavior, bool invert) => new()
    {
        ["type"] = "Sequence",
        ["pretokenizers"] = new JsonArray(
            new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = regex }, ["behavior"] = behavior, ["invert"] = invert },
            new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false }),
    };

    private static JsonObject File(List<(string Left, string Right)> merges, JsonObject preTokenizer, JsonObject? normalizer, string[] first)
    {
        var tokens = first.Concat(Enumerable.Range(0, 256).Select(value => ByteAlphabet.Encode([(byte)value]))).Concat(merges.Select(merge => merge.Left + merge.Right)).Distinct();
        var root = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = normalizer,
            ["pre_tokenizer"] = preTokenizer,
            ["post_processor"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = null,
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
            },
        };
        foreach (var (id, token) in first.Index())
        {
            Add(root, token, special: true, added => added["id"] = id);
        }

        return root;
    }

    /// <summary>Best pair first, of equals the one that sorts first.</summary>
    private static List<(string Left, string Right)> Learn(Regex pattern)
    {
        var words = new SomeTexts(seed: 7).Take(600).SelectMany(text => pattern.Matches(text)).CountBy(match => match.Value)
            .Select(word => (Pieces: Encoding.UTF8.GetBytes(word.Key).Select(value => ByteAlphabet.Encode([value])).ToList(), Count: word.Value)).ToList();
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < Merges)
        {
            var counts = new Dictionary<(string Left, string Right), int>();
            foreach (var (pieces, count) in words)
            {
                for (var i = 1; i < pieces.Count; i++)
                {
                    var pair = (pieces[i - 1], pieces[i]);
                    counts[pair] = counts.GetValueOrDefault(pair) + count;
                }
            }

            var most = counts.Values.Max();
            var (left, right) = counts.Where(pair => pair.Value == most).Select(pair => pair.Key).OrderBy(pair => pair.Left, StringComparer.Ordinal).ThenBy(pair => pair.Right, StringComparer.Ordinal).First();
            merges.Add((left, right));
            foreach (var (pieces, _) in words)
            {
                for (var i = 1; i < pieces.Count; i++)
                {
                    if (pieces[i - 1] == left && pieces[i] == right)
                    {
                        pieces[i - 1] += right;
                        pieces.RemoveAt(i);
                    }
                }
            }

            words.RemoveAll(word => word.Pieces.Count == 1);
        }

        return merges;
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Gpt2Words();

    [GeneratedRegex(Arcade)]
    private static partial Regex TiktokenWords();
}
