using System.Text;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>Log probabilities of a reply's tokens.</summary>
internal sealed record ChoiceLogprobs(IReadOnlyList<ChoiceLogprobs.Place> Content)
{
    public object? Refusal { get; }

    /// <summary>Null when there are none: not asked for, or withheld because the guard changed or stopped something in the turn.</summary>
    public static ChoiceLogprobs? From(ChatResponse response) =>
        response.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.Logprobs) is IReadOnlyList<TokenLogprob> tokens
            ? new ChoiceLogprobs([.. tokens.Select(token => new Place(TextOf(token), token.Logprob, BytesOf(token), [.. token.Top.Select(ToCandidate)]))])
            : null;

    private static Candidate ToCandidate(TokenLogprob token) => new(TextOf(token), token.Logprob, BytesOf(token));

    private static string TextOf(TokenLogprob token) => Encoding.UTF8.GetString(token.Bytes.Span);

    private static int[] BytesOf(TokenLogprob token) => Array.ConvertAll(token.Bytes.ToArray(), value => (int)value);

    /// <param name="Token">U+FFFD where the token has a part of a character only.</param>
    internal sealed record Candidate(string Token, float Logprob, IReadOnlyList<int> Bytes);

    /// <param name="Token">U+FFFD where the token has a part of a character only.</param>
    internal sealed record Place(string Token, float Logprob, IReadOnlyList<int> Bytes, IReadOnlyList<Candidate> TopLogprobs);
}
