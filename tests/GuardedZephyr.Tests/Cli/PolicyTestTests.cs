using System.Text.Json;
using GuardedZephyr.Cli;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Cli;

public sealed class PolicyTestTests
{
    private const string Vectors = """
        policy: ../policy.yaml
        tests:
          - name: a pin is hidden
            text: my pin is 1234
            expect: { outcome: modified, text: 'my pin is [PIN]', rules: [pin], entities: [PIN] }
          - name: the model may say a pin
            text: your pin is 1234
            direction: output
            expect: { outcome: allowed, text: your pin is 1234, rules: [], entities: [] }

        """;

    [Theory]
    [InlineData("standard", 88)]
    [InlineData("strict", 11)]
    public async Task A_shipped_policy_does_what_its_vectors_say(string policy, int tests)
    {
        var run = await Zephyr.RunAsync("policy", "test", Path.Combine(Repository.Root, "policies", "tests", $"{policy}.yaml"));

        Assert.Equal((ZephyrCommand.Ok, $"{tests} tests, 0 failed\n", ""), run);
    }

    [Fact]
    public async Task Vectors_beside_the_policy_are_run_when_none_is_named()
    {
        using var folder = Folder(Vectors);
        folder.Write("tests/more.yaml", Vectors);

        Assert.Equal((ZephyrCommand.Ok, "4 tests, 0 failed\n", ""), await Zephyr.RunAsync("policy", "test", "--policy", folder.PolicyPath));
    }

    [Fact]
    public async Task Failure_shows_what_was_expected_and_what_came()
    {
        using var folder = Folder(Vectors.Replace("text: my pin is 1234", "text: my pan is 1234", StringComparison.Ordinal));
        var file = Path.Combine(folder.Path, "tests/own.yaml");

        var run = await Zephyr.RunAsync("policy", "test", file);

        Assert.Equal((ZephyrCommand.Found, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            $"""
            FAILED {file}:3: a pin is hidden
              given     my pan is 1234
              outcome   expected: modified
                        came:     allowed
              text      expected: my pin is [PIN]
                        came:     my pan is 1234
              rules     expected: pin
                        came:     none
              entities  expected: PIN
                        came:     none
            2 tests, 1 failed

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public async Task Scripts_get_one_object_a_test()
    {
        using var folder = Folder(Vectors.Replace("rules: [],", "rules: [pin],", StringComparison.Ordinal));

        var run = await Zephyr.RunAsync("policy", "test", "--json", Path.Combine(folder.Path, "tests/own.yaml"));

        Assert.Equal(ZephyrCommand.Found, run.ExitCode);
        var results = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal([("a pin is hidden", true), ("the model may say a pin", false)], results.Select(result => (result.GetProperty("name").GetString()!, result.GetProperty("passed").GetBoolean())));
        Assert.Equal("""[{"key":"rules","expected":"pin","actual":"none"}]""", results[1].GetProperty("differences").GetRawText());
    }

    [Fact]
    public async Task Another_policy_may_be_tested_with_the_same_vectors()
    {
        using var folder = Folder(Vectors);
        folder.Write("other.yaml", PolicyFolder.WithoutHarm.Replace("    on: [input, tool]\n", "", StringComparison.Ordinal));

        var run = await Zephyr.RunAsync("policy", "test", Path.Combine(folder.Path, "tests/own.yaml"), "--policy", Path.Combine(folder.Path, "other.yaml"));

        Assert.Equal(ZephyrCommand.Found, run.ExitCode);
        Assert.Contains("FAILED", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 tests, 1 failed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_or_policies_that_cannot_be_used_are_explained_line_by_line()
    {
        using var vectors = Folder(Vectors.Replace("rules: [pin]", "rules: [pan]", StringComparison.Ordinal));
        using var policy = Folder(Vectors);
        policy.Write("policy.yaml", PolicyFolder.WithoutHarm.Replace("version: 3", "version: 0", StringComparison.Ordinal));
        var file = Path.Combine(vectors.Path, "tests/own.yaml");

        var run = await Zephyr.RunAsync("policy", "test", file, Path.Combine(policy.Path, "tests/own.yaml"));

        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            [$"{file}:5: test 'a pin is hidden': the policy has no rule 'pan'; known are pin", $"{policy.PolicyPath}:2: 'version' must be a whole number of at least 1, not '0'"],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Policy_without_vectors_is_wrong_usage()
    {
        using var folder = new PolicyFolder(PolicyFolder.WithoutHarm);

        var run = await Zephyr.RunAsync("policy", "test", "--policy", folder.PolicyPath);

        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("zephyr: There are no test vectors in", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static PolicyFolder Folder(string vectors)
    {
        var folder = new PolicyFolder(PolicyFolder.WithoutHarm);
        folder.Write("tests/own.yaml", vectors);
        return folder;
    }
}
