using System.Globalization;
using System.Text.Json.Serialization;
using GuardedZephyr.Modeling.Checking;

namespace GuardedZephyr.Cli;

/// <summary>What zephyr model check found.</summary>
/// <param name="Verified">Every file's hash is the one that checksums.json has; false where there is no such file.</param>
/// <param name="CacheBytesPerToken">Memory of keys and values in float32.</param>
/// <param name="TokensPerSecond">Read one by one, after loading.</param>
/// <param name="Parity">Null without --against.</param>
/// <param name="Problems">Why the exit code is 1.</param>
internal sealed record ModelCheckReport(
    string Model, bool Verified, int VocabularySize, int ContextLength, long CacheBytesPerToken, int Tokens, double Perplexity, double TokensPerSecond, Parity? Parity, IReadOnlyList<string> Problems)
{
    [JsonIgnore]
    public string Page => string.Create(CultureInfo.InvariantCulture, $"""
        Model       {Model}
        Files       {(Verified ? "every hash is the one in checksums.json" : "there is no checksums.json to compare with")}
        Vocabulary  {VocabularySize:N0} tokens, context {ContextLength:N0}, {CacheBytesPerToken:N0} bytes of KV cache a token as float32
        Text        {Tokens:N0} tokens, {TokensPerSecond:N1} a second with loading, read one by one
        Perplexity  {Perplexity:N3}{(Parity is null ? "" : ParityPage(Parity))}
        {(Problems.Count == 0 ? "No problem found." : string.Join('\n', Problems.Select(problem => $"Problem: {problem}")))}
        """);

    private static string ParityPage(Parity parity) => string.Create(CultureInfo.InvariantCulture, $"""


        Against the checkpoint in fp32, on the same text:
          same most likely token       {parity.TopOneAgreement:P2} of {parity.Tokens:N0} places
          divergence (KL, nats)        mean {parity.MeanDivergence:N5}, at most {parity.MaxDivergence:N4}
          perplexity                   {parity.Perplexity:N3}, fp32 {parity.TruthPerplexity:N3} ({(parity.Perplexity / parity.TruthPerplexity) - 1:+0.00%;-0.00%})

        """);
}
