using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>A finding with the text it is in.</summary>
/// <param name="Message">Index of the request's message; null for the reply and for instructions.</param>
/// <param name="Finding">Offsets are those of the message's text, or of the model's unenforced reply.</param>
/// <param name="Action">
/// What was done with it: that of the text it stopped or was stopped with, of what took its place before the text went on, or <c>flag</c> or
/// <c>allow</c> when it went on as it was (so does a user's own value in the reply, whose rule would pseudonymise another's).
/// </param>
public sealed record GuardReportFinding(Direction Direction, int? Message, Finding Finding, RuleAction Action);
