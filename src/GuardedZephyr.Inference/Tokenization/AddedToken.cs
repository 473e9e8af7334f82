using System.Text.Json;

namespace GuardedZephyr.Inference.Tokenization;

/// <param name="Special">A control token such as &lt;|endoftext|&gt;, which text may never produce.</param>
internal sealed record AddedToken(int Id, string Content, bool Special)
{
    public static AddedToken Parse(JsonElement token) => new(
        token.GetProperty("id").GetInt32(),
        token.GetProperty("content").GetString()!,
        token.TryGetProperty("special", out var special) && special.GetBoolean());
}
