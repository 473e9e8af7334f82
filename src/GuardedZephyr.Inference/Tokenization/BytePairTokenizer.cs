using System.Text;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>
/// Byte-level BPE as GPT-NeoX (StableLM 3B) and Arcade100k (StableLM 2) have it. Text never becomes a control token: those have ids, not
/// spellings. Thread-safe.
/// </summary>
public sealed class BytePairTokenizer
{
    public const string EndOfText = "<|endoftext|>";

    private readonly TokenizerFile _file;
    private readonly MergeTable _merges;
    private readonly AddedTokenSplitter _writtenTokens;
    private readonly AddedTokenSplitter _normalizedTokens;
    private readonly byte[][] _bytes;

    private BytePairTokenizer(string path, TokenizerFile file)
    {
        _file = file;
        var plain = file.AddedTokens.Where(token => !token.Special).ToList();
        _writtenTokens = new AddedTokenSplitter(plain.Where(token => !token.Normalized), content => content);
        _normalizedTokens = new AddedTokenSplitter(plain.Where(token => token.Normalized), Normalize);
        var special = file.AddedTokens.Where(token => token.Special).Select(token => token.Id).ToHashSet();
        var whole = file.Vocabulary.IgnoresMerges ? file.Vocabulary.Tokens.Where(token => !special.Contains(token.Value)).ToDictionary() : null;
        _merges = new MergeTable(file.Vocabulary.Bytes, file.Vocabulary.Merges, whole);
        EndOfTextId = file.AddedTokens.FirstOrDefault(token => token is { Content: EndOfText, Special: true })?.Id
            ?? throw new ModelFolderException(path, $"no special added token {EndOfText}; the chat format ends messages with it");
        VocabularySize = 1 + file.Vocabulary.Tokens.Values.Concat(file.AddedTokens.Select(token => token.Id)).Max();
        _bytes = TokenBytes(path, file, VocabularySize);
    }

    public int EndOfTextId { get; }

    /// <summary>One more than the highest id. A model may have more: its vocabulary is padded.</summary>
    public int VocabularySize { get; }

    /// <param name="path">A Hugging Face tokenizer.json.</param>
    /// <exception cref="ModelFolderException">The file is missing, unreadable or of another kind, or something in it is not understood.</exception>
    public static BytePairTokenizer Load(string path) => new(path, TokenizerFile.Read(path));

    /// <summary>GPT-2's words of a text, which merges of a GPT-NeoX vocabulary do not cross.</summary>
    public static IEnumerable<string> Words(string text) => new PreTokenizer(SplitPattern.ByteLevel).Split(text.AsMemory()).Select(word => word.ToString());

    /// <summary>Ids of the text. Control tokens in it are encoded as the characters they are written with; lone surrogates as U+FFFD.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>();
        var merger = new PairMerger(_merges);
        foreach (var (written, token) in _writtenTokens.Split(text.AsMemory()))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                continue;
            }

            var normalized = _file.Normalizers.Count == 0 ? written : Normalize(written.ToString()).AsMemory();
            foreach (var (piece, inner) in _normalizedTokens.Split(normalized))
            {
                if (inner is not null)
                {
                    ids.Add(inner.Id);
                    continue;
                }

                foreach (var word in _file.PreTokenizers.Aggregate(Enumerable.Repeat(piece, 1), (pieces, step) => pieces.SelectMany(step.Split)))
                {
                    merger.Encode(word.Span, ids);
                }
            }
        }

        return ids;
    }

    /// <summary>The UTF-8 bytes of one token, possibly a part of a character; empty for control tokens and for ids without a token.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : [];

    /// <summary>Ids of all tokens that the text can begin with, whichever way it is cut into tokens.</summary>
    public IReadOnlyList<int> StartsOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Enumerable.Range(0, _bytes.Length).Where(id => _bytes[id].Length > 0 && bytes.AsSpan().StartsWith(_bytes[id]))];
    }

    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var decoder = new StreamingDecoder(this);
        return string.Concat(ids.Select(decoder.Add)) + decoder.Finish();
    }

    private string Normalize(string text) => _file.Normalizers.Aggregate(text, (normalized, form) => form.Normalize(normalized));

    private static byte[][] TokenBytes(string path, TokenizerFile file, int size)
    {
        var bytes = new byte[size][];
        Array.Fill(bytes, []);
        foreach (var (token, id) in file.Vocabulary.Tokens)
        {
            bytes[id] = ByteAlphabet.TryDecode(token, out var spelling) ? spelling : Encoding.UTF8.GetBytes(token);
        }

        foreach (var token in file.AddedTokens)
        {
            bytes[token.Id] = token.Special ? [] : Encoding.UTF8.GetBytes(token.Content);
        }

        return bytes;
    }
}
