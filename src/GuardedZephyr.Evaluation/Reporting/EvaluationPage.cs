using System.Globalization;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Evaluation;

/// <summary>The figures as sections, for a page of their own and for the model's card.</summary>
internal static class EvaluationPage
{
    /// <summary>One page with everything in it.</summary>
    public static Document Write(ClassifierDescription model, EvaluationResult result)
    {
        var document = new Document($"{model.Name}: how well it tells harm")
            .Paragraph($"SHA-256 `{model.Sha256}`.")
            .Table(["label", "meaning"], model.Labels.Select(label => (string[])[$"`{label.Name}`", label.Meaning]));
        Append(document, result, level: 2);
        return document
            .Heading("Training data")
            .Table(["set", "licence", "rows"], model.TrainingData.Select(source => (string[])[$"`{source.Name}`", source.Licence, Cells.Number(source.Rows)]));
    }

    /// <returns>The pictures that the Markdown points to, by the names that it gives them.</returns>
    public static IReadOnlyList<(string Name, string Svg)> Append(Document document, EvaluationResult result, int level)
    {
        AppendHeadline(document, result, level);
        AppendComparison(document, result.Comparison, level);
        var pictures = AppendLabels(document, result.Strangers, "Labels, over sets that are strangers to the model", "", level);
        if (result.Relatives.Count > 0)
        {
            pictures = [.. pictures, .. AppendLabels(document, result.Relatives, "Labels, over development rows", "development-", level)];
        }

        AppendErrors(document, result, level);
        AppendSpeed(document, result.Speed, level);
        AppendSets(document, result.Sets, level);
        return pictures;
    }

    private static void AppendHeadline(Document document, EvaluationResult result, int level)
    {
        var headline = result.Headline;
        document.Heading("Headline", level);
        if (headline.Figures.Count == 0)
        {
            document.Paragraph("No set says what it stands for (`kind`), so there is none.");
            return;
        }

        document
            .Paragraph(headline.Threshold is { } threshold
                ? $"At a threshold of {Number(threshold)} on the highest score of all labels, which {Cells.Percent(Headline.FalsePositives)} of the ordinary prompts reach; beside it the same at 0.5, where the model is calibrated to count a label as found."
                : "There are no ordinary prompts to set a threshold on; only what a score of 0.5 gives is told.")
            .Table(
                ["what", "set", "use", "texts", "figure", "at 0.5", "to reach", "reached"],
                headline.Figures.Select(figure => (string[])
                [
                    figure.What, $"`{figure.Set}`", figure.Use, Cells.Number(figure.Rows),
                    figure.AtHalf is null ? Cells.Share(figure.Value) : Cells.Percent(figure.Value), Cells.Percent(figure.AtHalf),
                    figure.Target ?? "", figure.IsMet switch { true => "yes", false => "no", null => "" },
                ]));
    }

    private static void AppendComparison(Document document, IReadOnlyList<ComparisonDescription> networks, int level)
    {
        if (networks.Count == 0)
        {
            return;
        }

        string[] names = [.. networks.SelectMany(network => network.Figures.Keys).Distinct()];
        document.Heading("Networks compared", level).Table(
            ["network", "parameters", "minutes of training", .. names],
            networks.Select(network => (string[])
            [
                network.Network, Cells.Number(network.Parameters), network.Minutes.ToString("0.0", CultureInfo.InvariantCulture),
                .. names.Select(name => network.Figures.TryGetValue(name, out var figure) ? Cells.Share(figure) : "-"),
            ]));
    }

