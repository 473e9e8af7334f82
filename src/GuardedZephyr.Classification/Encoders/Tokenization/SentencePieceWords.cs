using Google.Protobuf;
using Microsoft.ML.Tokenizers;

namespace GuardedZephyr.Classification;

/// <summary>
/// The SentencePiece tokenizers of DeBERTa-v3 and XLM-RoBERTa. A word between white space is encoded by itself, as their training set it
/// (split_by_whitespace, add_dummy_prefix); where its pieces spell it letter for letter, punctuation in it is told apart.
/// </summary>
internal sealed class SentencePieceWords : EncoderTokenizer
{
    private const char Space = '\u2581';

    // The ids of fairseq's dictionary: <s> 0, <pad> 1, </s> 2, <unk> 3, then the pieces from the file's third on.
    private const int FairseqUnknown = 3;

    private readonly SentencePieceTokenizer _pieces;
    private readonly bool _isFairseq;

    private SentencePieceWords(SentencePieceTokenizer pieces, bool isFairseq)
    {
        _pieces = pieces;
        _isFairseq = isFairseq;
    }

    public static SentencePieceWords Create(string path, string modelType)
    {
        try
        {
            var file = ModelJson.ReadBytes(path);
            var pieces = SentencePieceTokenizer.Create(new MemoryStream(file), addBeginningOfSentence: false, addEndOfSentence: false);
            var isFairseq = modelType is "xlm-roberta" or "camembert";
            return isFairseq
                ? new SentencePieceWords(pieces, true) { Start = 0, End = 2 }
                : new SentencePieceWords(pieces, false) { Start = MarkId(path, file, "[CLS]"), End = MarkId(path, file, "[SEP]") };
        }
        catch (Exception e) when (e is not ClassifierFolderException)
        {
            throw new ClassifierFolderException($"'{path}' is no SentencePiece model, or truncated: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    public override IReadOnlyList<EncoderToken> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<EncoderToken>();
        for (var start = 0; start < text.Length;)
        {
            if (char.IsWhiteSpace(text[start]))
            {
                start++;
                continue;
            }

            var length = 1;
            while (start + length < text.Length && !char.IsWhiteSpace(text[start + length]))
            {
                length++;
            }

            AddWord(text.Slice(start, length).ToString(), start, tokens);
            start += length;
        }

        return tokens;
    }

    private void AddWord(string word, int start, List<EncoderToken> tokens)
    {
        var pieces = _pieces.EncodeToTokens(word, out _, addBeginningOfSentence: false, addEndOfSentence: false);
        var isSpelled = string.Concat(pieces.Select(piece => piece.Value)).TrimStart(Space) == word;
        var (first, offset, wasMark) = (tokens.Count, 0, false);
        foreach (var piece in pieces)
        {
            var spelled = piece.Value.AsSpan().TrimStart(Space);
            var isMark = isSpelled && !spelled.IsEmpty && !ContainsLetterOrDigit(spelled);
            var startsWord = tokens.Count == first || (isSpelled && isMark != wasMark && offset > 0);
            if (startsWord && tokens.Count > first)
            {
                EndWordAt(start + offset, tokens);
            }

            tokens.Add(new EncoderToken(IdOf(piece.Id), start + offset, word.Length - offset, startsWord));
            offset += isSpelled ? spelled.Length : 0;
            wasMark = isMark;
        }
    }

    /// <summary>The word that the last token belongs to reached to the end of the whole; it ends here.</summary>
    private static void EndWordAt(int end, List<EncoderToken> tokens)
    {
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            tokens[i] = tokens[i] with { Length = end - tokens[i].Start };
            if (tokens[i].StartsWord)
            {
                return;
            }
        }
    }

    private static bool ContainsLetterOrDigit(ReadOnlySpan<char> piece)
    {
        foreach (var character in piece)
        {
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
            {
                return true;
            }
        }

        return false;
    }

    private int IdOf(int piece) => !_isFairseq ? piece : piece == _pieces.UnknownId ? FairseqUnknown : piece + 1;

    /// <summary>The tokenizer keeps control symbols to itself, so the file is asked: its field 1 repeats the pieces, whose field 1 is the spelling.</summary>
    private static int MarkId(string path, byte[] file, string mark)
    {
        var input = new CodedInputStream(file);
        for (var id = 0; input.ReadTag() is not 0 and var tag;)
        {
            if (tag != WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited))
            {
                input.SkipLastField();
                continue;
            }

            var piece = input.ReadBytes().CreateCodedInput();
            if (piece.ReadTag() == WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited) && piece.ReadString() == mark)
            {
                return id;
            }

            id++;
        }

        throw new ClassifierFolderException($"'{path}' has no token {mark}, as DeBERTa's have; of the other kinds only XLM-RoBERTa's (model_type xlm-roberta) is known.");
    }
}
