namespace GuardedZephyr.Inference.Chat;

public enum TurnRole
{
    System,
    User,
    Assistant,
}
