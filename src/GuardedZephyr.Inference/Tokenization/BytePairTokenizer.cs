using System.Text;
using System.Text.RegularExpressions;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.Tokenizers;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>Byte-level BPE as in GPT-NeoX. Text never becomes a control token: those have ids, not spellings. Thread-safe.</summary>
public sealed partial class BytePairTokenizer
{
    public const string EndOfText = "<|endoftext|>";

    private readonly BpeTokenizer _bpe;
    private readonly byte[][] _bytes;
    private readonly Dictionary<string, int> _plainAddedTokens;
    private readonly Regex? _plainAddedTokenPattern;
    private readonly bool _normalizesToFormC;

    private BytePairTokenizer(string path, TokenizerFile file)
    {
        _bpe = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(Words(), null),
        });
        _normalizesToFormC = file.NormalizesToFormC;
        _plainAddedTokens = file.AddedTokens.Where(token => !token.Special).ToDictionary(token => token.Content, token => token.Id);
        if (_plainAddedTokens.Count > 0)
        {
            var longestFirst = _plainAddedTokens.Keys.OrderByDescending(content => content.Length).Select(Regex.Escape);
            _plainAddedTokenPattern = new Regex(string.Join('|', longestFirst), RegexOptions.CultureInvariant);
        }

        EndOfTextId = file.AddedTokens.FirstOrDefault(token => token.Content == EndOfText)?.Id
            ?? throw new ModelFolderException(path, $"no added token {EndOfText}; the chat format ends messages with it");
        VocabularySize = 1 + file.Vocabulary.Values.Concat(file.AddedTokens.Select(token => token.Id)).Max();
        _bytes = TokenBytes(path, file, VocabularySize);
    }

    public int EndOfTextId { get; }

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize { get; }

    /// <param name="path">A Hugging Face tokenizer.json.</param>
    /// <exception cref="ModelFolderException">The file is missing, unreadable or of another kind.</exception>
    public static BytePairTokenizer Load(string path) => new(path, TokenizerFile.Read(path));

    /// <summary>Ids of the text. Control tokens in it are encoded as the characters they are written with; lone surrogates as U+FFFD.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
        if (_normalizesToFormC)
        {
            text = text.Normalize(NormalizationForm.FormC);
        }

        if (_plainAddedTokenPattern is null)
        {
            return _bpe.EncodeToIds(text);
        }

        var ids = new List<int>();
        var start = 0;
        foreach (var match in _plainAddedTokenPattern.EnumerateMatches(text))
        {
            ids.AddRange(_bpe.EncodeToIds(text[start..match.Index]));
            ids.Add(_plainAddedTokens[text.Substring(match.Index, match.Length)]);
            start = match.Index + match.Length;
        }

        ids.AddRange(_bpe.EncodeToIds(text[start..]));
        return ids;
    }

    /// <summary>The UTF-8 bytes of one token, possibly a part of a character; empty for control tokens and for ids without a token.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : [];

    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var decoder = new StreamingDecoder(this);
        return string.Concat(ids.Select(decoder.Add)) + decoder.Finish();
    }

    private static byte[][] TokenBytes(string path, TokenizerFile file, int size)
    {
        if (size > 1 << 20 || file.Vocabulary.Values.Any(id => id < 0) || file.AddedTokens.Any(token => token.Id < 0))
        {
            throw new ModelFolderException(path, "token ids are negative or over a million; take the file from the model's repository again");
        }

        var bytes = new byte[size][];
        Array.Fill(bytes, []);
        foreach (var (token, id) in file.Vocabulary)
        {
            bytes[id] = ByteAlphabet.TryDecode(token, out var spelling) ? spelling : [];
        }

        foreach (var token in file.AddedTokens)
        {
            bytes[token.Id] = token.Special ? [] : Encoding.UTF8.GetBytes(token.Content);
        }

        return bytes;
    }

    /// <summary>GPT-2's split of text into words, numbers, marks and white space.</summary>
    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    public static partial Regex Words();
}
