using GuardedZephyr.Inference.Engine;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Inference.Chat;

/// <summary>Keys in the additional properties of <see cref="ChatOptions"/> and responses, for what those have no property for.</summary>
public static class ChatOptionKeys
{
    /// <summary>A number, as <see cref="Sampling.SamplingSettings.RepetitionPenalty"/>.</summary>
    public const string RepetitionPenalty = "repetition_penalty";

    /// <summary>A number, as <see cref="Sampling.SamplingSettings.MinP"/>.</summary>
    public const string MinP = "min_p";

    /// <summary>An <c>IReadOnlyDictionary&lt;int, float&gt;</c>, as <see cref="Sampling.SamplingSettings.LogitBias"/>.</summary>
    public const string LogitBias = "logit_bias";

    /// <summary>
    /// In options: true to ask for them. In a response, or in the last update of a stream: an <c>IReadOnlyList</c> of <see cref="TokenLogprob"/>, the tokens
    /// of the reply's text. A token that a stop string cut is not among them.
    /// </summary>
    public const string Logprobs = "logprobs";

    /// <summary>An <see cref="int"/> from 0 to 20: how many of the likeliest tokens to give for each place.</summary>
    public const string TopLogprobs = "top_logprobs";

    /// <summary>
    /// In options: true when the last message, one of the assistant, is the start of the reply: the model goes on from its end, and the reply has what
    /// follows. As the key of a service: an <see cref="IChatClient"/> that can do so.
    /// </summary>
    public const string ContinueFinalMessage = "continue_final_message";

    /// <summary>In options: an <c>IReadOnlyList&lt;string&gt;</c> of texts that the reply, or what continues it, must not begin like: its first token is of none of them.</summary>
    public const string NotBeginning = "not_beginning";

    /// <summary>In options: true to ask for it. In each update of a stream: the <see cref="UsageDetails"/> so far, for those that may break it off.</summary>
    public const string UsageSoFar = "usage_so_far";
}
