using System.Text.Encodings.Web;
using System.Text.Json;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Bench;

/// <summary>
/// Misses and false alarms with their texts, a JSON object a line, for whoever improves recognizers. Only of the rows that are not held
/// out, and never inside a working copy: the texts' licences do not allow it.
/// </summary>
internal sealed class ErrorList : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter _lines;

    /// <exception cref="InvalidDataException">The file would lie in a working copy.</exception>
    public ErrorList(FileInfo file)
    {
        if (RepositoryFolder.Around(file.DirectoryName!) is { } repository)
        {
            throw new InvalidDataException($"--errors writes texts that must not be committed: '{file.FullName}' lies in the repository '{repository}'. Name a file outside it.");
        }

        file.Directory!.Create();
        _lines = new StreamWriter(file.FullName) { NewLine = "\n" };
    }

    public void Add(SampleResult result)
    {
        var sample = result.Sample;
        if (sample.IsHeldOut)
        {
            return;
        }

        foreach (var miss in result.Gold.Where(gold => !gold.Found && !gold.Gold.Kind.IsOutOfScope))
        {
            var value = sample.Text.Substring(miss.Gold.Start, miss.Gold.Length);
            Write("miss", sample.Set, sample.Row, miss.Gold.Kind.Name, value, sample.Text, new { miss.Covered, Plausible = Plausibility.Holds(miss.Gold.Kind, value), sample.Group });
        }

        foreach (var alarm in result.Findings.Where(finding => finding.Kind is not null && !finding.IsRight).Select(result => result.Finding))
        {
            Write("false-alarm", sample.Set, sample.Row, alarm.Category, sample.Text.Substring(alarm.Start, alarm.Length), sample.Text, new { alarm.Score, sample.Group });
        }
    }

    public void AddBenign(string set, DataRow row, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in Sample.HeldOut(row.Number) ? [] : findings)
        {
            Write("benign", set, row.Number, finding.Category, row.Text.Substring(finding.Start, finding.Length), row.Text, new { finding.Score });
        }
    }

    public void Dispose() => _lines.Dispose();

    private void Write(string what, string set, int row, string entity, string value, string text, object more) =>
        _lines.WriteLine(JsonSerializer.Serialize(new { what, set, row, entity, value, more, text }, Readable));
}
