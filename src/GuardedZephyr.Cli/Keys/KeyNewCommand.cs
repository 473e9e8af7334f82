using System.CommandLine;
using System.Text.Json;
using GuardedZephyr.Guardrails;

namespace GuardedZephyr.Cli;

internal static class KeyNewCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "Whose key it is: letters, digits, dashes and underscores.", HelpName = "NAME", Required = true };
    private static readonly Option<string> Policy = new("--policy") { Description = "Name of the policy that judges what comes with the key.", HelpName = "POLICY", DefaultValueFactory = _ => GuardPolicies.Default };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object." };

    public static Command Create()
    {
        var command = new Command("new", "Draw a key, and show what goes into the service's settings: its salted hash. The key itself is shown once and kept nowhere.\nExample: zephyr key new --name team-a --policy strict")
        {
            Name, Policy, Json,
        };
        command.Validators.Add(result =>
        {
            foreach (var option in new[] { Name, Policy })
            {
                if (result.GetValue(option) is { } value && (value.Length == 0 || !value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')))
                {
                    result.AddError($"'{option.Name}' must be letters, digits, dashes and underscores.");
                }
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var key = ApiKeyHash.NewKey();
        var line = new KeyLine(parsed.GetValue(Name)!, key, ApiKeyHash.Of(key).ToString(), parsed.GetValue(Policy)!);
        if (parsed.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(line, CliJson.Lines.KeyLine));
            return ZephyrCommand.Ok;
        }

        output.WriteLine($"Key, shown this once: {line.Key}");
        output.WriteLine("Settings, in appsettings.json beside the service or in the environment as GuardedZephyr__Keys__...:");
        output.WriteLine($$"""{ "GuardedZephyr": { "Keys": { "{{line.Name}}": { "Hash": "{{line.Hash}}", "Policy": "{{line.Policy}}" } } } }""");
        return ZephyrCommand.Ok;
    }
}
