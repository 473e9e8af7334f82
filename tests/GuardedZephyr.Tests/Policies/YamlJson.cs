using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GuardedZephyr.Tests.Policies;

/// <summary>YAML as an editor sees it: plain scalars have the types of YAML 1.2's core schema (chapter 10.3.2).</summary>
internal static class YamlJson
{
    public static JsonNode? Parse(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Read(parser);
    }

    private static JsonNode? Read(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value) : scalar.Value;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Read(parser));
            }

            return items;
        }

        parser.Consume<MappingStart>();
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            map[parser.Consume<Scalar>().Value] = Read(parser);
        }

        return map;
    }

    private static JsonNode? Plain(string value) => value switch
    {
        "" or "~" or "null" => null,
        "true" or "false" => value == "true",
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => value,
    };
}
