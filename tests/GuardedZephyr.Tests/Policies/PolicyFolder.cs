using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>A folder with a small policy that loads, for tests to break.</summary>
internal sealed class PolicyFolder : IDisposable
{
    public const string Policy = """
        name: small
        version: 3
        on-fault: allow
        responses: texts.yaml
        detectors:
          control-tokens: {}
          pii: { packs: [own], min-score: 0.4 }
          harm: { model: ../models/some, timeout: 250ms }
        rules:
          - id: pin
            when: { entity: PIN }
            on: [input, tool]
            action: redact
          - id: hate
            when: { label: [hate, threat], min-score: 0.7 }
            on: output
            action: respond
            response: sorry
            mode: shadow

        """;

    /// <summary>The same with nothing that needs a classifier.</summary>
    public static readonly string WithoutHarm = Policy[..Policy.IndexOf("  - id: hate", StringComparison.Ordinal)]
        .Replace("  harm: { model: ../models/some, timeout: 250ms }\n", "", StringComparison.Ordinal);

    public const string Pack = """
        recognizers:
          - entity: PIN
            source: ISO 9564-1
            longest-match: 6
            min-digits: 4
            patterns:
              - name: four digits
                regex: '\b[0-9]{4}\b'
                score: 0.2
            context: [pin]
            examples:
              match: 'pin [[1234]]'
              no-match: ['1234', 'pin 12345']

        """;

    public const string Responses = """
        refusal: No.
        unjudged: Unchecked.
        sorry: |
          I am sorry.

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policy-");

    public PolicyFolder(string policy = Policy, string pack = Pack, string responses = Responses)
    {
        Write("policy.yaml", policy);
        Write("pii/own.yaml", pack);
        Write("texts.yaml", responses);
    }

    public string Path => _folder.FullName;

    public string PolicyPath => System.IO.Path.Combine(Path, "policy.yaml");

    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public Policy Load() => PolicyFile.Load(PolicyPath);

    /// <summary>The errors without the path of this folder.</summary>
    public IReadOnlyList<string> Errors() => Assert.Throws<PolicyFileException>(Load).Errors;

    public void Dispose() => _folder.Delete(recursive: true);
}
