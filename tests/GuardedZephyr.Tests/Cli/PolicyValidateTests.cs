using System.Text.Json;
using GuardedZephyr.Cli;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Cli;

public sealed class PolicyValidateTests
{
    [Fact]
    public async Task Good_policy_is_summed_up_in_one_line()
    {
        using var folder = new PolicyFolder(PolicyFolder.WithoutHarm);
        var digest = folder.Load().Identity.Sha256;

        var run = await Zephyr.RunAsync("policy", "validate", folder.PolicyPath);

        Assert.Equal((ZephyrCommand.Ok, $"{folder.PolicyPath}: small v3, sha256 {digest}, packs: 1, recognizers: 1, rules: 1, entities: 1\n", ""), run);
    }

    [Fact]
    public async Task Standard_policy_is_meant_when_none_is_named()
    {
        var run = await Zephyr.RunAsync("policy", "validate");

        Assert.Equal((ZephyrCommand.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("standard.yaml: standard v1, sha256 ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_of_every_file_is_told_with_file_and_line_and_the_good_ones_are_summed_up()
    {
        using var broken = new PolicyFolder(
            PolicyFolder.WithoutHarm.Replace("version: 3", "version: three", StringComparison.Ordinal),
            PolicyFolder.Pack.Replace("score: 0.2", "score: 2", StringComparison.Ordinal));
        using var good = new PolicyFolder(PolicyFolder.WithoutHarm);

        var run = await Zephyr.RunAsync("policy", "validate", broken.PolicyPath, good.PolicyPath);

        Assert.Equal(ZephyrCommand.Found, run.ExitCode);
        Assert.Equal(
            [
                $"{broken.PolicyPath}:2: 'version' must be a whole number of at least 1, not 'three'",
                $"{Path.Combine(broken.Path, "pii/own.yaml")}:9: recognizer 'PIN', pattern 'four digits': 'score' must be a number from 0 to 1, not '2'",
            ],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{good.PolicyPath}: small v3", Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classifier_that_is_missing_or_lacks_a_label_is_an_error_as_it_is_at_the_start_of_a_service()
    {
        using var missing = new PolicyFolder();
        using var lacking = new PolicyFolder(PolicyFolder.Policy.Replace("../models/some", Path.Combine(Repository.Root, "models/harm-classifier"), StringComparison.Ordinal)
            .Replace("[hate, threat]", "[hate, boredom]", StringComparison.Ordinal));

        var runs = (await Zephyr.RunAsync("policy", "validate", missing.PolicyPath), await Zephyr.RunAsync("policy", "validate", lacking.PolicyPath));

        Assert.Equal((ZephyrCommand.Found, ZephyrCommand.Found), (runs.Item1.ExitCode, runs.Item2.ExitCode));
        Assert.StartsWith($"{missing.PolicyPath}: detectors.harm: ", runs.Item1.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{lacking.PolicyPath}: the rules name label(s) boredom", runs.Item2.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_one_object_a_file()
    {
        using var broken = new PolicyFolder("name: x");
        using var good = new PolicyFolder(PolicyFolder.WithoutHarm);

        var run = await Zephyr.RunAsync("policy", "validate", "--json", broken.PolicyPath, good.PolicyPath);

        Assert.Equal((ZephyrCommand.Found, ""), (run.ExitCode, run.Error));
        var results = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal([false, true], results.Select(result => result.GetProperty("valid").GetBoolean()));
        Assert.Contains($"{broken.PolicyPath}:1: 'version' is missing", results[0].GetProperty("errors").EnumerateArray().Select(error => error.GetString()));
        Assert.Equal(("small", 1, 1), (results[1].GetProperty("name").GetString(), results[1].GetProperty("packs").GetInt32(), results[1].GetProperty("rules").GetInt32()));
    }

    [Fact]
    public async Task Policy_that_is_not_there_is_wrong_usage()
    {
        var run = await Zephyr.RunAsync("policy", "validate", "no-such.yaml");

        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains("no-such.yaml", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy", "validate")]
    [InlineData("policy", "test")]
    [InlineData("policy", "explain")]
    [InlineData("check")]
    public async Task Help_shows_an_example(params string[] command)
    {
        var run = await Zephyr.RunAsync([.. command, "--help"]);

        Assert.Equal(ZephyrCommand.Ok, run.ExitCode);
        Assert.Contains("Example: ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"zephyr {string.Join(' ', command)} ", run.Output, StringComparison.Ordinal);
    }
}
