namespace GuardedZephyr.Policies;

/// <summary>One text being scanned, and what recognizers ask about it, found out once.</summary>
internal ref struct SurfaceScan
{
    private readonly WordReader _words;
    private readonly Span<ulong> _context;
    private bool _hasRead;

    /// <param name="words">Of the context of all recognizers.</param>
    /// <param name="context">Room for a bit a recognizer.</param>
    public SurfaceScan(string surface, WordReader words, Span<ulong> context)
    {
        Surface = Text = surface;
        _words = words;
        _context = context;
    }

    /// <summary>What candidates are offsets of, and where their context is looked for.</summary>
    public string Surface { get; }

    /// <summary>What patterns run on.</summary>
    public string Text { get; private set; }

    /// <summary>What is scanned in place of the surface that it was made of.</summary>
    public SpokenText? Spoken
    {
        get;
        set
        {
            field = value;
            Text = value?.Text ?? Surface;
        }
    }

    /// <summary>Whether a candidate of the recognizer can have context.</summary>
    public bool HasContext(int rank)
    {
        if (!_hasRead)
        {
            _words.Read(Surface, _context);
            _hasRead = true;
        }

        return RankMasks.Has(_context, rank);
    }

    /// <summary>The span of the surface that gave a span of <see cref="Text"/>.</summary>
    public readonly (int Start, int Length) SurfaceSpan(int start, int length) => Spoken?.SurfaceSpan(start, length) ?? (start, length);
}
