namespace GuardedZephyr.Policies;

/// <summary>The test vectors of one file.</summary>
/// <param name="PolicyPath">Full path of the policy that they are for.</param>
public sealed record PolicyVectors(string PolicyPath, IReadOnlyList<PolicyVector> Vectors)
{
    private static readonly Dictionary<string, Outcome> Outcomes = new()
    {
        ["allowed"] = Outcome.Allowed,
        ["modified"] = Outcome.Modified,
        ["blocked"] = Outcome.Blocked,
        ["unjudged"] = Outcome.Unjudged,
    };

    /// <param name="loadPolicy">Gives the policy of a path: the vectors may name its rules and entities only.</param>
    /// <param name="policyPath">The policy to test in place of the one that the file names.</param>
    /// <exception cref="PolicyFileException">The file cannot be used; every error is in it. Or the policy cannot.</exception>
    public static PolicyVectors Load(string path, Func<string, Policy> loadPolicy, string? policyPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(loadPolicy);
        var fullPath = Path.GetFullPath(path);
        var file = SourceFile.Read(fullPath, Path.GetFileName(fullPath));
        var vectors = Read(file, Path.GetDirectoryName(fullPath)!, loadPolicy, policyPath);
        return file.HasErrors ? throw new PolicyFileException(path, [.. file.Errors]) : vectors!;
    }

    private static PolicyVectors? Read(SourceFile file, string directory, Func<string, Policy> loadPolicy, string? policyPath)
    {
        if (file.Parse() is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            file.Error(root.Line, $"test vectors must be a mapping, not {root.Kind}");
            return null;
        }

        var reader = new MapReader(file, map);
        var named = reader.RequiredText("policy") is { } relative ? Path.GetFullPath(relative, directory) : null;
        if (named is not null && policyPath is null && !File.Exists(named))
        {
            reader.Error(reader.LineOf("policy"), $"policy: there is no file '{named}'");
            named = null;
        }

        var fullPath = policyPath is null ? named : Path.GetFullPath(policyPath);
        var policy = fullPath is null ? null : loadPolicy(fullPath);
        var names = new HashSet<string>();
        var vectors = reader.Maps("tests").Select(test => ReadVector(test, policy, names)).OfType<PolicyVector>().ToArray();
        reader.Done();
        return fullPath is null ? null : new PolicyVectors(fullPath, vectors);
    }

    private static PolicyVector? ReadVector(MapReader reader, Policy? policy, HashSet<string> names)
    {
        reader.Owner = "test";
        var name = reader.RequiredText("name");
        reader.Owner = $"test '{name ?? "without name"}'";
        if (name is not null && !names.Add(name))
        {
            reader.Error(reader.LineOf("name"), "an earlier test has this name");
        }

        var text = reader.RequiredText("text");
        var direction = reader.Choice("direction", RuleSection.Directions) ?? Direction.Input;
        var expected = reader.Map("expect");
        if (!reader.Has("expect"))
        {
            reader.Error(reader.Line, "'expect' is missing");
        }

        reader.Done();
        return expected is null ? null : new PolicyVector
        {
            Name = name ?? "",
            Line = reader.Line,
            Text = text ?? "",
            Direction = direction,
            Expected = ReadExpectation(expected, policy),
        };
    }

    private static VectorExpectation ReadExpectation(MapReader reader, Policy? policy)
    {
        var expectation = new VectorExpectation
        {
            Outcome = reader.Choice("outcome", Outcomes),
            Text = reader.Text("text")?.Value,
            Rules = Known(reader, "rules", "rule", policy?.RuleIds),
            ShadowRules = Known(reader, "shadow-rules", "rule", policy?.RuleIds),
            Response = ReadResponse(reader, policy),
            Entities = Known(reader, "entities", "rule for the entity", policy?.Rules.SelectMany(rule => rule.Categories.Union(rule.With)).Except(policy.RequiredLabels).Distinct().Order()),
        };
        reader.Done();
        if (expectation == new VectorExpectation())
        {
            reader.Error(reader.Line, "'expect' needs at least one of outcome, text, rules, shadow-rules, response, entities");
        }

        return expectation;
    }

    private static string? ReadResponse(MapReader reader, Policy? policy)
    {
        var response = reader.Text("response");
        if (response is not null && policy?.Responses.ContainsKey(response.Value) == false)
        {
            reader.Error(response.Line, $"the policy has no response '{response.Value}'; known are {string.Join(", ", policy.Responses.Keys)}");
        }

        return response?.Value;
    }

    /// <param name="known">What the policy has; null when it is not known.</param>
    /// <returns>Null when the file says nothing.</returns>
    private static IReadOnlyList<string>? Known(MapReader reader, string key, string what, IEnumerable<string>? known)
    {
        var texts = reader.TextsOrNone(key);
        foreach (var text in texts.Where(text => known?.Contains(text.Value) == false))
        {
            reader.Error(text.Line, $"the policy has no {what} '{text.Value}'; known are {string.Join(", ", known!)}");
        }

        return reader.Has(key) ? [.. texts.Select(text => text.Value)] : null;
    }
}
