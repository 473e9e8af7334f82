using System.Diagnostics;
using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Bench;

/// <summary>Times of one text length, in milliseconds on one thread, and bytes allocated a text.</summary>
internal sealed record ClassifierTimes(int Length, double Alone, double AloneSlow, double WithSurfaces, double WithSurfacesSlow, double Bytes);

/// <summary>Judges many texts of each length, one after the other, every one another.</summary>
internal sealed class ClassifierRun(HarmClassifier classifier, ProgressLine progress)
{
    public const double SlowShare = 0.95;

    private const int Steps = 7;
    private const int DifferentTexts = 200;
    private static readonly TimeSpan ForEachLength = TimeSpan.FromSeconds(3);

    private readonly HarmDetector _detector = new(classifier);
    private int _done;

    public ClassifierTimes Measure(int length)
    {
        progress.Show($"texts of {length} characters", _done++, Steps);
        string[] texts = Texts(length);
        var (alone, bytes) = Times(texts, text => classifier.Classify(text));
        var (withSurfaces, _) = Times(texts, text => _detector.DetectAsync(GuardText.From(text), Direction.Input, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        return new ClassifierTimes(length, At(alone, 0.5), At(alone, SlowShare), At(withSurfaces, 0.5), At(withSurfaces, SlowShare), bytes);
    }

    /// <summary>Texts a second with as many threads as cores.</summary>
    public double Throughput(int length)
    {
        progress.Show($"throughput, {length} characters", _done++, Steps);
        string[] texts = Texts(length);
        var clock = Stopwatch.StartNew();
        long done = 0;
        Parallel.For(0, Environment.ProcessorCount, thread =>
        {
            for (var i = thread; clock.Elapsed < ForEachLength; i++)
            {
                classifier.Classify(texts[i % texts.Length]);
                Interlocked.Increment(ref done);
            }
        });
        return done / clock.Elapsed.TotalSeconds;
    }

    private static string[] Texts(int length)
    {
        var prose = new PlainProse(seed: 1);
        return [.. Enumerable.Range(0, DifferentTexts).Select(_ => prose.Text(length))];
    }

    private static (double[] Sorted, double Bytes) Times(string[] texts, Action<string> judge)
    {
        foreach (var text in texts.Take(20))
        {
            judge(text);
        }

        var times = new List<double>();
        var total = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; total.Elapsed < ForEachLength; i++)
        {
            var started = Stopwatch.GetTimestamp();
            judge(texts[i % texts.Length]);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)times.Count;
        return ([.. times.Order()], bytes);
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
