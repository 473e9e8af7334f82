using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// What a reply cost, with what was written of it and thrown away. A try that is broken off counts as far as its updates told; the prompt counts once.
/// </summary>
internal sealed class ReplyUsage
{
    private readonly UsageDetails _discarded = new();
    private UsageDetails? _told;
    private UsageDetails? _soFar;

    /// <summary>Takes in what an update says.</summary>
    public void Note(ChatResponseUpdate update)
    {
        foreach (UsageContent usage in update.Contents.OfType<UsageContent>())
        {
            (_told ??= new UsageDetails()).Add(usage.Details);
        }

        _soFar = update.AdditionalProperties?.GetValueOrDefault(Continuation.UsageKey) as UsageDetails ?? _soFar;
    }

    /// <summary>A try has ended.</summary>
    /// <param name="isLast">Whether the reply has.</param>
    /// <returns>That of the whole reply, if it is over and the client told.</returns>
    public UsageContent? End(bool isLast)
    {
        UsageDetails? usage = _told ?? _soFar;
        (_told, _soFar) = (null, null);
        if (!isLast)
        {
            _discarded.Add(new UsageDetails { OutputTokenCount = usage?.OutputTokenCount, TotalTokenCount = usage?.OutputTokenCount });
            return null;
        }

        if (usage is null)
        {
            return null;
        }

        var whole = new UsageDetails();
        whole.Add(usage);
        whole.Add(_discarded);
        return new UsageContent(whole);
    }
}
