using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>Two policies that judge together.</summary>
public static class PolicyTightening
{
    /// <summary>
    /// The policy whose rules are those of both. Of several rules that match the most severe decides, and no rule takes from another, so its verdicts are at
    /// least as severe as those of either policy alone. Rules and responses of <paramref name="other"/> have its name and a colon in front.
    /// </summary>
    /// <remarks>The detectors are those that the policies hold; what a host adds for either (models) it must add for both.</remarks>
    public static Policy TightenedBy(this Policy policy, Policy other)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(other);
        var (mine, its) = (policy.Identity, other.Identity);
        string Named(string key) => $"{its.Name}:{key}";
        return new Policy
        {
            Identity = new PolicyIdentity($"{mine.Name}+{its.Name}", mine.Version, Digest(mine, its)),
            OnFault = policy.OnFault == OnFault.Block || other.OnFault == OnFault.Block ? OnFault.Block : OnFault.Allow,
            Parts = [policy, other],
            ClientSystem = Stricter(policy.ClientSystem, other.ClientSystem),
            Retries = Math.Min(policy.Retries, other.Retries),
            Deadline = policy.Deadline < other.Deadline ? policy.Deadline : other.Deadline,
            Cache = policy.Cache,
            OtherLimits = policy.OtherLimits,
            Harm = policy.Harm ?? other.Harm,
            Ner = policy.Ner ?? other.Ner,
            Detectors = Joined([.. policy.Detectors, .. other.Detectors]),
            Unasked = policy.Unasked,
            Responses = With(policy.Responses, other.Responses),
            Locale = policy.Locale,
            ResponsesByLocale = policy.ResponsesByLocale.ToDictionary(
                texts => texts.Key,
                texts => With(texts.Value, other.ResponsesByLocale.GetValueOrDefault(texts.Key) ?? other.Responses),
                StringComparer.OrdinalIgnoreCase),
            RequiredLabels = [.. policy.RequiredLabels.Union(other.RequiredLabels)],
            Files = [.. policy.Files, .. other.Files],
            Rules =
            [
                .. policy.Rules,
                .. other.Rules.Select(rule => rule with { Id = Named(rule.Id), Response = rule.Response is null ? null : Named(rule.Response) }),
            ],
        };

        IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, string> others) =>
            texts.Concat(others.Select(text => KeyValuePair.Create(Named(text.Key), text.Value))).ToDictionary();
    }

    private static ClientSystem Stricter(ClientSystem mine, ClientSystem its) =>
        mine == ClientSystem.Forbid || its == ClientSystem.Forbid ? ClientSystem.Forbid
        : mine == ClientSystem.Judge || its == ClientSystem.Judge ? ClientSystem.Judge
        : ClientSystem.Allow;

    /// <summary>The detectors of two policies, each name once: one that both use runs once, and others of the same name as one that finds what either finds.</summary>
    public static IReadOnlyList<IDetector> Joined(IEnumerable<IDetector> detectors) => JointDetector.Join(detectors);

    /// <summary>Of both digests: it changes when either policy does.</summary>
    private static string Digest(PolicyIdentity mine, PolicyIdentity its) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{mine.Sha256}+{its.Sha256}")));
}
