using System.Buffers;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>Writes down what a surface spells out.</summary>
internal sealed class SpokenTextBuilder(string surface)
{
    private static readonly SearchValues<char> Pauses = SearchValues.Create(" ,;.\t\n");
    private static readonly SearchValues<char> Openings = SearchValues.Create(" \t\n()[]{}<>");

    private readonly StringBuilder _text = new(surface.Length);
    private readonly List<int> _starts = new(surface.Length);
    private readonly List<int> _ends = new(surface.Length);
    private readonly List<SpokenToken> _tokens = SpokenToken.Split(surface);

    /// <returns>Null when nothing changes.</returns>
    public SpokenText? Build()
    {
        var changed = false;
        var position = 0;
        for (var i = 0; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            var joined = i > 0 && WriteGap(i - 1, position, token.Start);
            if (i == 0)
            {
                Copy(0, token.Start);
            }

            var written = WriteToken(i);
            changed |= joined || written.Changed;
            i += written.Skipped;
            position = _tokens[i].End;
        }

        Copy(position, surface.Length);
        return changed ? SpokenText.Of(_text.ToString(), [.. _starts], [.. _ends]) : null;
    }

    private (bool Changed, int Skipped) WriteToken(int index)
    {
        var token = _tokens[index];
        var next = At(index + 1);
        if (token.Repeat > 0 && IsDigitLike(index + 1) && IsBlank(token.End, next.Start))
        {
            for (var i = 0; i < token.Repeat; i++)
            {
                Write(DigitOf(index + 1), token.Start, next.End);
            }

            return (true, 1);
        }

        if (IsDigitLike(index))
        {
            Write(DigitOf(index), token.Start, token.End);
            return (!token.IsSingle, 0);
        }

        if (IsActiveSign(index))
        {
            Write(token.Sign, token.Start, token.End);
            return (true, 0);
        }

        Copy(token.Start, token.End);
        return (false, 0);
    }

    /// <summary>What stands between two tokens: kept, dropped where they belong together, or one space where a pause groups digits.</summary>
    /// <returns>Whether it was changed.</returns>
    private bool WriteGap(int before, int from, int to)
    {
        var behind = before + 1;
        var isBlank = IsBlank(from, to);
        var isGroup = IsDigitLike(before) && (IsDigitLike(behind) || (At(behind).Repeat > 0 && IsDigitLike(behind + 1)));
        var joins = (isGroup && (isBlank || surface.AsSpan(from, to - from) is "-"))
            || (isBlank && At(before).IsSingle && At(behind).IsSingle)
            || (IsOpen(from, to) && ((IsActiveSign(before) && At(before).Sign != '\0') || (IsActiveSign(behind) && At(behind).Sign != '+')));
        if (joins)
        {
            return true;
        }

        if (isGroup && !surface.AsSpan(from, to - from).ContainsAnyExcept(Pauses))
        {
            Write(' ', from, to);
            return true;
        }

        Copy(from, to);
        return false;
    }

    private bool IsActiveSign(int index)
    {
        var token = At(index);
        return token.Sign switch
        {
            '\0' => false,
            '+' => IsDigitLike(index + 1) && IsOpenBehind(index),
            '-' => IsDigitLike(index - 1) && IsDigitLike(index + 1) && IsOpenBehind(index - 1) && IsOpenBehind(index),
            _ when !IsOpenBehind(index - 1) || !IsOpenBehind(index) => false,
            '@' => IsBracketed(token) || StartsDomain(index + 1),
            _ => true,
        };
    }

    /// <summary>Whether up to three labels with "dot" between stand from here, the last of them a top-level domain.</summary>
    private bool StartsDomain(int index)
    {
        for (var label = index; label < index + 6 && At(label + 1).Sign == '.' && IsOpenBehind(label) && IsOpenBehind(label + 1); label += 2)
        {
            if (SpokenWords.IsTopLevelDomain(surface.AsSpan(At(label + 2).Start..At(label + 2).End)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A number word, a digit that stands alone, or an "o" beside one of them.</summary>
    private bool IsDigitLike(int index) => IsDigit(index) || (At(index).IsOh && (IsDigit(index - 1) || IsDigit(index + 1)));

    private bool IsDigit(int index) => At(index).Digit != '\0';

    private char DigitOf(int index) => At(index) is { IsOh: true } ? '0' : At(index).Digit;

    private SpokenToken At(int index) => index >= 0 && index < _tokens.Count ? _tokens[index] : default;

    private bool IsBlank(int from, int to) => surface.AsSpan(from, to - from).IsWhiteSpace();

    /// <summary>Whether there is another token behind this one, and nothing but white space and brackets between.</summary>
    private bool IsOpenBehind(int index) => index >= 0 && index + 1 < _tokens.Count && IsOpen(_tokens[index].End, _tokens[index + 1].Start);

    private bool IsOpen(int from, int to) => !surface.AsSpan(from, to - from).ContainsAnyExcept(Openings);

    private bool IsBracketed(SpokenToken token) => token.Start > 0 && token.End < surface.Length
        && surface[token.Start - 1] is '(' or '[' or '{' or '<' && surface[token.End] is ')' or ']' or '}' or '>';

    private void Copy(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Write(surface[i], i, i + 1);
        }
    }

    private void Write(char character, int start, int end)
    {
        _text.Append(character);
        _starts.Add(start);
        _ends.Add(end);
    }
}
