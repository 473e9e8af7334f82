using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>Finds the texts that a text hides: encoded, enciphered, reversed or respelled, also one in another.</summary>
internal static class SurfaceReader
{
    /// <summary>How many writings deep: base64 in base64 is read, a third one is not.</summary>
    public const int Depth = 2;

    /// <summary>A text that hides more characters than this in all cannot be judged.</summary>
    public const int MostCharacters = 1_000_000;

    private static readonly ISurfaceDecoder[] Decoders =
    [
        new Base64Decoder(), DigitDecoder.Hex, DigitDecoder.Binary, new EscapeDecoder(), new MorseDecoder(), new WordCipherDecoder(),
        new LeetspeakDecoder(), new SpacedLettersDecoder(), new LookalikeDecoder(), new CombiningMarkDecoder(),
    ];

    /// <returns>Each text once, in offsets of <paramref name="text"/>.</returns>
    /// <exception cref="DetectionException">More than <see cref="MostCharacters"/> are hidden.</exception>
    public static IReadOnlyList<DecodedText> Read(string text)
    {
        var found = Decode(text);
        if (found.Count == 0)
        {
            return [];
        }

        var all = new Dictionary<string, DecodedText>(StringComparer.Ordinal);
        var characters = 0L;
        for (var depth = 1; ; depth++)
        {
            var added = new List<DecodedText>();
            foreach (var decoded in found)
            {
                if (decoded.Text != text && all.TryAdd(decoded.Text, decoded))
                {
                    added.Add(decoded);
                    characters += decoded.Text.Length;
                }
            }

            if (characters > MostCharacters)
            {
                throw new DetectionException($"The text hides more than {MostCharacters} characters in encodings or ciphers; the harm classifier does not judge that many. Send it in parts.");
            }

            if (depth == Depth)
            {
                // What holds another encoding need not read like text itself.
                return [.. all.Values.Where(decoded => Readable.IsMostlyLetters(decoded.Text))];
            }

            found = [.. added.SelectMany(outer => Decode(outer.Text).Select(inner => inner.Within(outer)))];
        }
    }

    private static List<DecodedText> Decode(string text)
    {
        var found = new List<DecodedText>(0);
        foreach (var decoder in Decoders)
        {
            decoder.Decode(text, found);
        }

        return found;
    }
}
