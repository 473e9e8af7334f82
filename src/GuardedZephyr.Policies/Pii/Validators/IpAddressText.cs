using System.Buffers;
using System.Net;

namespace GuardedZephyr.Policies;

/// <summary>
/// IP addresses as the platform parses them (RFC 791, RFC 4291 section 2.2). An IPv6 text without any digit (<c>::</c>, <c>dead::beef</c>)
/// is as often source code as an address: it is left undecided.
/// </summary>
internal static class IpAddressText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        if (!IPAddress.TryParse(candidate, out _))
        {
            return Validation.Invalid;
        }

        return candidate.ContainsAny(Digits) ? Validation.Valid(candidate) : Validation.Undecided(candidate);
    }
}
