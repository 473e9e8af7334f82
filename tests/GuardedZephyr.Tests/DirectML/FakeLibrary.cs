using System.Text.Json;
using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;

namespace GuardedZephyr.Tests.DirectML;

/// <summary>
/// onnxruntime-genai as its sources say it behaves, traps included (<see cref="FakeGenerator"/>), with a model whose logits tell exactly which ids its
/// cache holds.
/// </summary>
internal sealed class FakeLibrary(string device = "CPU", int vocabulary = 40, int context = 64)
{
    public const int End = 0;
    public const int Padding = 1;

    private static readonly string[] SearchOptions =
    [
        "batch_size", "do_sample", "early_stopping", "length_penalty", "max_length", "min_length", "no_repeat_ngram_size", "num_beams", "num_return_sequences",
        "past_present_share_buffer", "repetition_penalty", "temperature", "top_k", "top_p",
    ];

    private int _inside;

    /// <summary>What was opened, disposed and created, in order.</summary>
    public List<string> Log { get; } = [];

    public int OpenModels { get; set; }

    public int OpenGenerators { get; set; }

    /// <summary>The most calls at one time.</summary>
    public int Crowd { get; private set; }

    public Action<GenAiSettings> BeforeOpen { get; set; } = _ => { };

    /// <summary>Called before ids are run.</summary>
    public Action BeforeRun { get; set; } = () => { };

    /// <summary>Logits of a model that has run these ids.</summary>
    public static float[] LogitsAfter(ReadOnlySpan<int> ids, int vocabulary = 40)
    {
        var hash = new HashCode();
        foreach (var id in ids)
        {
            hash.Add(id);
        }

        var random = new Random(hash.ToHashCode());
        return [.. Enumerable.Range(0, vocabulary).Select(_ => random.NextSingle())];
    }

    public IGenAiModel Open(GenAiSettings settings)
    {
        BeforeOpen(settings);
        using var overlay = JsonDocument.Parse(settings.Overlay);
        var search = overlay.RootElement.GetProperty("search");
        if (search.EnumerateObject().FirstOrDefault(option => !SearchOptions.Contains(option.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new GenAiException($"JSON Error: search: Unknown value \"{unknown.Name}\"");
        }

        var padding = overlay.RootElement.TryGetProperty("model", out var model) && model.TryGetProperty("pad_token_id", out var id) ? id.GetInt32() : Padding;
        Log.Add(settings.OnCpu ? "open on CPU" : "open");
        OpenModels++;
        return new FakeModel(this, settings.OnCpu ? "CPU" : device, vocabulary, context, search.GetProperty("max_length").GetInt32(), padding);
    }

    public IDisposable Enter()
    {
        Crowd = Math.Max(Crowd, Interlocked.Increment(ref _inside));
        Thread.Yield();
        return new Exit(this);
    }

    private sealed class Exit(FakeLibrary library) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref library._inside);
    }
}
