using System.Text.RegularExpressions;
using GuardedZephyr.Cli;
using GuardedZephyr.Tests.Cli;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Readme;

public sealed partial class PiiPageTests
{
    [Fact]
    public async Task The_recognizers_policy_and_vectors_of_the_page_do_what_it_says()
    {
        var blocks = YamlBlock().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "pii.md"), TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value).ToArray();
        using var folder = new PolicyFolder();
        foreach (var file in new[] { "pii/common.yaml", "pii/secrets.yaml", "responses/en.yaml" })
        {
            folder.Write(file, await File.ReadAllTextAsync(Path.Combine(ShippedPolicies.Folder, file), TestContext.Current.CancellationToken));
        }

        folder.Write("pii/company.yaml", Only(blocks, "CUSTOMER_NUMBER\n"));
        folder.Write("company.yaml", Only(blocks, "name: company"));
        folder.Write("tests/company.yaml", Only(blocks, "policy: ../company.yaml"));

        var run = await Zephyr.RunAsync("policy", "test", Path.Combine(folder.Path, "tests", "company.yaml"));

        Assert.Equal((ZephyrCommand.Ok, "2 tests, 0 failed\n", ""), run);
    }

    private static string Only(IEnumerable<string> blocks, string part) => Assert.Single(blocks, block => block.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
