namespace GuardedZephyr.Inference.Engine;

/// <summary>A step of the model failed and took this request with it. The session is built anew; the request may be repeated.</summary>
public sealed class EngineFailedException(string problem, Exception? inner = null)
    : Exception($"The model could not finish the reply: {problem}. Its session is being rebuilt; send the request again.", inner);
