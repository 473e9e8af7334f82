namespace GuardedZephyr.Classification;

/// <summary>What <c>classifier.json</c> says of the model beside it.</summary>
internal sealed record ClassifierDescription
{
    public required string Name { get; init; }

    /// <summary>Digest of <c>model.onnx</c>, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<LabelDescription> Labels { get; init; }

    public required FeatureSettings Features { get; init; }

    public required CalibrationDescription Calibration { get; init; }

    public required IReadOnlyList<SourceDescription> TrainingData { get; init; }

    public required TrainingDescription Training { get; init; }

    /// <summary>The networks that were compared, the one in the file among them.</summary>
    public IReadOnlyList<ComparisonDescription> Comparison { get; init; } = [];

    /// <summary>How the network works, in Markdown, for the model's card.</summary>
    public string? Architecture { get; init; }
}
