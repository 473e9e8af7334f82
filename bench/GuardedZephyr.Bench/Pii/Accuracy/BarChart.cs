using System.Globalization;
using System.Text;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

/// <summary>Two bars a row, from 0 to 1, as SVG.</summary>
internal static class BarChart
{
    private const int Left = 210;
    private const int Width = 520;
    private const int RowHeight = 44;
    private const int Top = 70;

    public static string Write(string title, IReadOnlyList<(string Name, Counts Counts)> rows)
    {
        var height = Top + (rows.Count * RowHeight) + 30;
        var bottom = height - 24;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Width + 80} {height}\" role=\"img\" aria-label=\"{title}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#1f2933\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"16\" y=\"26\" font-size=\"17\" font-weight=\"600\">{title}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"38\" width=\"12\" height=\"12\" fill=\"#2f6fb0\"/><text x=\"{Left + 18}\" y=\"49\">precision</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + 110}\" y=\"38\" width=\"12\" height=\"12\" fill=\"#e08a2e\"/><text x=\"{Left + 128}\" y=\"49\">recall</text>\n");
        for (var tick = 0; tick <= 4; tick++)
        {
            var x = Left + (Width * tick / 4);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x}\" y1=\"{Top - 8}\" x2=\"{x}\" y2=\"{bottom - 8}\" stroke=\"#d5dbe1\"/><text x=\"{x}\" y=\"{bottom + 10}\" text-anchor=\"middle\" fill=\"#66727f\">{tick / 4.0:0.00}</text>\n");
        }

        foreach (var ((name, counts), index) in rows.Select((row, index) => (row, index)))
        {
            var y = Top + (index * RowHeight);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 12}\" y=\"{y + 20}\" text-anchor=\"end\">{name}</text>\n");
            Bar(svg, y, "#2f6fb0", counts.Precision);
            Bar(svg, y + 16, "#e08a2e", counts.Recall);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder svg, int y, string colour, double? share)
    {
        var width = Width * (share ?? 0);
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y}\" width=\"{width:0.#}\" height=\"14\" fill=\"{colour}\"/><text x=\"{Left + width + 6:0.#}\" y=\"{y + 11}\" font-size=\"11\">{Cells.Share(share)}</text>\n");
    }
}