    private static List<(string Name, string Svg)> AppendLabels(Document document, IReadOnlyList<LabelFigures> labels, string heading, string prefix, int level)
    {
        document.Heading(heading, level)
            .Paragraph("All sets that speak of the label are thrown together, so part of what is told apart is sets. Intervals: 95 %, bootstrap over rows. Calibration error: mean distance between score and share of texts with the label.")
            .Table(
                ["label", "use", "sets", "with", "without", "AUC", "average precision", "calibration error"],
                labels.Select(label => (string[])
                [
                    $"`{label.Label}`", label.Uses, Cells.Number(label.Sets), Cells.Number(label.Positives), Cells.Number(label.Negatives),
                    With(label.Auc, label.AucInterval), With(label.AveragePrecision, label.AveragePrecisionInterval), Cells.Share(label.CalibrationError),
                ]));
        LabelFigures[] curves = [.. labels.Where(label => label.Auc is not null)];
        List<(string Name, string Svg)> pictures = [];
        if (curves.Length > 0)
        {
            pictures =
            [
                ($"{prefix}roc.svg", Plots.Roc(curves, $"{prefix}roc")),
                ($"{prefix}precision-recall.svg", Plots.PrecisionRecall(curves, $"{prefix}pr")),
                ($"{prefix}reliability.svg", Plots.Reliability(curves, $"{prefix}reliability")),
            ];
            document
                .Picture($"ROC curves: {heading}", $"{ModelCard.FiguresFolder}/{pictures[0].Name}", pictures[0].Svg)
                .Picture($"Precision and recall: {heading}", $"{ModelCard.FiguresFolder}/{pictures[1].Name}", pictures[1].Svg)
                .Picture($"Reliability: {heading}", $"{ModelCard.FiguresFolder}/{pictures[2].Name}", pictures[2].Svg);
            foreach (var (index, label) in curves.Index())
            {
                document.Pictures([Plots.Roc([label], $"{prefix}{index}roc"), Plots.PrecisionRecall([label], $"{prefix}{index}pr"), Plots.Reliability([label], $"{prefix}{index}reliability")]);
            }
        }

        document.Paragraph("Thresholds for stated rates of false positives:").Table(
            ["label", "use", "false positives allowed", "threshold", "false positives", "caught", "precision"],
            labels.SelectMany(label => label.Thresholds.Select(point => (string[])
            [
                $"`{label.Label}`", label.Uses, Cells.Percent(point.Allowed), Number(point.Threshold), Cells.Percent(point.FalsePositiveRate), Cells.Percent(point.Caught), Cells.Percent(point.Precision),
            ])));
        return pictures;
    }

    private static void AppendErrors(Document document, EvaluationResult result, int level)
    {
        document.Heading("Sets", level)
            .Paragraph("At a score of 0.5. Labels that a set is silent on are left out.")
            .Table(
                ["set", "use", "label", "with", "without", "AUC", "caught", "false positives"],
                result.Errors.Select(row => (string[])
                    [$"`{row.Set}`", row.Use, $"`{row.Label}`", Cells.Number(row.Positives), Cells.Number(row.Negatives), Cells.Share(row.Auc), Cells.Percent(row.Caught), Cells.Percent(row.FalsePositiveRate)]));
        if (result.Groups.Count > 0)
        {
            document.Heading("Groups of people", level)
                .Paragraph($"By the group that the set says a text speaks of, at a score of 0.5; groups with fewer than {GroupFigures.FewestTexts} texts are left out. Rows with use `train` were trained on: they show groups beside each other and nothing else.")
                .Table(
                    ["set", "use", "group", "label", "with", "without", "false positives", "caught", "AUC"],
                    result.Groups.Select(row => (string[])
                        [$"`{row.Set}`", row.Use, $"`{row.Group}`", $"`{row.Label}`", Cells.Number(row.Positives), Cells.Number(row.Negatives), Cells.Percent(row.FalsePositiveRate), Cells.Percent(row.Caught), Cells.Share(row.Auc)]));
        }

        document.Heading("Rows to look at", level)
            .Paragraph("What a score of 0.5 gets wrong, the surest mistakes first: ids, or numbers of rows from 0.")
            .Table(
                ["set", "use", "label", "what", "rows", "which"],
                result.Confusions.Select(row => (string[])[$"`{row.Set}`", row.Use, $"`{row.Label}`", row.What, Cells.Number(row.Count), string.Join(", ", row.Rows) + (row.Count > row.Rows.Count ? " ..." : "")]));
    }

    private static void AppendSpeed(Document document, SpeedFigures speed, int level) => document.Heading("Speed", level)
        .Paragraph($"In this run, one text after the other on one thread: {speed.TextsPerSecond.ToString("N0", CultureInfo.InvariantCulture)} texts a second. {speed.Machine}.")
        .Table(
            ["characters", "texts", "p50, ms", "p95, ms"],
            speed.Lengths.Select(row => (string[])[row.To is { } to ? $"{Cells.Number(row.From)} to {Cells.Number(to)}" : $"from {Cells.Number(row.From)}", Cells.Number(row.Texts), Cells.Share(row.P50), Cells.Share(row.P95)]));

    private static void AppendSets(Document document, IReadOnlyList<SetSummary> sets, int level) => document.Heading("What was measured on", level)
        .Paragraph("`held-out`, `dev-only` and `redteam`: sets that no weight and no threshold was fitted to. `development`: rows kept from the sets that were trained on. `calibrate`: thresholds were set on them. `own`: brought by whoever ran this.")
        .Table(["set", "use", "stands for", "texts"], sets.Select(set => (string[])[$"`{set.Name}`", set.Use, set.Kind ?? "", Cells.Number(set.Rows)]));

    private static string With(double? value, Interval? interval) => interval is null ? Cells.Share(value) : $"{Cells.Share(value)} ({Cells.Share(interval.Low)} to {Cells.Share(interval.High)})";

    /// <summary>A score, to three digits that count.</summary>
    private static string Number(double score) => score.ToString("0.####", CultureInfo.InvariantCulture);
}
