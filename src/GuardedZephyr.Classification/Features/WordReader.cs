namespace GuardedZephyr.Classification;

/// <summary>Reads a text word by word, folded the way models are trained on. Training and run time share this code; golden values in the tests hold it still.</summary>
/// <remarks>
/// A word is a run of letters, digits, apostrophes and underscores; one of <c>? ! "</c>; or one other symbol that is not ASCII (an emoji with its surrogate pair).
/// Letters become lower case, digits 0, typographic apostrophes and quotes straight, and a letter that repeats is kept twice. A longer word is cut into words of
/// <see cref="LongestWord"/> characters.
/// </remarks>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    /// <summary>In folded characters; the buffer has this length.</summary>
    public const int LongestWord = 32;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _buffer = buffer;
    private int _position;
    private int _length;

    /// <summary>The folded word, valid until the next <see cref="Read"/>.</summary>
    public readonly ReadOnlySpan<char> Word => _buffer[.._length];

    /// <summary>Offset of the word's first character in the text.</summary>
    public int Start { get; private set; }

    public bool Read()
    {
        _length = 0;
        while (_position < _text.Length && !IsWord(_text[_position]) && !IsSign(_text[_position]))
        {
            _position++;
        }

        if (_position == _text.Length)
        {
            return false;
        }

        Start = _position;
        if (IsSign(_text[_position]))
        {
            _buffer[_length++] = FoldSign(_text[_position++]);
            if (_position < _text.Length && char.IsSurrogatePair(_buffer[0], _text[_position]))
            {
                _buffer[_length++] = _text[_position++];
            }

            return true;
        }

        for (; _position < _text.Length && _length < LongestWord && IsWord(_text[_position]); _position++)
        {
            var c = Fold(_text[_position]);
            if (_length < 2 || _buffer[_length - 1] != c || _buffer[_length - 2] != c)
            {
                _buffer[_length++] = c;
            }
        }

        return true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '\u2019' or '_';

    private static bool IsSign(char c) => c is '?' or '!' or '"' or '\u201C' or '\u201D'
        || (c > 0x7F && !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c) && !char.IsPunctuation(c) && !char.IsControl(c));

    private static char FoldSign(char c) => c is '\u201C' or '\u201D' ? '"' : c;

    private static char Fold(char c) => char.IsDigit(c) ? '0' : c == '\u2019' ? '\'' : char.ToLowerInvariant(c);
}
