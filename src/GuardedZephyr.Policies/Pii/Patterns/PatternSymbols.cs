using System.Numerics;

namespace GuardedZephyr.Policies;

/// <summary>Characters that no set of any pattern tells apart are one symbol. Immutable and thread-safe.</summary>
internal sealed class PatternSymbols
{
    private const int Ascii = 128;

    private readonly byte[] _ofAscii = new byte[Ascii];
    private readonly List<SymbolKind> _kinds = [];
    private readonly Dictionary<CharacterSet, bool[]> _members;

    public PatternSymbols(IEnumerable<CharacterSet> sets)
    {
        CharacterSet[] distinct = [.. sets.Distinct()];
        var symbols = new Dictionary<string, byte>();
        var key = new char[distinct.Length + 1];
        for (var character = '\0'; character < Ascii; character++)
        {
            var kind = KindOf(character);
            key[^1] = (char)kind;
            for (var set = 0; set < distinct.Length; set++)
            {
                key[set] = distinct[set].Contains(character) ? '1' : '0';
            }

            if (!symbols.TryGetValue(new string(key), out var symbol))
            {
                symbols[new string(key)] = symbol = (byte)_kinds.Count;
                _kinds.Add(kind);
            }

            _ofAscii[character] = symbol;
        }

        Beyond = (byte)_kinds.Count;
        _kinds.Add(SymbolKind.Beyond);
        _members = distinct.ToDictionary(set => set, MembersOf);
        Shift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)_kinds.Count));
    }

    public int Count => _kinds.Count;

    /// <summary>Two to the power of this is at least <see cref="Count"/>.</summary>
    public int Shift { get; }

    /// <summary>By character.</summary>
    public ReadOnlySpan<byte> OfAscii => _ofAscii;

    /// <summary>Of every character beyond ASCII.</summary>
    public byte Beyond { get; }

    public static SymbolKind KindOf(char character) => character switch
    {
        '\n' => SymbolKind.LineEnd,
        >= '\x80' => SymbolKind.Beyond,
        _ => char.IsAsciiLetterOrDigit(character) || character == '_' ? SymbolKind.Word : SymbolKind.Other,
    };

    public SymbolKind KindOf(int symbol) => _kinds[symbol];

    /// <summary>By symbol, whether the set has its characters.</summary>
    /// <param name="set">One that the symbols were made of.</param>
    public bool[] Members(CharacterSet set) => _members[set];

    private bool[] MembersOf(CharacterSet set)
    {
        var members = new bool[Count];
        members[Beyond] = set.HasBeyond;
        for (var character = '\0'; character < Ascii; character++)
        {
            members[_ofAscii[character]] = set.Contains(character);
        }

        return members;
    }
}
