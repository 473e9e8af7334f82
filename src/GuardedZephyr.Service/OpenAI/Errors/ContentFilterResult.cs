using System.Text.Json.Serialization;

namespace GuardedZephyr.Service.OpenAI;

internal sealed record ContentFilterResult(
    ContentFilterResult.Severity Hate,
    ContentFilterResult.Severity SelfHarm,
    ContentFilterResult.Severity Sexual,
    ContentFilterResult.Severity Violence,
    ContentFilterResult.Detection Jailbreak)
{
    /// <param name="Level">One of <c>safe</c>, <c>low</c>, <c>medium</c>, <c>high</c>.</param>
    internal sealed record Severity(bool Filtered, [property: JsonPropertyName("severity")] string Level);

    internal sealed record Detection(bool Filtered, bool Detected);

    /// <param name="findings">Findings in the request; those of categories that Azure has no word for stay out.</param>
    public static ContentFilterResult From(IEnumerable<GuardInfo.Finding> findings)
    {
        var scores = findings.GroupBy(finding => finding.Category, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Max(finding => finding.Score), StringComparer.Ordinal);
        var attacked = scores.ContainsKey("prompt-attack") || scores.ContainsKey("control-token");
        return new ContentFilterResult(Of("hate", "toxicity"), Of("self-harm"), Of("sexual"), Of("threat"), new Detection(attacked, attacked));

        Severity Of(params ReadOnlySpan<string> categories)
        {
            var score = 0.0;
            foreach (var category in categories)
            {
                score = Math.Max(score, scores.GetValueOrDefault(category));
            }

            return new Severity(score > 0, score switch { 0 => "safe", < 0.6 => "low", < 0.8 => "medium", _ => "high" });
        }
    }
}
