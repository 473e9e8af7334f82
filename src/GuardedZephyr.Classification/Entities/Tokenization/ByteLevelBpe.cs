using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace GuardedZephyr.Classification;

/// <summary>RoBERTa's tokenizer: the byte-level BPE of GPT-2, where a word carries the space in front of it.</summary>
internal sealed partial class ByteLevelBpe : EntityTokenizer
{
    private readonly BpeTokenizer _bpe;
    private readonly bool _addsSpace;

    private ByteLevelBpe(BpeTokenizer bpe, bool addsSpace)
    {
        _bpe = bpe;
        _addsSpace = addsSpace;
    }

    public static ByteLevelBpe Create(string path, Dictionary<string, int> vocabulary, IReadOnlyList<string> merges, JsonElement settings, JsonElement preTokenizer)
    {
        var (start, end) = (Id(path, vocabulary, "<s>"), Id(path, vocabulary, "</s>"));
        try
        {
            var bpe = BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = merges, ByteLevel = true, PreTokenizer = new RegexPreTokenizer(Words(), null) });
            var addsSpace = ModelJson.Flag(settings, "add_prefix_space") ?? ModelJson.Flag(preTokenizer, "add_prefix_space") ?? false;
            return new ByteLevelBpe(bpe, addsSpace) { Start = start, End = end };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ClassifierFolderException($"'{path}' is not a byte-level BPE vocabulary: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Those of a tokenizer.json: texts "left right", or pairs.</summary>
    public static IReadOnlyList<string> Merges(string path, JsonElement model)
    {
        var merges = Property(model, "merges");
        if (merges.ValueKind != JsonValueKind.Array || merges.EnumerateArray().Any(merge => merge.ValueKind is not (JsonValueKind.String or JsonValueKind.Array)))
        {
            throw new ClassifierFolderException($"'{path}' has no merges: a BPE tokenizer needs them.");
        }

        return [.. merges.EnumerateArray().Select(merge => merge.ValueKind == JsonValueKind.String ? merge.GetString()! : string.Join(' ', merge.EnumerateArray().Select(part => part.ToString())))];
    }

    /// <summary>Those of a merges.txt, whose first line states the version.</summary>
    public static IReadOnlyList<string> Merges(string path) =>
        [.. Encoding.UTF8.GetString(ModelJson.ReadBytes(path)).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))];

    public override IReadOnlyList<EntityToken> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<EntityToken>();
        foreach (var match in Words().EnumerateMatches(text))
        {
            var piece = text.Slice(match.Index, match.Length);
            var leading = piece.Length - piece.TrimStart().Length;
            var spelled = match.Index == 0 && leading == 0 && _addsSpace ? $" {piece}" : piece.ToString();
            var isFirst = leading < piece.Length;
            foreach (var id in _bpe.EncodeToIds(spelled))
            {
                tokens.Add(new EntityToken(id, match.Index + leading, piece.Length - leading, isFirst));
                isFirst = false;
            }
        }

        return tokens;
    }

    /// <summary>GPT-2's split of text into words, numbers, marks and white space.</summary>
    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
