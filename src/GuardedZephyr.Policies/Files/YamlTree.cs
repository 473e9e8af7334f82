using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GuardedZephyr.Policies;

/// <summary>
/// Reads a YAML document to nodes with line numbers. Every scalar stays the text that was written (<c>on</c> is no boolean), and
/// duplicate keys stay for the reader to report. Anchors and aliases are refused: what a rule says stands where the rule is.
/// </summary>
internal static class YamlTree
{
    /// <returns>Null when the text is no YAML document; the reason is among the errors.</returns>
    public static YamlNode? Parse(string text, SourceFile file)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                file.Error(1, "the file is empty");
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = ReadNode(parser);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                file.Error((int)parser.Current!.Start.Line, "the file must hold one YAML document");
                return null;
            }

            return root;
        }
        catch (YamlException exception)
        {
            file.Error((int)exception.Start.Line, $"not valid YAML: {FirstLine(exception.Message)}");
            return null;
        }
    }

    private static YamlNode ReadNode(Parser parser)
    {
        var line = (int)parser.Current!.Start.Line;
        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw new YamlException(parser.Current.Start, parser.Current.End, "anchors and aliases are not supported");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlText(line, scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(parser));
            }

            return new YamlList(line, items);
        }

        parser.Consume<MappingStart>();
        var entries = new List<KeyValuePair<YamlText, YamlNode>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(parser) is not YamlText key)
            {
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a key must be a single value");
            }

            entries.Add(KeyValuePair.Create(key, ReadNode(parser)));
        }

        return new YamlMap(line, entries);
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
