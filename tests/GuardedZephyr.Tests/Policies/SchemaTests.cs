using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Policies;
using Json.Schema;

namespace GuardedZephyr.Tests.Policies;

/// <summary>The schemas that editors check policies by say what the readers say, as far as a schema can.</summary>
public sealed class SchemaTests
{
    private const string Unknown = "x-unknown";

    private const string Vectors = """
        policy: ../policy.yaml
        tests:
          - name: hidden
            text: my pin is 1234
            direction: tool
            expect: { outcome: modified, rules: [] }

        """;

    /// <summary>What no schema can say: it looks into regexes, other files or other rules.</summary>
    private static readonly string[] BeyondSchemas =
    [
        "there is no such file", "earlier rule", "would never be reached", "must be from 500ms", "no detector finds", "a label needs", "gives no label", "there is no response", "' stands here twice",
        "detectors.pii does not load the pack", "it can match", "the regex cannot be used", "matches the empty text", "example '",
    ];

    private static readonly Dictionary<string, JsonSchema> Schemas = new[] { "policy", "pack", "tests", "crisis" }.ToDictionary(name => name, name => JsonSchema.FromText(Source(name)));

    public static TheoryData<string, string> ShippedFiles =>
    [
        .. Files("", "*.yaml").Select(file => (file, "schema/policy.schema.json")),
        .. Files("pii", "*.yaml").Select(file => (file, "../schema/pack.schema.json")),
        .. Files("crisis", "*.yaml").Select(file => (file, "../schema/crisis.schema.json")),
        .. Files("tests", "*.yaml").Select(file => (file, "../schema/tests.schema.json")),
    ];

    public static TheoryData<string, string, bool> BrokenPolicies => Broken(typeof(PolicyFileTests), nameof(PolicyFileTests.Broken_policy_is_refused_with_file_line_and_rule));

    public static TheoryData<string, string, bool> BrokenPacks => Broken(typeof(RecognizerPackTests), nameof(RecognizerPackTests.Broken_pack_is_refused_with_file_line_and_recognizer));

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void Shipped_file_fits_the_schema_that_its_first_line_names(string file, string schema)
    {
        var text = File.ReadAllText(Path.Combine(ShippedPolicies.Folder, file));

        Assert.Equal($"# yaml-language-server: $schema={schema}", text.Split('\n')[0]);
        AssertFits(Path.GetFileName(schema).Split('.')[0], text);
    }

