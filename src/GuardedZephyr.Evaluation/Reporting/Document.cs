using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Evaluation;

/// <summary>A report that is written as Markdown and as HTML. Texts may hold <c>`code`</c> and are otherwise plain.</summary>
internal sealed partial class Document(string title)
{
    private readonly StringBuilder _markdown = new();
    private readonly StringBuilder _html = new();

    /// <param name="level">2 under the title, 3 under that.</param>
    public Document Heading(string text, int level = 2)
    {
        _markdown.Append($"\n{new string('#', level)} {text}\n");
        _html.Append($"<h{level}>{Inline(text)}</h{level}>\n");
        return this;
    }

    public Document Paragraph(string text)
    {
        _markdown.Append($"\n{text}\n");
        _html.Append($"<p>{Inline(text)}</p>\n");
        return this;
    }

    public Document List(IEnumerable<string> items)
    {
        string[] lines = [.. items];
        _markdown.Append($"\n{string.Concat(lines.Select(line => $"- {line}\n"))}");
        _html.Append($"<ul>{string.Concat(lines.Select(line => $"<li>{Inline(line)}</li>"))}</ul>\n");
        return this;
    }

    public Document Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [.. rows];
        _markdown.Append($"\n| {string.Join(" | ", columns)} |\n|{string.Concat(Enumerable.Repeat("---|", columns.Count))}\n");
        _markdown.Append(string.Concat(lines.Select(line => $"| {string.Join(" | ", line.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n")));
        string Row(IEnumerable<string> cells, string tag) => $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{Inline(cell)}</{tag}>"))}</tr>\n";
        _html.Append($"<table>\n{Row(columns, "th")}{string.Concat(lines.Select(line => Row(line, "td")))}</table>\n");
        return this;
    }

    /// <param name="svg">Stands in the HTML itself; Markdown points to <paramref name="fileName"/> beside it.</param>
    public Document Picture(string alternative, string fileName, string svg)
    {
        _markdown.Append($"\n![{alternative}]({fileName})\n");
        _html.Append($"<figure>{svg}</figure>\n");
        return this;
    }

    /// <summary>Side by side, in the HTML alone.</summary>
    public Document Pictures(IEnumerable<string> svgs)
    {
        _html.Append($"<div>{string.Concat(svgs)}</div>\n");
        return this;
    }

    /// <summary>Without the title, to stand inside another document.</summary>
    public string ToMarkdownBody() => _markdown.ToString().Trim('\n');

    public string ToMarkdown() => $"# {title}\n{_markdown}";

    public string ToHtml() => $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>{{WebUtility.HtmlEncode(title)}}</title>
        <style>
          body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
          table { border-collapse: collapse; } th, td { border: 1px solid #8886; padding: .2rem .6rem; text-align: left; } svg { max-width: 100%; }
        </style>
        <h1>{{WebUtility.HtmlEncode(title)}}</h1>
        {{_html}}</html>

        """;

    private static string Inline(string text) => Code().Replace(WebUtility.HtmlEncode(text), "<code>$1</code>");

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
