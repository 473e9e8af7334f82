using System.Text.RegularExpressions;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GuardedZephyr.Tests.Readme;

public sealed partial class ReadmeTests : IDisposable
{
    private const string DataHome = "XDG_DATA_HOME";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zephyr-tests-");
    private readonly string? _ownDataHome = Environment.GetEnvironmentVariable(DataHome);

    /// <summary>The examples take the defaults; their audit log is not to land in that of whoever runs the tests (where the system lets itself be told).</summary>
    public ReadmeTests() => Environment.SetEnvironmentVariable(DataHome, _folder.FullName);

    public void Dispose() => Environment.SetEnvironmentVariable(DataHome, _ownDataHome);

    [Fact]
    public void Every_example_of_the_readme_is_compiled()
    {
        string compiled = Squeeze(File.ReadAllText(Path.Combine(Repository.Root, "tests", "GuardedZephyr.Tests", "Readme", "ReadmeExamples.cs")));
        string[] examples = [.. CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(match => Squeeze(match.Groups[1].Value))];

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(example, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_kernel_example_answers_and_redacts()
    {
        (string? answer, string? redacted) = await ReadmeExamples.SemanticKernelAsync();

        Assert.NotEmpty(answer!);
        Assert.Equal("Write to <EMAIL_ADDRESS_1>", redacted);
    }

    [Fact]
    public async Task The_guard_goes_around_another_model()
    {
        var services = new ServiceCollection();
        var model = new ScriptedChatClient("Hello.");
        ReadmeExamples.AnotherModel(services, model);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IChatClient>().GetResponseAsync("I am ada@example.com", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["user: I am <EMAIL_ADDRESS_1>"], model.Received);
    }

    private static string Squeeze(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
