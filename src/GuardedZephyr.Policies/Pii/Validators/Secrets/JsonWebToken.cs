using System.Buffers.Text;
using System.Text.Json;

namespace GuardedZephyr.Policies;

/// <summary>
/// A JWS or JWE in compact form (RFC 7515 section 7.1, RFC 7516 section 7.1): what stands before the first dot is the base64url of a JSON
/// object with the member <c>alg</c>, which both demand (section 4.1.1).
/// </summary>
internal static class JsonWebToken
{
    private const int MaxHeader = 160;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var dot = candidate.IndexOf('.');
        return Validation.Of(dot > 0 && dot <= MaxHeader && IsHeader(candidate[..dot]), candidate);
    }

    private static bool IsHeader(ReadOnlySpan<char> encoded)
    {
        Span<byte> json = stackalloc byte[MaxHeader];
        if (!Base64Url.IsValid(encoded) || !Base64Url.TryDecodeFromChars(encoded, json, out var length))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json[..length]);
            return JsonElement.TryParseValue(ref reader, out var header)
                && reader.BytesConsumed == length
                && header is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("alg", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
