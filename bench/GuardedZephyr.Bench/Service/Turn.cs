namespace GuardedZephyr.Bench;

/// <summary>One streamed turn as a client saw it. Times in milliseconds.</summary>
/// <param name="FirstText">From sending the request to the first released text.</param>
/// <param name="Total">From sending the request to the end of the stream.</param>
/// <param name="Guard">What the service says that it spent in judging and recording.</param>
/// <param name="Tokens">Completion tokens.</param>
internal sealed record Turn(string Prompt, double FirstText, double Total, double Guard, int Tokens);
