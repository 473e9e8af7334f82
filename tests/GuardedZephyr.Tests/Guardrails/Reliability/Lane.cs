using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>One pipeline in a time of its own, through which batches of turns go while things fail.</summary>
internal sealed class Lane
{
    private const int TurnsAtOnce = 4;
    private static readonly double[] Rates = [0, 0, 0.01, 0.05, 0.4];

    private static readonly Rule[] Rules = [Some.Redact("EMAIL_ADDRESS", "US_SSN", "PERSON"), Some.Block("insult")];

    private readonly Random _random;
    private readonly CountingTime _time = new();
    private readonly Faults _faults;
    private readonly FlakyAuditLog _log;
    private readonly GuardPipeline _pipeline;

    public Lane(int seed)
    {
        _random = new Random(seed);
        _faults = new Faults(seed, _time);
        _log = new FlakyAuditLog(_faults);
        _pipeline = Pipeline(detector => new FlakyDetector(detector, _faults), _log, _time);
    }

    public Tally Tally { get; } = new();

    /// <summary>A pipeline of four detectors: of spans and of whole texts, cheap and slow.</summary>
    public static GuardPipeline Pipeline(Func<IDetector, IDetector> wrap, FlakyAuditLog log, TimeProvider time)
    {
        IDetector[] cheap = [wrap(new CountingDetector("email", "ada@example.com", "EMAIL_ADDRESS")), wrap(new CountingDetector("ssn", "536-22-1234", "US_SSN"))];
        IDetector[] slow = [wrap(new CountingDetector("names", "Bluebird", "PERSON")), wrap(new CountingDetector("insults", "BADWORD", "insult", isWhole: true))];
        var policy = new Policy
        {
            Identity = Some.Policy().Identity,
            Responses = Some.Policy().Responses,
            Rules = Rules,
            Detectors = cheap,
            Cache = new CacheSettings(Entries: 200),
            OtherLimits = new DetectorLimits { Timeout = TimeSpan.FromSeconds(1), Concurrent = 6, Queue = 6, BreakerPause = TimeSpan.FromSeconds(2) },
        };
        return Some.Pipeline(log, policy, [.. cheap, .. slow], time);
    }

    public async Task RunAsync(int turns, IReadOnlyList<(TurnScript Script, TurnResult Expected)> scripts, CancellationToken cancellationToken)
    {
        for (int turn = 0; turn < turns; turn += TurnsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunBatchAsync(turn, scripts);
            _time.Advance(TimeSpan.FromMilliseconds(_random.Next(4_000)));
            if (_random.Next(3) == 0)
            {
                _faults.LetGo();
            }
        }
    }

    /// <summary>Lets go what hangs and sees that nothing stays: no call, no place, no timer.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        _faults.LetGo();
        Bulkhead[] bulkheads = [.. _pipeline.Detectors.Slow.Select(detector => detector.Bulkhead), _pipeline.Audit.Bulkhead];
        while (_faults.Running > 0 || bulkheads.Any(bulkhead => bulkhead.Running + bulkhead.Waiting > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        _pipeline.Dispose();
        await Task.WhenAll(bulkheads.Select(bulkhead => bulkhead.Ended)).WaitAsync(cancellationToken);
        Assert.Equal(0, _time.Timers);
    }

    private async Task RunBatchAsync(int first, IReadOnlyList<(TurnScript Script, TurnResult Expected)> scripts)
    {
        using var leaves = new CancellationTokenSource();
        _faults.Begin(Rates[_random.Next(Rates.Length)], _random.Next(5) == 0 ? leaves : null);
        var batch = Enumerable.Range(first, TurnsAtOnce).Select(turn =>
        {
            (TurnScript script, TurnResult expected) = scripts[_random.Next(scripts.Count)];
            bool streaming = _random.Next(2) == 0;
            CancellationToken client = turn == first ? leaves.Token : CancellationToken.None;
            return (Id: $"{turn}", Expected: expected, Turn: Task.Run(() => TurnResult.RunAsync(_pipeline, _log, script, streaming, $"{turn}", Tally.Ahead, client)));
        }).ToArray();

        await _time.ThroughAsync(Task.WhenAll(batch.Select(turn => turn.Turn)));
        _faults.Begin(0, client: null);
        foreach ((string id, TurnResult expected, Task<TurnResult> turn) in batch)
        {
            _log.Forget(id);
            Tally.Compare(expected, await turn);
        }
    }
}
