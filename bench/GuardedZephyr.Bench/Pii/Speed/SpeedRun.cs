using System.Diagnostics;
using System.Text;

namespace GuardedZephyr.Bench;

/// <summary>Passes of one redactor over one set of messages.</summary>
/// <param name="Microseconds">Per message, of each round.</param>
/// <param name="CpuMicroseconds">Processor time of the same.</param>
internal sealed record Series(string Redactor, string Set, List<double> Microseconds, List<double> CpuMicroseconds)
{
    /// <summary>Share of the messages that came out different.</summary>
    public double Changed { get; set; }
}

/// <summary>Redacts the same messages with this project's detectors and with the peers, in alternating rounds on one thread.</summary>
internal sealed class SpeedRun(PiiScanner scanner, Messages messages)
{
    public const string Ours = "GuardedZephyr";
    public const string Clean = "clean";
    public const string Dirty = "dirty";

    /// <summary>Our pass is repeated for so long within a round.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<(string, string), Series> _series = [];

    public static IReadOnlyList<string> Sets { get; } = [Clean, Dirty];

    public IEnumerable<Series> All => _series.Values;

    /// <param name="rounds">Counted ones; one more goes before them to warm up.</param>
    public void Execute(int rounds, Peers? peers, ProgressLine progress)
    {
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var set in Sets)
            {
                progress.Show(round == 0 ? "warming up" : $"round {round} of {rounds}", round, rounds);
                Add(Ours, set, round, RunOurs(set));
                foreach (var peer in peers?.All ?? [])
                {
                    Add(peer.Name, set, round, peers!.Run(peer.Name, set));
                }
            }
        }
    }

    /// <summary>UTF-8 bytes of a message, on average.</summary>
    public double BytesOf(string set) => Of(set).Average(Encoding.UTF8.GetByteCount);

    public double MicrosecondsOf(string redactor, string set) => Spread.Median(_series[(redactor, set)].Microseconds);

    public double CpuMicrosecondsOf(string redactor, string set) => Spread.Median(_series[(redactor, set)].CpuMicroseconds);

    /// <summary>Bytes that are allocated to find nothing in a clean message, when the automata know such messages: other texts may have made them forget.</summary>
    public double AllocatedByClean()
    {
        foreach (var message in messages.Clean)
        {
            scanner.Find(message);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var message in messages.Clean)
        {
            scanner.Find(message);
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / messages.Clean.Count;
    }

    private IReadOnlyList<string> Of(string set) => set == Clean ? messages.Clean : messages.Dirty;

    private Peers.Pass RunOurs(string set)
    {
        var texts = Of(set);
        var passes = 0;
        var changed = 0;
        var started = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        do
        {
            changed = 0;
            foreach (var text in texts)
            {
                changed += ReferenceEquals(scanner.Redact(text), text) ? 0 : 1;
            }

            passes++;
        }
        while (Stopwatch.GetElapsedTime(started) < LeastTime);
        var spent = Stopwatch.GetElapsedTime(started);
        return new Peers.Pass(spent.TotalMilliseconds / passes, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / passes, changed);
    }

    private void Add(string redactor, string set, int round, Peers.Pass pass)
    {
        if (!_series.TryGetValue((redactor, set), out var series))
        {
            _series[(redactor, set)] = series = new Series(redactor, set, [], []);
        }

        if (round > 0)
        {
            series.Microseconds.Add(1000 * pass.Ms / Of(set).Count);
            series.CpuMicroseconds.Add(1000 * pass.CpuMs / Of(set).Count);
            series.Changed = (double)pass.Changed / Of(set).Count;
        }
    }
}
