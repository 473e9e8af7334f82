using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>A finding with the text it is in.</summary>
/// <param name="Message">Index of the request's message; null for the reply and for instructions.</param>
/// <param name="Finding">Offsets are those of the message's text, or of the model's unenforced reply.</param>
/// <param name="Redacted">A placeholder took its place before the text went on.</param>
public sealed record GuardReportFinding(Direction Direction, int? Message, Finding Finding, bool Redacted);
