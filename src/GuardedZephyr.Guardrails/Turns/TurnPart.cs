namespace GuardedZephyr.Guardrails;

public enum TurnPart
{
    /// <summary>What the client sent, a client-sent assistant message included: the model was not called.</summary>
    Request,

    /// <summary>What the model wrote.</summary>
    Reply,
}
