namespace GuardedZephyr.Training.Harm;

/// <summary>Collects the features of a batch, row by row and place by place.</summary>
internal sealed class InputBuilder(int rows, int length)
{
    private readonly Dictionary<int, int> _indexOf = [];
    private readonly List<long> _taken = [];
    private readonly List<long> _indices = [];
    private readonly List<float> _weights = [];
    private readonly List<long> _offsets = new(rows * length);
    private readonly float[] _mask = new float[rows * length];

    /// <summary>Begins a place that has something.</summary>
    public void Place()
    {
        _mask[_offsets.Count] = 1;
        _offsets.Add(_indices.Count);
    }

    /// <summary>Fills the row up.</summary>
    /// <param name="empty">No place was begun.</param>
    public void EndRow(bool empty)
    {
        if (empty)
        {
            _offsets.Add(_indices.Count);
        }

        while (_offsets.Count % length > 0)
        {
            _offsets.Add(_indices.Count);
        }
    }

    /// <summary>Adds a row of the table to the place.</summary>
    public void Add(int row, float weight)
    {
        if (!_indexOf.TryGetValue(row, out var index))
        {
            _indexOf[row] = index = _taken.Count;
            _taken.Add(row);
        }

        _indices.Add(index);
        _weights.Add(weight);
    }

    public HarmInput Build() => new()
    {
        Rows = rows,
        Length = length,
        Mask = _mask,
        Taken = [.. _taken],
        Indices = [.. _indices],
        Weights = [.. _weights],
        Offsets = [.. _offsets],
    };
}
