using System.Text.Json;
using System.Text.RegularExpressions;
using GuardedZephyr.Cli;
using GuardedZephyr.Tests.Evaluation;

namespace GuardedZephyr.Tests.Cli;

public sealed partial class ClassifierEvaluateTests : IDisposable
{
    private const string Canary = "quibblefrotz";

    private const string Rows = $$"""
        {"text": "what an insult, {{Canary}}", "labels": {"toxicity": 1}, "source": "mine", "id": "first"}
        {"text": "good morning {{Canary}}", "labels": {"toxicity": 0, "hate": 0}, "source": "mine", "group": ["left|right"]}
        {"text": "a slur, quoted {{Canary}}", "labels": {"any": 0}, "source": "hard", "kind": "hard-negative"}
        {"text": "how do I {{Canary}}", "labels": {"any": 1}, "source": "requests", "kind": "request"}
        {"text": "lovely {{Canary}} weather", "labels": {"any": 0}, "source": "everyday", "kind": "ordinary"}

        """;

    private readonly WordClassifier _model = new();

    [Fact]
    public async Task Reports_hold_figures_and_no_text()
    {
        var (html, card, json) = (Out("report.html"), Out("card/README.md"), Out("out.json"));

        var run = await Run(_model.Write("rows.jsonl", Rows), "--report", html, "--markdown", card, "--json", json);

        Assert.Equal((ZephyrCommand.Ok, ""), (run.ExitCode, run.Error));
        string[] written = [html, card, json, .. Directory.GetFiles(Out("card/figures"))];
        Assert.Equal(6, written.Length);
        Assert.All(written, file => Assert.DoesNotContain(Canary, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Canary, run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("words: 5 texts of 4 sets", run.Output, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(File.ReadAllText(json));
        var toxicity = result.RootElement.GetProperty("strangers")[0];
        Assert.Equal(("toxicity", 1.0), (toxicity.GetProperty("label").GetString(), toxicity.GetProperty("auc").GetDouble()));
    }

    [Fact]
    public async Task Page_needs_nothing_from_elsewhere()
    {
        var html = Out("report.html");

        await Run(_model.Write("rows.jsonl", Rows), "--report", html);

        var page = File.ReadAllText(html);
        Assert.DoesNotMatch(Reference(), page);
        Assert.DoesNotContain("<?xml", page, StringComparison.Ordinal);
        var ids = Id().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_tells_what_the_model_is_beside_what_it_does()
    {
        var card = Out("README.md");

        await Run(_model.Write("rows.jsonl", Rows), "--markdown", card);

        var text = File.ReadAllText(card);
        Assert.DoesNotMatch(Placeholder(), text);
        Assert.All(
            [
                "# words: the harm classifier", "- `hate`: What hate is.", "It knows two words.", "| a set | CC0-1.0 | 12 |", "`train it`", "| linear | 99 | 3 | 0.1 | 0.250 | 0.750 |",
                "| words | 8,192 | 3 | 1.5 | 0.500 | - |", "| harmful requests caught | `requests` | own | 1 |", "(figures/roc.svg)",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.All(FigureLink().Matches(text), link => Assert.True(File.Exists(Out(link.Groups[1].Value))));
        Assert.True(Directory.GetFiles(Out("figures")).Sum(file => new FileInfo(file).Length) < 300_000);
    }

    [Theory]
    [InlineData("{\"text\": \"x\", \"labels\": {\"rudeness\": 1}}", "line 2: the model has no label 'rudeness'; it has toxicity, hate, and 'any'")]
    [InlineData("{\"text\": \"x\", \"labels\": {\"hate\": 2}}", "line 2: label 'hate' is neither 0 nor 1")]
    [InlineData("{\"text\": \"x\", \"labels\": {\"hate\": true}}", "line 2: label 'hate' is neither 0 nor 1")]
    [InlineData("{\"text\": \"x\", \"labels\": {\"hate\": 1, \"any\": 0}}", "line 2: 'any' is 0 although a label is 1")]
    [InlineData("{\"text\": \"x\", \"labels\": {}}", "line 2: 'labels' is no object of labels")]
    [InlineData("{\"text\": \"x\"}", "line 2: 'labels' is no object of labels")]
    [InlineData("{\"text\": \"\", \"labels\": {\"hate\": 1}}", "line 2: 'text' is missing or empty")]
    [InlineData("{\"text\": 5, \"labels\": {\"hate\": 1}}", "line 2: 'text' is no string")]
    [InlineData("{\"text\": \"x\", \"labels\": {\"hate\": 1}, \"kind\": \"odd\"}", "line 2: 'kind' is one of ordinary,")]
    [InlineData("[1]", "line 2: is not an object")]
    [InlineData("{\"text\": \"quibblefrotz", "line 2: is not JSON")]
    public async Task Line_that_cannot_be_used_is_named(string line, string message)
    {
        var run = await Run(_model.Write("rows.jsonl", "{\"text\": \"x\", \"labels\": {\"hate\": 1}}\n" + line + "\n"));

        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        var error = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("rows.jsonl: " + message, error, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_broken_lines_of_a_file_are_named_at_once()
    {
        var run = await Run(_model.Write("rows.jsonl", string.Concat(Enumerable.Repeat("x\n", 12))));

        Assert.Contains("line 1: is not JSON; line 2: is not JSON;", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("; and 2 more lines.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_file_is_unusable()
    {
        var path = _model.Write("rows.jsonl", "\n");

        Assert.Equal((ZephyrCommand.Unusable, "", $"zephyr: {path}: has no rows.\n"), await Run(path));
    }

    [Fact]
    public async Task File_or_model_that_is_not_there_is_unusable()
    {
        var missing = await Run(Out("none.jsonl"));
        var model = await Zephyr.RunAsync("classifier", "evaluate", "--model", Out("none"), "--in", _model.Write("rows.jsonl", Rows));

        Assert.Equal((ZephyrCommand.Unusable, ZephyrCommand.Unusable), (missing.ExitCode, model.ExitCode));
        Assert.Contains("none.jsonl", Assert.Single(missing.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Single(model.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give labelled texts")]
    [InlineData("need each other", "--data", ".")]
    [InlineData("need each other", "--catalog", "sources.yaml", "--in", "x")]
    public async Task Command_without_sets_is_wrong_usage(string message, params string[] arguments)
    {
        var run = await Zephyr.RunAsync(["classifier", "evaluate", .. arguments]);

        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _model.Dispose();

    private string Out(string name) => Path.Combine(_model.Folder, name);

    private Task<(int ExitCode, string Output, string Error)> Run(string rows, params string[] arguments) =>
        Zephyr.RunAsync(["classifier", "evaluate", "--model", _model.Folder, "--in", rows, .. arguments]);

    [GeneratedRegex("""(src|href)\s*=|@import|url\((?!#)|<script""", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();

    [GeneratedRegex("""\sid="([^"]*)""")]
    private static partial Regex Id();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"!\[[^]]*\]\(([^)]*)\)")]
    private static partial Regex FigureLink();
}
