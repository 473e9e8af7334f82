using System.Numerics;

namespace GuardedZephyr.Classification;

/// <summary>
/// Text in a Caesar cipher (rot13 and the other shifts) or written backwards. Common English words end a run of words; a run is deciphered when it
/// holds enough words that become common ones.
/// </summary>
internal sealed class WordCipherDecoder : ISurfaceDecoder
{
    private const int Alphabet = 26;

    /// <summary>Words of this length and longer are evidence; shorter ones are too often words by chance.</summary>
    private const int ShortestEvidence = 3;

    /// <summary>Letters of evidence that a run needs: two words.</summary>
    private const int FewestLetters = 7;

    /// <summary>One in so many words of a run becomes a common one; in English it is about every second.</summary>
    private const int MostWordsPerHit = 4;

    public void Decode(string text, ICollection<DecodedText> found)
    {
        var run = new Run(stackalloc int[Alphabet], stackalloc int[Alphabet]);
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiLetter(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && char.IsAsciiLetter(text[i]))
            {
                i++;
            }

            if (!run.Take(text.AsSpan(start, i - start), start))
            {
                run.End(text, found);
            }
        }

        run.End(text, found);
    }

    private ref struct Run(Span<int> hits, Span<int> letters)
    {
        private readonly Span<int> _hits = hits;
        private readonly Span<int> _letters = letters;
        private int _backwardHits;
        private int _backwardLetters;
        private int _words;
        private int _start;
        private int _end;

        /// <returns>False when the word ends the run and is no part of it.</returns>
        public bool Take(ReadOnlySpan<char> word, int start)
        {
            var firstLetters = CommonWords.FirstLettersOf(word);
            var first = (word[0] | 0x20) - 'a';
            var isPlain = (firstLetters & (1u << first)) != 0;
            var isBackward = word.Length > 1 && CommonWords.ContainsReversed(word);
            if (isPlain && !isBackward && word.Length >= ShortestEvidence)
            {
                return false;
            }

            if (_words == 0)
            {
                _start = start;
            }

            _end = start + word.Length;
            if (word.Length == 1)
            {
                return true;
            }

            _words++;
            var evidence = word.Length < ShortestEvidence || isPlain ? 0 : word.Length;
            for (; firstLetters != 0; firstLetters &= firstLetters - 1)
            {
                var shift = (BitOperations.TrailingZeroCount(firstLetters) - first + Alphabet) % Alphabet;
                _hits[shift]++;
                _letters[shift] += evidence;
            }

            if (isBackward)
            {
                _backwardHits++;
                _backwardLetters += evidence;
            }

            return true;
        }

        public void End(string text, ICollection<DecodedText> found)
        {
            if (_words == 0)
            {
                return;
            }

            _letters[0] = 0;
            var shift = 0;
            for (var i = 1; i < Alphabet; i++)
            {
                shift = _letters[i] > _letters[shift] ? i : shift;
            }

            var (start, length) = (_start, _end - _start);
            if (IsEnough(_letters[shift], _hits[shift]))
            {
                found.Add(new DecodedText($"rot{Alphabet - shift}", string.Create(length, (text, start, shift), Shift), start, length)
                {
                    Offsets = [.. Enumerable.Range(start, length + 1)],
                });
            }

            if (IsEnough(_backwardLetters, _backwardHits))
            {
                found.Add(new DecodedText("reversed", string.Create(length, (text, start), Reverse), start, length));
                found.Add(new DecodedText("reversed-words", string.Create(length, (text, start), ReverseWords), start, length));
            }

            _hits.Clear();
            _letters.Clear();
            (_words, _backwardHits, _backwardLetters) = (0, 0, 0);
        }

        private readonly bool IsEnough(int letters, int hits) => letters >= FewestLetters && hits * MostWordsPerHit >= _words;

        private static void Shift(Span<char> deciphered, (string Text, int Start, int Shift) from)
        {
            for (var i = 0; i < deciphered.Length; i++)
            {
                var c = from.Text[from.Start + i];
                var a = char.IsAsciiLetterUpper(c) ? 'A' : 'a';
                deciphered[i] = char.IsAsciiLetter(c) ? (char)(a + ((c - a + from.Shift) % Alphabet)) : c;
            }
        }

        private static void Reverse(Span<char> reversed, (string Text, int Start) from)
        {
            from.Text.AsSpan(from.Start, reversed.Length).CopyTo(reversed);
            reversed.Reverse();
            for (var i = 1; i < reversed.Length; i++)
            {
                if (char.IsSurrogatePair(reversed[i], reversed[i - 1]))
                {
                    reversed.Slice(i - 1, 2).Reverse();
                }
            }
        }

        private static void ReverseWords(Span<char> reversed, (string Text, int Start) from)
        {
            from.Text.AsSpan(from.Start, reversed.Length).CopyTo(reversed);
            for (var i = 0; i < reversed.Length;)
            {
                var end = i;
                while (end < reversed.Length && char.IsAsciiLetter(reversed[end]))
                {
                    end++;
                }

                reversed[i..end].Reverse();
                i = Math.Max(end, i + 1);
            }
        }
    }
}
