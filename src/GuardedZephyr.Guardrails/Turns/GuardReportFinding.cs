using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>A finding with the text it is in.</summary>
/// <param name="Message">Index of the request's message; null for the reply.</param>
/// <param name="Finding">Offsets are those of the message's text, or of the model's unenforced reply.</param>
public sealed record GuardReportFinding(Direction Direction, int? Message, Finding Finding);
