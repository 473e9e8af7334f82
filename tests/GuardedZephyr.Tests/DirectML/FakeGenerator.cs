using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;

namespace GuardedZephyr.Tests.DirectML;

/// <summary>
/// A sequence, a cache of positions and the logits of what the cache holds, with the library's traps: an end mark is not added; what was generated is
/// not run until asked for, and an append does not ask; a rewind leaves the old next id; DirectML takes one append; trailing padding hides logits;
/// once terminated, everything fails.
/// </summary>
internal sealed class FakeGenerator(FakeLibrary library, string device, int vocabulary, int maxLength, int padding) : IGenerator
{
    private readonly int[] _cache = [.. Enumerable.Repeat(-1, maxLength)];
    private readonly int[] _sequence = new int[maxLength + 1];
    private float[]? _logits;
    private int _length;
    private int _next;
    private bool _computed;
    private bool _rewound;
    private bool _terminated;

    public bool Disposed { get; private set; }

    public void Append(ReadOnlySpan<int> ids)
    {
        using var inside = Enter();
        Require(ids.Length > 0, "input_ids is empty");
        Require(ids.Length + _length <= maxLength, "input_ids size + current sequence length exceeds max length");
        Require(_length == 0 || device is "CPU" or "CUDA", $"Continuous decoding is not supported on the selected device type ({device})");
        ids.CopyTo(_sequence.AsSpan(_length));
        _length += ids.Length;
        _next = ids[^1];
        Run(ids);
    }

    public void SetLogits(ReadOnlySpan<float> logits)
    {
        using var inside = Enter();
        Require(_computed, "logits are not computed yet");
        Require(logits.Length == vocabulary, "Generator::SetLogits passed an array of another size");
        _logits = logits.ToArray();
    }

    public void GenerateNext()
    {
        using var inside = Enter();
        Require(_length < maxLength, "GenerateNextToken called with sequence length already at max_length");
        Require(_length > 0, "GenerateNextToken called with no prior state");
        if (!_computed)
        {
            if (_rewound)
            {
                _sequence[_length++] = _next;
            }

            Run([_next]);
        }

        (_computed, _rewound) = (false, false);
        _next = Array.IndexOf(_logits!, _logits!.Max());
        if (_next != FakeLibrary.End)
        {
            _sequence[_length++] = _next;
        }
    }

    public void ReadLogits(Span<float> logits)
    {
        using var inside = Enter(evenTerminated: true);
        if (!_computed)
        {
            Run([_next]);
        }

        _logits.CopyTo(logits);
    }

    public void RewindTo(int length)
    {
        using var inside = Enter(evenTerminated: true);
        Require(length <= _length, "Cannot rewind to a length greater than the current sequence length");
        if (length < _length)
        {
            (_next, _length, _computed, _rewound) = (length > 0 ? _sequence[length] : 0, length, false, true);
        }
    }

    public void Terminate(bool on) => _terminated = on;

    public void Dispose()
    {
        Assert.False(Disposed);
        Disposed = true;
        library.Log.Add("destroy");
        library.OpenGenerators--;
    }

    private void Run(ReadOnlySpan<int> ids)
    {
        _computed = false;
        library.BeforeRun();
        Require(!_terminated, "Exiting due to terminate flag being set to true.");
        ids.CopyTo(_cache.AsSpan(_length - ids.Length));
        var read = ids.Length == 1 ? 1 : ids.LastIndexOfAnyExcept(padding) + 1;
        Assert.True(read > 0, "The library read outside its memory.");
        _logits = FakeLibrary.LogitsAfter(_cache.AsSpan(0, _length - ids.Length + read), vocabulary);
        _computed = true;
    }

    private IDisposable Enter(bool evenTerminated = false)
    {
        Assert.False(Disposed);
        Require(evenTerminated || !_terminated, "Session in Terminated state, exiting!");
        return library.Enter();
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new GenAiException(otherwise);
        }
    }
}
