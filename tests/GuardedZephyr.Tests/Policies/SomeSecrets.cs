using System.Globalization;
using System.Text;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Keys that were made up for tests: drawn from a seed and put together here, so that no file holds one.</summary>
internal static class SomeSecrets
{
    public const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    public const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    public const string Hex = "0123456789abcdef";
    public const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The shipped recognizers of secrets, and no others.</summary>
    public static PiiDetector Detector { get; } = ShippedPolicies.Packs("secrets");

    public static string Redacted(string text) => Detection.Redacted(Detector, text);

    public static string Drawn(int length, string alphabet = Alphanumeric, int seed = 5)
    {
        var random = new Random(seed);
        return string.Create(length, (random, alphabet), static (characters, state) =>
        {
            foreach (ref var character in characters)
            {
                character = state.alphabet[state.random.Next(state.alphabet.Length)];
            }
        });
    }

    /// <summary>A token whose payload has so many claims beside the usual three.</summary>
    public static string Jwt(int claims, int signatureLength)
    {
        var payload = new StringBuilder("{\"iss\":\"https://login.example.org/0000/v2.0\",\"sub\":\"nobody\",\"exp\":1516239022");
        for (var i = 0; i < claims; i++)
        {
            payload.Append(CultureInfo.InvariantCulture, $",\"claim{i}\":\"what it says {i}\"");
        }

        return $"{Encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")}.{Encoded(payload.Append('}').ToString())}.{Drawn(signatureLength, Base64Url)}";
    }

    /// <summary>A block as PEM has it: lines of one width, the last one shorter.</summary>
    public static string Pem(string label, int lines, string lineEnd, int width = 64)
    {
        var body = Enumerable.Range(0, lines).Select(line => Drawn(line == lines - 1 ? 20 : width, Base64, seed: line + 1));
        return string.Join(lineEnd, [$"-----BEGIN {label}-----", .. body, $"-----END {label}-----"]);
    }

    private static string Encoded(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
