using System.Text.Json;
using GuardedZephyr.EndToEnd.Tests.Turns;

namespace GuardedZephyr.EndToEnd.Tests.Programs;

public sealed class ZephyrTests(ServiceFixture service) : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Audit_query_shows_the_decisions_of_a_turn_while_the_service_runs()
    {
        var turn = (await Chat.AskAsync(service.Http, "My SSN is 536-22-1234")).GetProperty("id").GetString()!;

        var json = await ProgramRun.OwnAsync("zephyr", ["audit", "query", "--database", service.AuditPath, "--turn", turn, "--json"]);
        var table = await ProgramRun.OwnAsync("zephyr", ["audit", "query", "--database", service.AuditPath, "--turn", turn, "--rule", "pii.government-id"]);

        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        var records = json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.All(records, record => Assert.Equal(turn, record.GetProperty("turn").GetString()));
        Assert.Equal(("input", "modified"), (records[0].GetProperty("direction").GetString(), records[0].GetProperty("outcome").GetString()));
        Assert.Equal("output", records[^1].GetProperty("direction").GetString());
        Assert.Equal(0, table.ExitCode);
        Assert.Contains(turn, table.Output, StringComparison.Ordinal);
        Assert.Contains("US_SSN", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("536-22", json.Output + table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_judges_each_line_in_order_and_goes_on_after_a_bad_one()
    {
        var lines = new List<string> { """{"id":{"a":1},"text":"My SSN is 536-22-1234, größer"}""", "{oops", """{"id":"chat","messages":[{"role":"user","content":"I am bob@example.org"},{"role":"assistant","content":"Mail ada@example.org, Bob@example.org"}]}""", """{"id":4}""" };
        lines.AddRange(Enumerable.Range(5, 40).Select(i => $$"""{"id":{{i}},"text":"Number {{i}} is fine."}"""));
        await File.WriteAllLinesAsync(_scratch.PathOf("in.jsonl"), lines, TestContext.Current.CancellationToken);

        var run = await ProgramRun.OwnAsync("zephyr", ["check", "--in", _scratch.PathOf("in.jsonl"), "--out", _scratch.PathOf("out.jsonl"), "--scores"]);

        Assert.Equal((1, "", ""), (run.ExitCode, run.Output, run.Error));
        var results = (await File.ReadAllLinesAsync(_scratch.PathOf("out.jsonl"), TestContext.Current.CancellationToken)).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(lines.Count, results.Count);
        Assert.StartsWith(
            """{"id":{"a":1},"outcome":"modified","action":"redact","rules":["pii.government-id"],"findings":[{"category":"US_SSN","start":10,"length":11,""",
            results[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal("My SSN is [US_SSN], größer", results[0].GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("id").ValueKind);
        Assert.Contains("not valid JSON", results[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal([0, 1, 1], results[2].GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("message").GetInt32()));
        Assert.Equal("pseudonymise", results[2].GetProperty("action").GetString());
        Assert.Equal("Mail <EMAIL_ADDRESS_2>, <EMAIL_ADDRESS_1>", results[2].GetProperty("text").GetString());
        Assert.Equal(4, results[3].GetProperty("id").GetInt32());
        Assert.True(results[3].TryGetProperty("error", out _));
        Assert.Equal(Enumerable.Range(5, 40), results[4..].Select(result => result.GetProperty("id").GetInt32()));
        Assert.True(results[4].GetProperty("scores").EnumerateObject().Any());
    }

    [Fact]
    public async Task Check_reads_and_writes_standard_streams()
    {
        var run = await ProgramRun.OwnAsync("zephyr", ["check", "--direction", "output"], """{"text":"Hello"}""");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""{"id":null,"outcome":"allowed","action":"allow","rules":[],"findings":[],"text":"Hello"}""", run.Output.TrimEnd());
    }

    [Fact]
    public async Task Policy_commands_work_on_what_travels_with_the_program()
    {
        var validated = await ProgramRun.OwnAsync("zephyr", ["policy", "validate"]);
        var tested = await ProgramRun.OwnAsync("zephyr", ["policy", "test"]);
        var explained = await ProgramRun.OwnAsync("zephyr", ["policy", "explain", "--in", "-", "--json"], "My SSN is 536-22-1234");

        Assert.Equal((0, "", 0, "", 0, ""), (validated.ExitCode, validated.Error, tested.ExitCode, tested.Error, explained.ExitCode, explained.Error));
        Assert.Contains("standard v1", validated.Output, StringComparison.Ordinal);
        Assert.EndsWith("0 failed", tested.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("taken by pii.government-id", explained.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--policy", "no-such.yaml")]
    [InlineData("check", "--in", "no-such.jsonl")]
    [InlineData("check", "--direction", "sideways")]
    [InlineData("audit", "query", "--database", "no-such.db")]
    [InlineData("audit", "query", "--since", "yesterday")]
    [InlineData("audit", "query", "--limit", "0")]
    [InlineData("model", "export", "--from", "no-such-folder", "--to", "no-such-target")]
    [InlineData("model", "export", "--from", "no-such-folder")]
    [InlineData("policy", "validate", "no-such.yaml")]
    [InlineData("policy", "test", "--policy", "no-such.yaml")]
    [InlineData("policy", "explain")]
    [InlineData("unknown")]
    public async Task Wrong_usage_is_told_on_standard_error_with_exit_code_2(params string[] arguments)
    {
        var run = await ProgramRun.OwnAsync("zephyr", arguments, "");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("zephyr: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
