namespace GuardedZephyr.Modeling.StableLm;

/// <summary>The architecture, from a Hugging Face config.json.</summary>
public sealed record StableLmConfig
{
    public required int Vocabulary { get; init; }

    public required int Hidden { get; init; }

    public required int Intermediate { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    /// <summary>Each serves Heads / KeyValueHeads consecutive query heads.</summary>
    public required int KeyValueHeads { get; init; }

    public required int ContextLength { get; init; }

    /// <summary>Leading dimensions of each head that are rotated by position; even.</summary>
    public required int RotaryWidth { get; init; }

    public required double RopeTheta { get; init; }

    public required float Epsilon { get; init; }

    /// <summary>The output matrix is the embedding table.</summary>
    public required bool TiedEmbeddings { get; init; }

    public required IReadOnlyList<int> EndIds { get; init; }

    public int? PaddingId { get; init; }

    /// <summary>Queries, keys and values have biases, as in StableLM 2 1.6B. Null where config.json does not say: the checkpoint does.</summary>
    public bool? QueryKeyValueBias { get; init; }

    /// <summary>Attention and MLP read the same norm and are added together, as in StableLM 2 12B.</summary>
    public bool ParallelResidual { get; init; }

    /// <summary>Each query head and each key head has a LayerNorm without bias, as in StableLM 2 12B.</summary>
    public bool QueryKeyNorm { get; init; }

    public int HeadSize => Hidden / Heads;

    /// <exception cref="CheckpointException">The file is missing or describes a model that is not exported here.</exception>
    public static StableLmConfig Read(string path) => StableLmConfigReader.Read(path);
}
