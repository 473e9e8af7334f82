using System.Globalization;
using System.Text;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Cli;

/// <summary>What a terminal shows of an evaluation.</summary>
internal static class EvaluationSummary
{
    public static string Write(EvaluationResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{result.Model}: {Cells.Number(result.Sets.Sum(set => set.Rows))} texts of {result.Sets.Count} sets, {result.Speed.TextsPerSecond:N0} a second\n");
        foreach (var figure in result.Headline.Figures.Where(figure => figure.Target is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"{figure.What}, {figure.Set}: {(figure.AtHalf is null ? Cells.Share(figure.Value) : Cells.Percent(figure.Value))} ({figure.Target})\n");
        }

        foreach (var label in result.Strangers.Concat(result.Relatives))
        {
            text.Append(CultureInfo.InvariantCulture, $"{label.Label,-26} AUC {Cells.Share(label.Auc)}, average precision {Cells.Share(label.AveragePrecision)}; {Cells.Number(label.Positives)} with, {Cells.Number(label.Negatives)} without ({label.Uses})\n");
        }

        return text.ToString();
    }
}
