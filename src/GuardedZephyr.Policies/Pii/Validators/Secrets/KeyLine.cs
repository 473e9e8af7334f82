namespace GuardedZephyr.Policies;

/// <summary>
/// A whole line of the base64 of a key. RFC 7468, section 2, has lines of exactly 64 characters, and so have PuTTY and GnuPG; OpenSSH
/// wraps at 70. MIME (RFC 2045, section 6.8), by which pictures and attachments are wrapped, has 76, and a data URI has no lines, so the width tells
/// a key from a picture. A certificate has the key's width: from a line in its middle nothing could tell. Hexadecimal digests of 64
/// characters are no base64 with 4 bits. What stands before and behind the line (line ends, indentation) is passed over. Nothing is proved.
/// </summary>
internal static class KeyLine
{
    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var line = candidate.Trim(" \t\r\n>|");
        line = line.StartsWith("\\n") ? line[2..].TrimStart(" \t>|") : line;
        var escape = line.IndexOf('\\');
        line = escape < 0 ? line : line[..escape];
        return RandomText.IsDrawn(line) ? Validation.Undecided(candidate) : Validation.Invalid;
    }
}
