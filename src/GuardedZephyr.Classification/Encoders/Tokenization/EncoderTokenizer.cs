using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>
/// Cuts a text into a model's tokens. Words are found first, in the text as it is, and each is encoded by itself, so the place of a token's
/// word is exact whatever the tokenizer makes of its letters. Thread-safe.
/// </summary>
internal abstract class EncoderTokenizer
{
    public const string TokenizerFile = "tokenizer.json";
    public const string SettingsFile = "tokenizer_config.json";

    private static readonly string[] _sentencePieceFiles = ["spm.model", "sentencepiece.bpe.model", "spiece.model"];

    /// <summary>Id of the mark in front of a text.</summary>
    public required int Start { get; init; }

    /// <summary>Id of the mark behind it.</summary>
    public required int End { get; init; }

    public abstract IReadOnlyList<EncoderToken> Tokenize(ReadOnlySpan<char> text);

    /// <param name="modelType">As config.json has it: XLM-RoBERTa's ids are not those of its SentencePiece file.</param>
    public static EncoderTokenizer Load(string folder, string modelType)
    {
        var settingsPath = Path.Combine(folder, SettingsFile);
        var settings = File.Exists(settingsPath) ? ModelJson.Read(settingsPath) : default;
        var sentencePiece = _sentencePieceFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        var path = Path.Combine(folder, TokenizerFile);
        if (File.Exists(path))
        {
            var root = ModelJson.Read(path);
            var model = Property(root, "model");
            var kind = Property(model, "type") is { ValueKind: JsonValueKind.String } type ? type.GetString() : "BPE";
            return kind switch
            {
                "WordPiece" => WordPiece.Create(path, ModelJson.Vocabulary(path, Property(model, "vocab")), settings, Property(root, "normalizer")),
                "BPE" when IsByteLevel(root) => ByteLevelBpe.Create(path, ModelJson.Vocabulary(path, Property(model, "vocab")), ByteLevelBpe.Merges(path, model), settings, Property(root, "pre_tokenizer")),
                _ when sentencePiece is not null => SentencePieceWords.Create(sentencePiece, modelType),
                _ => throw new ClassifierFolderException($"'{path}': unknown kind of tokenizer '{kind}'; known are WordPiece, byte-level BPE, and SentencePiece with {string.Join(" or ", _sentencePieceFiles)} beside it."),
            };
        }

        var words = Path.Combine(folder, "vocab.txt");
        var (vocabulary, merges) = (Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt"));
        return File.Exists(words) ? WordPiece.Create(words, WordPiece.ReadVocabulary(words), settings, default)
            : File.Exists(vocabulary) ? ByteLevelBpe.Create(vocabulary, ModelJson.Vocabulary(vocabulary, ModelJson.Read(vocabulary)), ByteLevelBpe.Merges(merges), settings, default)
            : sentencePiece is not null ? SentencePieceWords.Create(sentencePiece, modelType)
            : throw new ClassifierFolderException($"'{folder}' has no tokenizer: it needs {TokenizerFile}, vocab.txt, vocab.json with merges.txt, or {string.Join(" or ", _sentencePieceFiles)}.");
    }

    protected static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    protected static int Id(string path, Dictionary<string, int> vocabulary, string token) =>
        vocabulary.TryGetValue(token, out var id) ? id : throw new ClassifierFolderException($"'{path}' has no token {token}: it is truncated, or of another kind of model.");

    private static bool IsByteLevel(JsonElement root) =>
        Property(root, "pre_tokenizer").ValueKind == JsonValueKind.Object && Property(root, "pre_tokenizer").GetRawText().Contains("\"ByteLevel\"", StringComparison.Ordinal);
}
