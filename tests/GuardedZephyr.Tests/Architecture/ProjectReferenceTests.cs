using System.Xml.Linq;

namespace GuardedZephyr.Tests.Architecture;

public class ProjectReferenceTests
{
    /// <summary>The arrows of docs/design.md section 2; a project may reference what is listed and nothing else.</summary>
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Policies"] = [],
        ["Audit"] = [],
        ["Inference"] = [],
        ["Classification"] = ["Policies"],
        ["DirectML"] = ["Inference"],
        ["Modeling"] = ["Inference"],
        ["Guardrails"] = ["Audit", "Classification", "Policies"],
        ["SemanticKernel"] = ["DirectML", "Guardrails", "Inference"],
        ["Service"] = ["SemanticKernel"],
        ["Evaluation"] = ["Classification"],
        ["Cli"] = ["Evaluation", "Modeling", "SemanticKernel"],
        ["Training"] = ["Classification", "Evaluation", "Modeling"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)["GuardedZephyr.".Length..])];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        IEnumerable<string> references = Elements(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)["GuardedZephyr.".Length..]);

        Assert.Contains(project, _allowed);
        Assert.Empty(references.Except(_allowed[project]));
    }

    [Theory]
    [InlineData("Policies")]
    [InlineData("Audit")]
    [InlineData("Inference")]
    [InlineData("Classification")]
    [InlineData("Guardrails")]
    public void What_hosts_build_on_knows_nothing_of_web_servers_or_kernels(string project) =>
        Assert.DoesNotContain(Elements(project, "PackageReference").Concat(Elements(project, "FrameworkReference")), name => name.Contains("AspNetCore") || name.Contains("SemanticKernel"));

    [Fact]
    public void Only_training_carries_torch() =>
        Assert.Equal(["Training"], Projects.Select(row => row.Data).Where(project => Elements(project, "PackageReference").Contains("TorchSharp")));

    [Fact]
    public void Only_evaluation_draws() =>
        Assert.Equal(["Evaluation"], Projects.Select(row => row.Data).Where(project => Elements(project, "PackageReference").Contains("ScottPlot")));

    private static IEnumerable<string> Elements(string project, string name) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", $"GuardedZephyr.{project}", $"GuardedZephyr.{project}.csproj"))
            .Descendants(name).Select(element => element.Attribute("Include")!.Value);
}
