using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace GuardedZephyr.Classification;

/// <summary>RoBERTa's tokenizer: the byte-level BPE of GPT-2, where a word carries the space in front of it.</summary>
internal sealed partial class ByteLevelBpe : EncoderTokenizer
{
    /// <summary>GPT-2's letters for bytes: printable ones of Latin-1 for themselves, the others in order from U+0100 on. The library's own way to them loses merges.</summary>
    private static readonly char[] _letters = CreateLetters();

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
            var bpe = BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = merges, PreTokenizer = new RegexPreTokenizer(Whole(), null) });
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

    public override IReadOnlyList<EncoderToken> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<EncoderToken>();
        var added = _addsSpace && !text.IsEmpty && text[0] != ' ' ? 1 : 0;
        var spelled = added > 0 ? $" {text}" : text;
        foreach (var match in Words().EnumerateMatches(InBasicPlane(spelled)))
        {
            var piece = spelled.Slice(match.Index, match.Length);
            var leading = piece.Length - piece.TrimStart().Length;
            var isFirst = leading < piece.Length;
            foreach (var id in _bpe.EncodeToIds(Spelled(piece)))
            {
                tokens.Add(new EncoderToken(id, Math.Max(0, match.Index + leading - added), piece.Length - leading, isFirst));
                isFirst = false;
            }
        }

        return tokens;
    }

    /// <summary>A lone surrogate has no bytes; UTF-8 puts U+FFFD in its place.</summary>
    private static string Spelled(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(piece.Length)];
        return string.Create(Encoding.UTF8.GetBytes(piece, bytes), bytes, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = _letters[bytes[i]];
            }
        });
    }

    private static char[] CreateLetters()
    {
        var next = 0x100;
        return [.. Enumerable.Range(0, 256).Select(value => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++)];
    }

    /// <summary>.NET's expressions see halves of a surrogate pair: letters and digits beyond the basic plane become such as are in it, of the same length.</summary>
    private static ReadOnlySpan<char> InBasicPlane(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDBFF'))
        {
            return text;
        }

        var plain = text.ToArray();
        for (var i = 0; i < plain.Length - 1; i++)
        {
            if (char.IsSurrogatePair(plain[i], plain[i + 1]))
            {
                var category = CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(plain[i], plain[i + 1]));
                var stand = category <= UnicodeCategory.OtherLetter ? 'a' : category is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber ? '0' : '\u2022';
                (plain[i], plain[i + 1]) = (stand, stand);
                i++;
            }
        }

        return plain;
    }

    /// <summary>GPT-2's split of text into words, numbers, marks and white space.</summary>
    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(".+", RegexOptions.Singleline)]
    private static partial Regex Whole();
}
