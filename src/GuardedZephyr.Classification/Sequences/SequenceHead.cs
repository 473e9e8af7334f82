using System.Text.Json;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>Turns a text's logits into scores: each by itself (sigmoid), or as shares of one (softmax).</summary>
internal sealed class SequenceHead
{
    private const string MultiLabel = "multi_label_classification";
    private const string SingleLabel = "single_label_classification";

    private readonly string _name;
    private readonly bool _isSoftmax;

    private SequenceHead(string name, bool isSoftmax)
    {
        _name = name;
        _isSoftmax = isSoftmax;
    }

    /// <summary>As transformers' pipeline decides where config.json has no problem_type: one label by itself, several as shares of one.</summary>
    /// <exception cref="ClassifierFolderException">problem_type is something else.</exception>
    public static SequenceHead Of(EncoderDescription description)
    {
        var type = description.Config.TryGetProperty("problem_type", out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
        return type is null or MultiLabel or SingleLabel
            ? new SequenceHead(description.Name, type != MultiLabel && description.Labels.Count > 1)
            : throw new ClassifierFolderException($"'{description.ConfigPath}': problem_type is '{type}'; known are {MultiLabel} and {SingleLabel}.");
    }

    /// <param name="values">Logits, of which scores from 0 to 1 become.</param>
    /// <exception cref="DetectionException">A logit is no number.</exception>
    public void Score(Span<float> values)
    {
        var highest = float.MinValue;
        foreach (var value in values)
        {
            highest = float.IsFinite(value) ? Math.Max(highest, value) : throw new DetectionException($"The model '{_name}' gave something that is no number.");
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp((double)value - highest);
        }

        foreach (ref var value in values)
        {
            value = (float)(_isSoftmax ? Math.Exp((double)value - highest) / sum : 1 / (1 + Math.Exp(-(double)value)));
        }
    }
}
