using System.Buffers.Text;

namespace GuardedZephyr.Policies;

/// <summary>
/// A piece from the middle of a token's payload: base64url that decodes, from one of the four characters of a group on, to text without
/// control characters, most of it ASCII, in which a JSON name ends (<c>":</c>). Of 18 drawn bytes hardly ever so many are: a picture never is.
/// What stands behind a dot is the signature and is not looked at. Nothing is proved.
/// </summary>
internal static class Base64Json
{
    private const int GroupLength = 4;
    private const int MaxLength = 200;
    private const int MinBytes = 12;
    private const double MinAscii = 0.75;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var piece = candidate.TrimStart('.');
        var dot = piece.IndexOf('.');
        piece = dot < 0 ? piece : piece[..dot];
        for (var skipped = 0; skipped < GroupLength && skipped < piece.Length && piece.Length <= MaxLength; skipped++)
        {
            if (IsJson(piece[skipped..]))
            {
                return Validation.Undecided(candidate);
            }
        }

        return Validation.Invalid;
    }

    private static bool IsJson(ReadOnlySpan<char> encoded)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        var whole = encoded[..(encoded.Length / GroupLength * GroupLength)];
        if (!Base64Url.IsValid(whole) || !Base64Url.TryDecodeFromChars(whole, text, out var length))
        {
            return false;
        }

        text = text[..length];
        var ascii = 0;
        foreach (var value in text)
        {
            ascii += value < 0x7F ? 1 : 0;
        }

        return length >= MinBytes && ascii >= length * MinAscii && !text.ContainsAnyInRange((byte)0, (byte)0x1F) && text.IndexOf("\":"u8) >= 0;
    }
}
