namespace GuardedZephyr.Evaluation;

/// <summary>Rows that are reported together; their labels are in the model's order.</summary>
/// <param name="Use">One of <see cref="SetUse"/>.</param>
/// <param name="Kind">One of <see cref="SetKind"/>, or null.</param>
internal sealed record EvaluationSet(string Name, string Use, string? Kind, IReadOnlyList<Example> Examples);
