namespace GuardedZephyr.Policies;

/// <summary>Which way a text travels: rules may apply to one way only.</summary>
public enum Direction
{
    /// <summary>User and system messages on their way to the model.</summary>
    Input,

    /// <summary>Tool results and retrieved text on their way to the model.</summary>
    Tool,

    /// <summary>Assistant text: the model's reply, or one that a client sends back as history.</summary>
    Output,
}
