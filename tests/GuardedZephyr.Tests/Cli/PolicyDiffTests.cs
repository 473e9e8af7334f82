using System.Text.Json;
using GuardedZephyr.Cli;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Cli;

public sealed class PolicyDiffTests : IDisposable
{
    private readonly PolicyFolder _folder = new(PolicyFolder.WithoutHarm);
    private readonly string _other;
    private readonly string _lines;

    public PolicyDiffTests()
    {
        _other = Path.Combine(_folder.Path, "other.yaml");
        _lines = Path.Combine(_folder.Path, "lines.jsonl");
        _folder.Write("other.yaml", PolicyFolder.WithoutHarm.Replace("name: small", "name: other", StringComparison.Ordinal).Replace("action: redact", "action: block", StringComparison.Ordinal)
            + "  - id: marker\n    when: { entity: control-token }\n    action: flag\n");
        _folder.Write("lines.jsonl", """
            {"id":"a","text":"my pin is 1234"}
            {"id":2,"text":"nothing here"}

            {"text":"<|user|> hello"}
            {"id":"chat","messages":[{"role":"user","content":"pin 4321"},{"role":"assistant","content":"fine"}]}
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_would_change_is_counted_by_outcome_and_by_rule_with_ids_and_no_text()
    {
        var run = await Zephyr.RunAsync("policy", "diff", _folder.PolicyPath, _other, "--on", _lines, "--json");

        Assert.Equal((ZephyrCommand.Found, ""), (run.ExitCode, run.Error));
        var report = JsonElement.Parse(run.Output);
        Assert.Equal((4, 3), (report.GetProperty("lines").GetInt32(), report.GetProperty("changed").GetInt32()));
        Assert.Equal(
            """[{"from":"modified","to":"blocked","count":2,"examples":["a","chat"]},{"from":"allowed","to":"allowed","count":1,"examples":["line 4"]}]""",
            report.GetProperty("transitions").GetRawText());
        Assert.Equal("""[{"rule":"marker","gained":1,"lost":0}]""", report.GetProperty("rules").GetRawText());
        Assert.Equal("other", report.GetProperty("new").GetProperty("name").GetString());
        Assert.DoesNotContain("1234", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_get_tables()
    {
        var run = await Zephyr.RunAsync("policy", "diff", _folder.PolicyPath, _other, "--on", _lines, "--examples", "1");

        Assert.Equal(ZephyrCommand.Found, run.ExitCode);
        Assert.StartsWith("small v3 -> other v3: 3 of 4 lines change\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"modified -> blocked +2 +a *\n", run.Output);
        Assert.Matches(@"marker +1 +0", run.Output);
    }

    [Fact]
    public async Task The_same_policy_changes_nothing() =>
        Assert.Equal((ZephyrCommand.Ok, "small v3 -> small v3: 0 of 4 lines change\n", ""), await Zephyr.RunAsync("policy", "diff", _folder.PolicyPath, _folder.PolicyPath, "--on", _lines));

    [Fact]
    public async Task Lines_that_cannot_be_judged_are_named_and_the_others_are_compared()
    {
        _folder.Write("lines.jsonl", "{\"id\":1,\"text\":\"pin 1234\"}\nno json 1234\n{\"id\":3}\n");

        var run = await Zephyr.RunAsync("policy", "diff", _folder.PolicyPath, _other, "--on", _lines, "--json");

        Assert.Equal(ZephyrCommand.Unusable, run.ExitCode);
        Assert.Equal([$"{_lines}:2: not valid JSON", $"{_lines}:3: needs 'text'"], run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[0]));
        Assert.Equal((1, 2), (JsonElement.Parse(run.Output).GetProperty("changed").GetInt32(), JsonElement.Parse(run.Output).GetProperty("unreadable").GetInt32()));
        Assert.DoesNotContain("1234", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_used_is_unreadable_input()
    {
        _folder.Write("other.yaml", "name: 1");

        Assert.Equal(ZephyrCommand.Unusable, (await Zephyr.RunAsync("policy", "diff", _folder.PolicyPath, _other, "--on", _lines)).ExitCode);
    }

    [Fact]
    public async Task A_new_key_comes_with_the_settings_that_know_it()
    {
        var run = await Zephyr.RunAsync("key", "new", "--name", "team-a", "--policy", "strict", "--json");

        var line = JsonElement.Parse(run.Output);
        Assert.True(ApiKeyHash.Parse(line.GetProperty("hash").GetString())!.IsOf(line.GetProperty("key").GetString()!));
        var shown = (await Zephyr.RunAsync("key", "new", "--name", "team-a", "--policy", "strict")).Output.Split('\n');
        Assert.Equal("strict", JsonElement.Parse(shown[2]).GetProperty("GuardedZephyr").GetProperty("Keys").GetProperty("team-a").GetProperty("Policy").GetString());
        Assert.Equal(ZephyrCommand.Unusable, (await Zephyr.RunAsync("key", "new", "--name", "a b")).ExitCode);
    }
}
