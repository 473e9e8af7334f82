using System.Globalization;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What normalization needs to know of Unicode 17.0. It is here because <c>string.Normalize</c> changes nothing under invariant globalization.</summary>
internal sealed class UnicodeData
{
    private const string Resource = "GuardedZephyr.Inference.Tokenization.unicode-17.0.txt";
    private static readonly Lazy<UnicodeData> Loaded = new(() => new UnicodeData());

    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<int, int> _classes = [];
    private readonly Dictionary<(int First, int Second), int> _composites = [];
    private readonly HashSet<int> _changing = [];

    private UnicodeData()
    {
        using var reader = new StreamReader(typeof(UnicodeData).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            Read(line);
        }
    }

    public static UnicodeData Current => Loaded.Value;

    /// <summary>0 for what starts a sequence; marks are put in the order of their classes.</summary>
    public int ClassOf(int character) => _classes.GetValueOrDefault(character);

    /// <summary>One step, or the whole of it where nothing composes to the character; null where it stands for itself.</summary>
    public int[]? Canonical(int character) => _canonical.GetValueOrDefault(character);

    /// <summary>The whole compatibility decomposition, where it is not the canonical one.</summary>
    public int[]? Compatible(int character) => _compatible.GetValueOrDefault(character);

    public bool TryCompose(int first, int second, out int composite) => _composites.TryGetValue((first, second), out composite);

    /// <summary>Whether a text with this character may be another one in form C. Jamo of Hangul are not among them.</summary>
    public bool MayChange(int character) => _changing.Contains(character);

    private void Read(string line)
    {
        var mark = line.AsSpan().IndexOfAny("=<~");
        if (line.StartsWith('#'))
        {
            return;
        }

        if (line[0] == '@')
        {
            var parts = line[1..].Split(' ', '-');
            for (var character = Hex(parts[1]); character <= Hex(parts[^1]); character++)
            {
                _classes.Add(character, int.Parse(parts[0], CultureInfo.InvariantCulture));
                _changing.Add(character);
            }

            return;
        }

        var (source, target) = (Hex(line[..mark]), Array.ConvertAll(line[(mark + 1)..].Split(' '), Hex));
        (line[mark] == '~' ? _compatible : _canonical).Add(source, target);
        if (line[mark] == '=')
        {
            _composites.Add((target[0], target[1]), source);
            _changing.Add(target[1]);
        }
        else if (line[mark] == '<')
        {
            _changing.Add(source);
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
