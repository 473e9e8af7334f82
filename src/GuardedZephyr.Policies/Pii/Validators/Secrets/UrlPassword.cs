namespace GuardedZephyr.Policies;

/// <summary>
/// <c>scheme://user:password@host</c> (RFC 3986, section 3.2.1, whose userinfo may hold a password and is deprecated for that reason).
/// Any password proves it, however weak; a template in its place does not.
/// </summary>
internal static class UrlPassword
{
    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var authority = candidate.IndexOf("://");
        var at = candidate.LastIndexOf('@');
        if (authority < 0 || at < authority + 3)
        {
            return Validation.Invalid;
        }

        var userInfo = candidate[(authority + 3)..at];
        var colon = userInfo.IndexOf(':');
        return Validation.Of(colon >= 0 && !Placeholder.Is(userInfo[(colon + 1)..]), candidate);
    }
}
