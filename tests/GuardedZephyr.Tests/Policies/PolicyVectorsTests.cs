using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PolicyVectorsTests
{
    private const string Vectors = """
        policy: ../policy.yaml
        tests:
          - name: all of it
            text: my pin is 1234
            direction: tool
            expect: { outcome: modified, text: 'my pin is [PIN]', rules: [pin], entities: PIN }
          - name: none
            text: hello
            expect: { rules: [], entities: [] }

        """;

    [Fact]
    public void Vectors_are_read()
    {
        using var folder = Folder(Vectors);

        var vectors = Load(folder);

        Assert.Equal(folder.PolicyPath, vectors.PolicyPath);
        Assert.Equal([("all of it", 3, Direction.Tool), ("none", 7, Direction.Input)], vectors.Vectors.Select(vector => (vector.Name, vector.Line, vector.Direction)));
        var (all, none) = (vectors.Vectors[0].Expected, vectors.Vectors[1].Expected);
        Assert.Equal((Outcome.Modified, "my pin is [PIN]"), (all.Outcome, all.Text));
        Assert.Equal(["pin"], all.Rules);
        Assert.Equal(["PIN"], all.Entities);
        Assert.Equal((null, null), (none.Outcome, none.Text));
        Assert.Equal([], none.Rules);
        Assert.Equal([], none.Entities);
    }

    [Theory]
    [InlineData("policy: ../policy.yaml\n", "", "own.yaml:1: 'policy' is missing")]
    [InlineData("../policy.yaml", "../gone.yaml", "own.yaml:1: policy: there is no file '")]
    [InlineData("policy: ../policy.yaml", "policy: ../policy.yaml\nname: x", "own.yaml:2: unknown key 'name'; known are policy, tests")]
    [InlineData("tests:", "test:", "own.yaml:1: 'tests' is missing")]
    [InlineData("  - name: all of it\n    text", "  - text", "own.yaml:3: test: 'name' is missing")]
    [InlineData("name: none", "name: all of it", "own.yaml:7: test 'all of it': an earlier test has this name")]
    [InlineData("    text: hello\n", "", "own.yaml:7: test 'none': 'text' is missing")]
    [InlineData("direction: tool", "direction: up", "own.yaml:5: test 'all of it': unknown direction 'up'; known are input, tool, output")]
    [InlineData("direction: tool", "way: tool", "own.yaml:5: test 'all of it': unknown key 'way'; known are name, text, direction, expect")]
    [InlineData("outcome: modified", "outcome: hidden", "own.yaml:6: test 'all of it': unknown outcome 'hidden'; known are allowed, modified, blocked, unjudged")]
    [InlineData("outcome: modified", "result: modified", "own.yaml:6: test 'all of it': unknown key 'result'; known are outcome, text, rules, shadow-rules, response, entities")]
    [InlineData("rules: [pin]", "rules: [pan]", "own.yaml:6: test 'all of it': the policy has no rule 'pan'; known are pin, hate")]
    [InlineData("entities: PIN", "entities: [PAN]", "own.yaml:6: test 'all of it': the policy has no rule for the entity 'PAN'; known are PIN")]
    [InlineData("entities: PIN", "entities: [hate]", "own.yaml:6: test 'all of it': the policy has no rule for the entity 'hate'; known are PIN")]
    [InlineData("{ rules: [], entities: [] }", "{}", "own.yaml:9: test 'none': 'expect' needs at least one of outcome, text, rules, shadow-rules, response, entities")]
    [InlineData("    expect: { rules: [], entities: [] }\n", "", "own.yaml:7: test 'none': 'expect' is missing")]
    [InlineData("policy: ../policy.yaml", "- policy", "own.yaml:2: not valid YAML: ")]
    public void Broken_vectors_are_refused_with_file_line_and_test(string part, string broken, string error)
    {
        Assert.Contains(part, Vectors, StringComparison.Ordinal);
        using var folder = Folder(Vectors.Replace(part, broken, StringComparison.Ordinal));

        Assert.StartsWith(error, Assert.Throws<PolicyFileException>(() => Load(folder)).Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Named_policy_takes_the_place_of_the_file_s_own()
    {
        using var folder = Folder(Vectors.Replace("../policy.yaml", "../gone.yaml", StringComparison.Ordinal));

        Assert.Equal(folder.PolicyPath, PolicyVectors.Load(Path.Combine(folder.Path, "tests/own.yaml"), PolicyFile.Load, folder.PolicyPath).PolicyPath);
    }

    private static PolicyFolder Folder(string vectors)
    {
        var folder = new PolicyFolder();
        folder.Write("tests/own.yaml", vectors);
        return folder;
    }

    private static PolicyVectors Load(PolicyFolder folder) => PolicyVectors.Load(Path.Combine(folder.Path, "tests/own.yaml"), PolicyFile.Load);
}
