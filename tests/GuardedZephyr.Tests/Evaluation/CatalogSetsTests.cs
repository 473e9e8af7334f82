using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Tests.Evaluation;

public sealed class CatalogSetsTests : IDisposable
{
    private const string Catalog = """
        labels:
          hate: { meaning: Hate. }
          spam: { meaning: Spam. }
        sources:
          - { set: trained, rules: [{ labels: { all: 0 } }] }
          - { set: people, groups: who, rules: [{ labels: { hate: 0 } }] }
          - set: kept
            use: dev-only
            kind: request
            groups: groups
            rules:
              - { when: { bad: "1" }, labels: { hate: 1 } }
              - { when: { bad: "2" }, labels: { spam: 1, hate: 0 } }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("catalog-").FullName;

    [Fact]
    public void Sets_that_were_not_trained_on_are_read_with_ids_and_groups_in_the_order_of_the_models_labels()
    {
        Write("data/train/people.jsonl", """{"text": "one", "labels": {"who": "left"}}""");
        Write("data/dev-only/kept.jsonl", """
            {"text": "out", "labels": {"bad": 3}}
            {"text": "two", "labels": {"bad": 1, "groups": ["left", "right"]}}
            {"text": "three", "labels": {"bad": 2}, "id": "r-3"}
            """);

        var sets = CatalogSets.Read(Write("sources.yaml", Catalog), Path.Combine(_folder, "data"), ["toxicity", "hate"]);

        Assert.Equal([("people", "train", null), ("kept", "dev-only", "request")], sets.Select(set => (set.Name, set.Use, set.Kind)));
        Assert.Equal([("0", "left", "-1 0", (sbyte)-1)], sets[0].Examples.Select(Shown));
        Assert.Equal([("1", "left,right", "-1 1", (sbyte)1), ("r-3", "", "-1 0", 1)], sets[1].Examples.Select(Shown));

        static (string, string, string, sbyte) Shown(Example example) => (example.Id, string.Join(',', example.Groups), string.Join(' ', example.Labels), example.AnyHarm);
    }

    [Theory]
    [InlineData("kind: request", "kind: requests", "set 'kept' has kind 'requests'; kinds are ordinary, hard-negative, request, toxicity, identity.")]
    [InlineData("{ labels: { hate: 0 } }", "{ labels: { hat: 0 } }", "set 'people' maps to 'hat', which is not a label.")]
    [InlineData("sources:", "sauces:", ", line 4:")]
    [InlineData("", "", "Set 'people', row 0: is not JSON.")]
    public void Catalog_or_set_that_cannot_be_used_is_explained(string from, string to, string message)
    {
        Write("data/train/people.jsonl", "nonsense");
        var catalog = Write("sources.yaml", from.Length == 0 ? Catalog : Catalog.Replace(from, to, StringComparison.Ordinal));

        var thrown = Assert.Throws<InvalidDataException>(() => CatalogSets.Read(catalog, Path.Combine(_folder, "data"), ["hate"]));

        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_of_the_project_says_what_its_sets_stand_for()
    {
        var catalog = HarmCatalog.Load(Path.Combine(Repository.Root, "src", "GuardedZephyr.Training", "Harm", "sources.yaml"));

        Assert.Empty(SetKind.All.Except(catalog.Sources.Select(source => source.Kind!)));
        Assert.All(catalog.Sources.Where(source => source.Kind is not null), source => Assert.True(SetUse.IsStranger(source.Use)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
