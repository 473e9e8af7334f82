using System.Text.Json;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What a Hugging Face tokenizer.json says about a byte-level BPE tokenizer. What is not understood is refused, never skipped.</summary>
internal sealed record TokenizerFile(Vocabulary Vocabulary, IReadOnlyList<AddedToken> AddedTokens, IReadOnlyList<UnicodeForm> Normalizers, IReadOnlyList<PreTokenizer> PreTokenizers)
{
    /// <summary>In bytes; published ones have up to 20 million.</summary>
    private const long MaxLength = 64_000_000;

    public static TokenizerFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedFile.ReadAllBytes(path, MaxLength), new JsonDocumentOptions { MaxDepth = 16 });
            return Parse(new TokenizerSection(path, "", document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelFolderException(path, $"not a Hugging Face tokenizer file ({e.Message.Split('\n')[0]}); take it from the model's repository again", e);
        }
    }

    /// <remarks>
    /// Truncation and padding are how somebody once called the tokenizer: here nothing is cut or padded. The post-processor adds control
    /// tokens, which is the chat format's work.
    /// </remarks>
    private static TokenizerFile Parse(TokenizerSection root)
    {
        root.Allow("version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
        var model = root.Section("model") ?? throw root.Error("not a tokenizer file: there is no model");
        if (model.Text("type") is not (null or "BPE") || root.Section("pre_tokenizer") is not { } preTokenizer)
        {
            throw root.Error("not a byte-level BPE tokenizer");
        }

        CheckDecoder(root);
        CheckPostProcessor(root.Section("post_processor"));
        var added = root.Sections("added_tokens").Select(Added).ToList();
        var vocabulary = Vocabulary.Read(model, added);
        CheckIds(root, vocabulary, added);
        return new TokenizerFile(vocabulary, added, [.. Forms(root.Section("normalizer"))], Steps(preTokenizer));
    }

    /// <summary>A token of the vocabulary may be an added one too, under the same id.</summary>
    private static void CheckIds(TokenizerSection root, Vocabulary vocabulary, List<AddedToken> added)
    {
        var owners = vocabulary.Tokens.ToDictionary(token => token.Value, token => token.Key);
        foreach (var token in added)
        {
            if (!owners.TryAdd(token.Id, token.Content) && (owners[token.Id] != token.Content || vocabulary.Tokens.GetValueOrDefault(token.Content, -1) != token.Id))
            {
                throw root.Error($"the id {token.Id} belongs to an added token and to another token");
            }
        }
    }

    private static AddedToken Added(TokenizerSection token)
    {
        token.Allow("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
        var special = token.Flag("special", otherwise: false);
        var id = token.Id("id");
        return new AddedToken(
            id is >= 0 and < Vocabulary.MaxSize ? id : throw token.Error($"{token.Name}.id must be from 0 to {Vocabulary.MaxSize - 1}"),
            token.Text("content") is { Length: > 0 } content ? content : throw token.Error($"{token.Name}.content is missing"),
            special,
            token.Flag("normalized", otherwise: !special),
            token.Flag("lstrip", otherwise: false),
            token.Flag("rstrip", otherwise: false),
            token.Flag("single_word", otherwise: false));
    }

    private static IEnumerable<UnicodeForm> Forms(TokenizerSection? normalizer) => normalizer switch
    {
        null => [],
        { Type: "Sequence" } => normalizer.Allow("type", "normalizers").Sections("normalizers").SelectMany(Forms),
        _ => [UnicodeForm.Named(normalizer.Allow("type").Type) ?? throw normalizer.Error($"normalizer {normalizer.Type} is not supported (only NFC, NFD, NFKC, NFKD and sequences of them)")],
    };

    /// <summary>The last one, and no other, turns text into bytes.</summary>
    private static List<PreTokenizer> Steps(TokenizerSection section)
    {
        var flat = Flatten(section, "pretokenizers").ToList();
        if (flat.Count == 0 || flat[^1].Type != "ByteLevel" || flat.Count(step => step.Type == "ByteLevel") != 1)
        {
            throw section.Error("not a byte-level BPE tokenizer: ByteLevel must be the last pre-tokenizer, and there once");
        }

        return [.. flat.Select(Step)];
    }

    private static IEnumerable<TokenizerSection> Flatten(TokenizerSection section, string list) =>
        section.Type == "Sequence" ? section.Allow("type", list).Sections(list).SelectMany(part => Flatten(part, list)) : [section];

    private static PreTokenizer Step(TokenizerSection step)
    {
        switch (step.Type)
        {
            case "ByteLevel":
                step.Allow("type", "add_prefix_space", "trim_offsets", "use_regex");
                return new PreTokenizer(step.Flag("use_regex", otherwise: true) ? SplitPattern.ByteLevel : null, PrefixSpace: step.Flag("add_prefix_space", otherwise: false));
            case "Digits":
                step.Allow("type", "individual_digits");
                return new PreTokenizer(new Digits(), step.Flag("individual_digits", otherwise: false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous);
            case "Split":
                step.Allow("type", "pattern", "behavior", "invert");
                var behavior = Enum.TryParse<SplitBehavior>(step.Text("behavior"), out var named) && Enum.IsDefined(named)
                    ? named : throw step.Error($"{step.Name}.behavior must be one of {string.Join(", ", Enum.GetNames<SplitBehavior>())}");
                return new PreTokenizer(Pattern(step), behavior, step.Flag("invert", otherwise: false));
            default:
                throw step.Error($"pre-tokenizer {step.Type} is not supported (only ByteLevel, Split, Digits and sequences of them)");
        }
    }

    private static SplitPattern Pattern(TokenizerSection step)
    {
        var pattern = step.Section("pattern")?.Allow("Regex", "String") ?? throw step.Error($"{step.Name}.pattern is missing");
        if (pattern.Text("String") is { Length: > 0 } literal)
        {
            return new Literal(literal);
        }

        return pattern.Text("Regex") is { } regex && SplitPattern.OfRegex(regex) is { } known
            ? known
            : throw step.Error($"{step.Name} has a regular expression that is none of GPT-2's, GPT-4's or Arcade100k's; a file's own is not run");
    }

    private static void CheckDecoder(TokenizerSection root)
    {
        if (root.Section("decoder") is not { } decoder || Flatten(decoder, "decoders").ToList() is not [{ Type: "ByteLevel" }])
        {
            throw root.Error("not a byte-level BPE tokenizer: its decoder is not ByteLevel");
        }
    }

    private static void CheckPostProcessor(TokenizerSection? processor)
    {
        if (processor is not null && Flatten(processor, "processors").FirstOrDefault(part => part.Type is not ("ByteLevel" or "TemplateProcessing")) is { } unknown)
        {
            throw unknown.Error($"post-processor {unknown.Type} is not supported (only ByteLevel, TemplateProcessing and sequences of them)");
        }
    }
}
