namespace GuardedZephyr.Evaluation;

/// <summary>What a threshold gives. All rates from 0 to 1; null where there is nothing to count.</summary>
/// <param name="Allowed">The rate of false positives that was asked for.</param>
/// <param name="Threshold">A score at or over it is flagged.</param>
/// <param name="Caught">Share of the positives that are flagged.</param>
/// <param name="Precision">Share of positives among the flagged, with as many of each as these sets have.</param>
internal sealed record OperatingPoint(double Allowed, float Threshold, double? FalsePositiveRate, double? Caught, double? Precision);
