namespace GuardedZephyr.Inference.Chat;

/// <summary>One message as the chat format knows it.</summary>
public sealed record ChatTurn(TurnRole Role, string Content);
