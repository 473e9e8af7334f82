using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>Another detector, with faults.</summary>
internal sealed class FlakyDetector(IDetector inner, Faults faults) : IDetector
{
    public string Name => inner.Name;

    public int? Reach => inner.Reach;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken) => faults.RunAsync(kind => kind switch
    {
        FaultKind.TooLong => Wrong(new Finding("EMAIL_ADDRESS", 1, text.Original.Length, 1, Name)),
        FaultKind.BeforeTheText => Wrong(new Finding("insult", -1, 1, 1, Name)),
        FaultKind.NotANumber => Wrong(new Finding("insult", 0, 0, double.NaN, Name)),
        FaultKind.NoList => ValueTask.FromResult<IReadOnlyList<Finding>>(null!),
        _ => inner.DetectAsync(text, direction, cancellationToken),
    });

    private static ValueTask<IReadOnlyList<Finding>> Wrong(Finding finding) => ValueTask.FromResult<IReadOnlyList<Finding>>([finding]);
}
