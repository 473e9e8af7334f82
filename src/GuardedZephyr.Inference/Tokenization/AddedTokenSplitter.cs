using System.Globalization;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>Finds added tokens in text: the leftmost, and of those the longest. A trie, so the longest token bounds the work at each place.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly Node _root = new();

    /// <param name="spelling">How a token is written in the texts that will be split.</param>
    public AddedTokenSplitter(IEnumerable<AddedToken> tokens, Func<string, string> spelling)
    {
        foreach (var token in tokens)
        {
            var node = _root;
            foreach (var character in spelling(token.Content))
            {
                node = node.Next.TryGetValue(character, out var next) ? next : node.Next[character] = new Node();
            }

            node.Token = token;
        }
    }

    /// <summary>Texts between tokens (then Token is null) and tokens, in order.</summary>
    public IEnumerable<(ReadOnlyMemory<char> Text, AddedToken? Token)> Split(ReadOnlyMemory<char> text)
    {
        var (done, at) = (0, 0);
        while (at < text.Length && _root.Next.Count > 0)
        {
            if (Match(text.Span, at) is not ({ } token, var length))
            {
                at++;
                continue;
            }

            var (start, end) = (at, at + length);
            at = end;
            if (start < done || (token.SingleWord && IsInsideWord(text.Span, start, end)))
            {
                continue;
            }

            if (token.LeftStrip)
            {
                start = Math.Max(done, text.Span[..start].TrimEnd().Length);
            }

            if (token.RightStrip)
            {
                end = text.Length - text.Span[end..].TrimStart().Length;
            }

            if (start > done)
            {
                yield return (text[done..start], null);
            }

            yield return (text[start..end], token);
            done = end;
        }

        if (done < text.Length)
        {
            yield return (text[done..], null);
        }
    }

    private (AddedToken? Token, int Length) Match(ReadOnlySpan<char> text, int at)
    {
        var found = (default(AddedToken), 0);
        var node = _root;
        for (var i = at; i < text.Length && node.Next.TryGetValue(text[i], out node); i++)
        {
            if (node.Token is { } token)
            {
                found = (token, i + 1 - at);
            }
        }

        return found;
    }

    private static bool IsInsideWord(ReadOnlySpan<char> text, int start, int end)
    {
        var before = start > 1 && char.IsLowSurrogate(text[start - 1]) ? start - 2 : start - 1;
        return (start > 0 && IsWordCharacter(text, before)) || (end < text.Length && IsWordCharacter(text, end));
    }

    /// <summary>Unicode's \w (UTS #18, annex C), without the few letters among the symbols.</summary>
    private static bool IsWordCharacter(ReadOnlySpan<char> text, int at)
    {
        _ = CodePoint.Read(text, at, out var character);
        return CharUnicodeInfo.GetUnicodeCategory(character) is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
    }

    private sealed class Node
    {
        public Dictionary<char, Node> Next { get; } = [];

        public AddedToken? Token { get; set; }
    }
}