    [Fact]
    public void What_tests_load_fits_its_schema()
    {
        AssertFits("policy", PolicyFolder.Policy);
        AssertFits("pack", PolicyFolder.Pack);
        AssertFits("tests", Vectors);
        AssertFits("pack", "negative-context: { en: [room] }\n" + PolicyFolder.Pack.Replace("context: [pin]", "context: { en: [pin], de: schlüssel }", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BrokenPolicies))]
    public void Broken_policy_fails_its_schema_where_that_can_tell(string part, string broken, bool canTell) =>
        Assert.Equal(canTell, !Fits("policy", PolicyFolder.Policy.Replace(part, broken, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(BrokenPacks))]
    public void Broken_pack_fails_its_schema_where_that_can_tell(string part, string broken, bool canTell) =>
        Assert.Equal(canTell, !Fits("pack", PolicyFolder.Pack.Replace(part, broken, StringComparison.Ordinal)));

    [Theory]
    [InlineData("policy", "/properties", "name: small", "name: small\nx-unknown: 1")]
    [InlineData("policy", "/properties/on-fault/enum", "on-fault: allow", "on-fault: x-unknown")]
    [InlineData("policy", "/properties/client-system/enum", "on-fault: allow", "client-system: x-unknown")]
    [InlineData("policy", "/properties/on-output-block/enum", "on-fault: allow", "on-output-block: x-unknown")]
    [InlineData("policy", "/$defs/detectors/properties", "  control-tokens: {}", "  control-tokens: {}\n  x-unknown: 1")]
    [InlineData("policy", "/$defs/pii/properties", "packs: [own]", "packs: [own], x-unknown: 1")]
    [InlineData("policy", "/$defs/harm/properties", "timeout: 250ms", "timeout: 250ms, x-unknown: 1")]
    [InlineData("policy", "/properties/cache/properties", "name: small", "name: small\ncache: { x-unknown: 1 }")]
    [InlineData("policy", "/$defs/bulkhead/properties", "timeout: 250ms", "bulkhead: { x-unknown: 1 }")]
    [InlineData("policy", "/$defs/breaker/properties", "timeout: 250ms", "breaker: { x-unknown: 1 }")]
    [InlineData("policy", "/$defs/rule/properties/on-fault/enum", "action: redact", "action: redact\n    on-fault: x-unknown")]
    [InlineData("policy", "/$defs/crisis-kind/properties", "  control-tokens: {}", "  crisis-kind: { phrases: x, x-unknown: 1 }")]
    [InlineData("policy", "/$defs/ner/properties", "  control-tokens: {}", "  ner: { model: x, entities: { PER: PERSON }, x-unknown: 1 }")]
    [InlineData("policy", "/$defs/lists/properties", "  control-tokens: {}", "  lists: { deny: [{ entity: X, values: [y] }], allow: [{ values: [z] }], x-unknown: 1 }")]
    [InlineData("policy", "/$defs/rule/properties", "    action: redact", "    action: redact\n    x-unknown: 1")]
    [InlineData("policy", "/$defs/rule/properties/action/enum", "action: redact", "action: x-unknown")]
    [InlineData("policy", "/$defs/rule/properties/mode/enum", "mode: shadow", "mode: x-unknown")]
    [InlineData("policy", "/$defs/direction/enum", "on: output", "on: x-unknown")]
    [InlineData("policy", "/$defs/when/properties", "entity: PIN", "entity: PIN, x-unknown: 1")]
    [InlineData("pack", "/properties", "recognizers:", "x-unknown: 1\nrecognizers:")]
    [InlineData("pack", "/$defs/recognizer/properties", "    min-digits: 4", "    x-unknown: 4")]
    [InlineData("pack", "/$defs/pattern/properties", "        score: 0.2", "        score: 0.2\n        x-unknown: 1")]
    [InlineData("pack", "/$defs/examples/properties", "      match:", "      x-unknown: 1\n      match:")]
    [InlineData("tests", "/properties", "policy: ", "x-unknown: 1\npolicy: ")]
    [InlineData("tests", "/$defs/test/properties", "    direction: tool", "    x-unknown: tool")]
    [InlineData("tests", "/$defs/test/properties/direction/enum", "direction: tool", "direction: x-unknown")]
    [InlineData("tests", "/$defs/expect/properties", "rules: []", "x-unknown: []")]
    [InlineData("tests", "/$defs/expect/properties/outcome/enum", "outcome: modified", "outcome: x-unknown")]
    public void Keys_and_values_of_the_schema_are_those_that_the_reader_knows(string schema, string place, string part, string broken)
    {
        Assert.Equal(KnownToReader(schema, part, broken).Order(), InSchema(schema, place).Order());
    }

    [Fact]
    public void Validators_of_the_schema_are_those_that_there_are() => Assert.Equal(Validators.Names.Order(StringComparer.Ordinal), InSchema("pack", "/$defs/recognizer/properties/validator/enum"));

    /// <summary>The reader says what it knows when it meets what it does not know.</summary>
    private static string[] KnownToReader(string schema, string part, string broken)
    {
        string Text(string name, string good) => name == schema ? Replaced(good, part, broken) : good;
        using var folder = new PolicyFolder(Text("policy", PolicyFolder.Policy), Text("pack", PolicyFolder.Pack));
        folder.Write("tests/own.yaml", Text("tests", Vectors));
        var errors = Assert.Throws<PolicyFileException>(() => PolicyVectors.Load(Path.Combine(folder.Path, "tests/own.yaml"), PolicyFile.Load)).Errors;
        return errors.First(error => error.Contains($"'{Unknown}'", StringComparison.Ordinal)).Split("known are ")[1].Split(", ");
    }

    private static string Replaced(string text, string part, string broken)
    {
        Assert.Contains(part, text, StringComparison.Ordinal);
        return text.Replace(part, broken, StringComparison.Ordinal);
    }

    /// <summary>The names of an object's members, or the values of a list.</summary>
    private static string[] InSchema(string schema, string place)
    {
        var node = JsonNode.Parse(Source(schema))!;
        foreach (var name in place.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node[name]!;
        }

        return node is JsonObject map ? [.. map.Select(member => member.Key)] : [.. node.AsArray().Select(value => value!.GetValue<string>())];
    }

    private static TheoryData<string, string, bool> Broken(Type tests, string method) =>
    [
        .. tests.GetMethod(method)!.GetCustomAttributes<InlineDataAttribute>()
            .Select(row => ((string)row.Data[0]!, (string)row.Data[1]!, Error: (string)row.Data[2]!))
            .Where(row => !row.Error.Contains("YAML", StringComparison.Ordinal))
            .Select(row => (row.Item1, row.Item2, CanTell(row.Error))),
    ];

    /// <param name="error">Ends with a colon where the rest is .NET's own.</param>
    private static bool CanTell(string error) => error.Contains("pack 'own' stands", StringComparison.Ordinal)
        || !(error.EndsWith(": ", StringComparison.Ordinal) || BeyondSchemas.Any(text => error.Contains(text, StringComparison.Ordinal)));

    private static bool Fits(string schema, string yaml) => Evaluate(schema, yaml).IsValid;

    private static void AssertFits(string schema, string yaml)
    {
        var results = Evaluate(schema, yaml);
        Assert.True(results.IsValid, JsonSerializer.Serialize(results));
    }

    private static EvaluationResults Evaluate(string schema, string yaml) =>
        Schemas[schema].Evaluate(JsonSerializer.SerializeToElement(YamlJson.Parse(yaml)), new EvaluationOptions { OutputFormat = OutputFormat.List });

    private static string Source(string schema) => File.ReadAllText(Path.Combine(ShippedPolicies.Folder, "schema", $"{schema}.schema.json"));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(ShippedPolicies.Folder, folder), pattern).Select(path => Path.GetRelativePath(ShippedPolicies.Folder, path)).Order(StringComparer.Ordinal);
}
