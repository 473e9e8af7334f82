using System.Text.Json;
using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Inference.Models;

/// <summary>genai_config.json, as far as the engine reads it.</summary>
internal sealed record GenAiConfig
{
    public const string FileName = "genai_config.json";
    private const int MaxContext = 1 << 20;
    private const int MaxVocabulary = 1 << 20;

    /// <summary>Bytes of cache that one token may take: a 70B model has 2.6 million with all its heads.</summary>
    private const long MaxCachePerToken = 16_000_000;

    public required string ModelFile { get; init; }

    public required int ContextLength { get; init; }

    public required int VocabularySize { get; init; }

    public required IReadOnlyList<int> EndIds { get; init; }

    public required DecoderShape Decoder { get; init; }

    public required SamplingSettings Sampling { get; init; }

    public static GenAiConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new ModelFolderException(path, "missing; a model folder in onnxruntime-genai's layout has one (zephyr model export writes it)");
        }

        try
        {
            using var document = JsonDocument.Parse(BoundedFile.ReadAllBytes(path, BoundedFile.MaxSettings), new JsonDocumentOptions { MaxDepth = BoundedFile.MaxDepth });
            return new Reader(path).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(path, $"not valid JSON at line {e.LineNumber + 1}; export the model again", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new ModelFolderException(path, "a value has the wrong JSON type; export the model again", e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ModelFolderException(path, $"section 'search': {e.Message.Split('\n')[0]}", e);
        }
    }

    private sealed class Reader(string path)
    {
        public GenAiConfig Read(JsonElement root)
        {
            var model = Section(root, "model");
            var type = Text(model, "type", "");
            if (type != "decoder")
            {
                throw new ModelFolderException(path, $"model.type is '{type}', not 'decoder'; the engine runs decoder models only");
            }

            var decoder = Section(model, "decoder");
            var vocabulary = Size(model, "vocab_size", MaxVocabulary);
            return new GenAiConfig
            {
                ModelFile = FileIn(decoder, "filename"),
                ContextLength = Size(model, "context_length", MaxContext),
                VocabularySize = vocabulary,
                EndIds = EndIds(model, vocabulary),
                Decoder = Shape(decoder),
                Sampling = root.TryGetProperty("search", out var search) ? Sampling(search, vocabulary) : SamplingSettings.Greedy,
            };
        }

        private DecoderShape Shape(JsonElement decoder)
        {
            var names = new DecoderShape
            {
                Layers = Size(decoder, "num_hidden_layers", 1024),
                KeyValueHeads = Size(decoder, "num_key_value_heads", 1024),
                Heads = decoder.TryGetProperty("num_attention_heads", out _) ? Size(decoder, "num_attention_heads", 1024) : 0,
                HeadSize = Size(decoder, "head_size", 4096),
            };
            if (names.CacheBytes(1) is var perToken && perToken > MaxCachePerToken)
            {
                throw new ModelFolderException(path, $"num_hidden_layers, num_key_value_heads and head_size make {perToken} bytes of KV cache for each token, and no known model over {MaxCachePerToken}; export the model again");
            }

            if (decoder.TryGetProperty("inputs", out var inputs))
            {
                names = names with
                {
                    InputIds = Text(inputs, "input_ids", names.InputIds),
                    AttentionMask = Text(inputs, "attention_mask", names.AttentionMask),
                    PastKeys = Text(inputs, "past_key_names", names.PastKeys),
                    PastValues = Text(inputs, "past_value_names", names.PastValues),
                };
            }

            if (decoder.TryGetProperty("outputs", out var outputs))
            {
                names = names with
                {
                    Logits = Text(outputs, "logits", names.Logits),
                    PresentKeys = Text(outputs, "present_key_names", names.PresentKeys),
                    PresentValues = Text(outputs, "present_value_names", names.PresentValues),
                };
            }

            return names;
        }

        private int[] EndIds(JsonElement model, int vocabulary)
        {
            if (!model.TryGetProperty("eos_token_id", out var value))
            {
                throw new ModelFolderException(path, "model.eos_token_id is missing; without it a reply has no end");
            }

            int[] ids = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(id => id.GetInt32())] : [value.GetInt32()];
            return ids.Length > 0 && ids.All(id => id >= 0 && id < vocabulary)
                ? ids
                : throw new ModelFolderException(path, "model.eos_token_id is not an id of the vocabulary");
        }

        private static SamplingSettings Sampling(JsonElement search, int vocabulary)
        {
            var samples = search.TryGetProperty("do_sample", out var flag) && flag.GetBoolean();
            var settings = new SamplingSettings
            {
                Temperature = samples ? Number("temperature", 1) : 0,
                TopP = Number("top_p", 1),
                TopK = (int)Number("top_k", 0),
                RepetitionPenalty = Number("repetition_penalty", 1),
            };
            settings.Validate(vocabulary);
            return settings;

            float Number(string name, float otherwise) => search.TryGetProperty(name, out var value) ? value.GetSingle() : otherwise;
        }

        /// <summary>A file beside the configuration; a name that leads anywhere else is refused.</summary>
        private string FileIn(JsonElement section, string name)
        {
            var file = Text(section, name, "");
            return FolderBoundary.IsInnerName(file) && !file.Contains('/', StringComparison.Ordinal)
                ? file
                : throw new ModelFolderException(path, $"decoder.{name} must be the plain name of a file in the folder");
        }

        private JsonElement Section(JsonElement parent, string name) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var section) && section.ValueKind == JsonValueKind.Object
                ? section
                : throw new ModelFolderException(path, $"section '{name}' is missing; export the model again");

        private int Size(JsonElement section, string name, int max) =>
            section.TryGetProperty(name, out var value) && value.TryGetInt32(out var size) && size > 0 && size <= max
                ? size
                : throw new ModelFolderException(path, $"'{name}' must be a whole number from 1 to {max}");

        private static string Text(JsonElement section, string name, string otherwise) =>
            section.TryGetProperty(name, out var value) ? value.GetString() ?? otherwise : otherwise;
    }
}
