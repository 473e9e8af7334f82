using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>
/// BERT's tokenizer (Devlin et al. 2018, appendix A.2, and the code published with it): words at white space, each mark of punctuation and each
/// ideograph a word of its own, then the longest piece of the vocabulary first.
/// </summary>
internal sealed class WordPiece : EncoderTokenizer
{
    /// <summary>In code points; a longer one is unknown.</summary>
    private const int LongestWord = 100;

    private const string Continuing = "##";

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly int _unknown;
    private readonly bool _lowers;
    private readonly bool _stripsAccents;

    private WordPiece(Dictionary<string, int> vocabulary, int unknown, bool lowers, bool stripsAccents)
    {
        _ids = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknown = unknown;
        _lowers = lowers;
        _stripsAccents = stripsAccents;
    }

    public static WordPiece Create(string path, Dictionary<string, int> vocabulary, JsonElement settings, JsonElement normalizer)
    {
        var lowers = ModelJson.Flag(settings, "do_lower_case") ?? ModelJson.Flag(normalizer, "lowercase") ?? true;
        return new WordPiece(
            vocabulary, Id(path, vocabulary, "[UNK]"), lowers, ModelJson.Flag(settings, "strip_accents") ?? ModelJson.Flag(normalizer, "strip_accents") ?? lowers)
        {
            Start = Id(path, vocabulary, "[CLS]"),
            End = Id(path, vocabulary, "[SEP]"),
        };
    }

    /// <summary>One token a line, the line's number its id.</summary>
    public static Dictionary<string, int> ReadVocabulary(string path)
    {
        var vocabulary = new Dictionary<string, int>();
        foreach (var (id, line) in Encoding.UTF8.GetString(ModelJson.ReadBytes(path)).TrimEnd('\n', '\r').Split('\n').Index())
        {
            vocabulary.TryAdd(line.TrimEnd('\r'), id);
        }

        return vocabulary;
    }

    public override IReadOnlyList<EncoderToken> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<EncoderToken>();
        var (word, letter) = (new StringBuilder(), new StringBuilder());
        var (start, end) = (0, 0);
        for (var index = 0; index < text.Length;)
        {
            Rune.DecodeFromUtf16(text[index..], out var rune, out var length);
            var isDropped = IsDropped(rune);
            var isSpace = !isDropped && Rune.IsWhiteSpace(rune);
            letter.Clear();
            if (!isDropped && !isSpace)
            {
                Append(rune, letter);
            }

            // What stays of a character decides: of an inequality sign an equals sign does.
            var standsAlone = letter.Length > 0 && (IsIdeograph(rune.Value) || IsPunctuation(letter.Length == 1 ? new Rune(letter[0]) : rune));
            if (isSpace || standsAlone)
            {
                AddWord(word, start, end, tokens);
            }

            if (letter.Length > 0)
            {
                start = word.Length == 0 ? index : start;
                word.Append(letter);
                end = index + length;
            }

            index += length;
            if (standsAlone)
            {
                AddWord(word, start, end, tokens);
            }
        }

        AddWord(word, start, end, tokens);
        return tokens;
    }

    /// <summary>Marks first, then case: of a capital I with a dot stays an i.</summary>
    private void Append(Rune rune, StringBuilder letter)
    {
        if (_stripsAccents && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
        {
            return;
        }

        if (!_stripsAccents || !rune.IsBmp)
        {
            letter.Append((_lowers ? Rune.ToLowerInvariant(rune) : rune).ToString());
        }
        else
        {
            Accents.AppendBare((char)rune.Value, letter);
            for (var i = 0; _lowers && i < letter.Length; i++)
            {
                letter[i] = char.ToLowerInvariant(letter[i]);
            }
        }
    }

    private void AddWord(StringBuilder builder, int start, int end, List<EncoderToken> tokens)
    {
        var word = builder.ToString();
        builder.Clear();
        if (word.Length == 0)
        {
            return;
        }

        var first = tokens.Count;
        var isTooLong = word.Length > LongestWord && word.EnumerateRunes().Count() > LongestWord;
        for (var from = 0; from < word.Length;)
        {
            if (isTooLong || LongestPiece(word, from) is not { } piece)
            {
                tokens.RemoveRange(first, tokens.Count - first);
                tokens.Add(new EncoderToken(_unknown, start, end - start, true));
                return;
            }

            tokens.Add(new EncoderToken(piece.Id, start, end - start, from == 0));
            from += piece.Length;
        }
    }

    private (int Id, int Length)? LongestPiece(string word, int from)
    {
        var spelled = from == 0 ? word : string.Concat(Continuing, word.AsSpan(from));
        var prefix = from == 0 ? 0 : Continuing.Length;
        for (var length = spelled.Length; length > prefix; length--)
        {
            if (_ids.TryGetValue(spelled.AsSpan(0, length), out var id))
            {
                return (id, length - prefix);
            }
        }

        return null;
    }

    /// <summary>Unicode's category C (control, format, private use, unassigned), but for the white space in it; a lone surrogate is read as U+FFFD.</summary>
    private static bool IsDropped(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && (rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>Every ASCII character that is no letter, digit or space counts, as the published code has it.</summary>
    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    /// <summary>Unicode's blocks of CJK ideographs.</summary>
    private static bool IsIdeograph(int value) => value
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
