using ScottPlot;

namespace GuardedZephyr.Evaluation;

/// <summary>Curves as SVG.</summary>
internal static class Plots
{
    private static readonly ScottPlot.Palettes.Category20 _colours = new ScottPlot.Palettes.Category20();

    public static string Roc(IReadOnlyList<LabelFigures> labels, string id) =>
        Draw("ROC", "false positives", "caught", labels, figures => figures.Roc, id, diagonal: true);

    public static string PrecisionRecall(IReadOnlyList<LabelFigures> labels, string id) =>
        Draw("Precision and recall", "caught", "precision", labels, figures => figures.PrecisionRecall, id, diagonal: false);

    public static string Reliability(IReadOnlyList<LabelFigures> labels, string id) =>
        Draw("Reliability", "mean score", "share with the label", labels, figures => [.. figures.Reliability.Select(bin => new CurvePoint(bin.MeanScore, bin.Positive))], id, diagonal: true);

    private static string Draw(string title, string x, string y, IReadOnlyList<LabelFigures> labels, Func<LabelFigures, IReadOnlyList<CurvePoint>> curve, string id, bool diagonal)
    {
        var several = labels.Count > 1;
        using var plot = new Plot();
        plot.Title(several ? title : $"{title}: {labels[0].Label}", size: 14);
        plot.XLabel(x, size: 12);
        plot.YLabel(y, size: 12);
        if (diagonal)
        {
            var line = plot.Add.Line(0, 0, 1, 1);
            (line.LineColor, line.LinePattern) = (Colors.Gray, LinePattern.Dotted);
        }

        foreach (var (index, label) in labels.Index())
        {
            var points = curve(label);
            var line = plot.Add.Scatter(points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), _colours.GetColor(index));
            line.LineWidth = 1.5f;
            line.MarkerSize = points.Count > 12 ? 0 : 4;
            line.LegendText = label.Label;
        }

        plot.Axes.SetLimits(-0.01, 1.01, -0.01, 1.01);
        if (several)
        {
            plot.ShowLegend(Edge.Right);
        }

        return Embeddable(plot.GetSvgXml(several ? 620 : 360, several ? 400 : 320), id);
    }

    /// <summary>Without the XML declaration, which HTML does not allow, and with ids that no other picture on the page has.</summary>
    private static string Embeddable(string svg, string id) => svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]
        .Replace("id=\"", $"id=\"{id}-", StringComparison.Ordinal)
        .Replace("url(#", $"url(#{id}-", StringComparison.Ordinal)
        .Replace("\t", "", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal);
}
