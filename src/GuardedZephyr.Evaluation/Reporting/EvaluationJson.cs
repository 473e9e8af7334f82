using System.Text.Encodings.Web;
using System.Text.Json;

namespace GuardedZephyr.Evaluation;

/// <summary>The figures for scripts.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions _options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(EvaluationResult result) => JsonSerializer.Serialize(result, _options) + "\n";
}
