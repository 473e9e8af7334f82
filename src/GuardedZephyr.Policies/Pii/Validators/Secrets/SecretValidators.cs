namespace GuardedZephyr.Policies;

/// <summary>What tells a secret from a word, a placeholder or a picture.</summary>
internal static class SecretValidators
{
    public static (string Name, Validator Validator)[] All { get; } =
    [
        ("base64-json", Base64Json.Validate),
        ("jwt", JsonWebToken.Validate),
        ("key-line", KeyLine.Validate),
        ("password", PasswordValue.Validate),
        ("random", RandomText.Validate),
        ("secret", SecretValue.Validate),
        ("url-password", UrlPassword.Validate),
    ];
}
