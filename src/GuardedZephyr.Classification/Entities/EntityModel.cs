using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>A token classifier for names: its session, tokenizer and labels. Thread-safe.</summary>
public sealed class EntityModel : IDisposable
{
    private readonly EncoderDescription _description;
    private readonly IReadOnlyList<EntityTag> _tags;
    private readonly EncoderSession _session;

    private EntityModel(EncoderDescription description, IReadOnlyList<EntityTag> tags, EncoderSession session)
    {
        _description = description;
        _tags = tags;
        _session = session;
        EntityTypes = [.. tags.Select(tag => tag.Type).Where(type => type.Length > 0).Distinct()];
    }

    /// <summary>The folder's name.</summary>
    public string Name => _description.Name;

    /// <summary>What the labels name, without their prefixes: <c>PER</c>, <c>LOC</c> ...</summary>
    public IReadOnlyList<string> EntityTypes { get; }

    /// <exception cref="ClassifierFolderException">The folder has not what a token classifier needs; the message names the file and the fault.</exception>
    public static EntityModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var description = EncoderFolder.Read(folder);
        return new EntityModel(description, EntityTag.Of(description), EncoderSession.Open(description, isPerToken: true));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>The names in a text, by offset. A sentence that is too long is judged in parts that overlap.</summary>
    /// <param name="expired">Stops a run that is under way.</param>
    /// <exception cref="OperationCanceledException"><paramref name="expired"/> came before the end.</exception>
    internal IReadOnlyList<EntitySpan> Find(string text, CancellationToken expired)
    {
        var spans = new List<EntitySpan>();
        foreach (var sentence in EntitySentences.Cut(text))
        {
            FindIn(text, sentence, spans, expired);
        }

        return EntitySpan.Merge(spans);
    }

    private void FindIn(string text, TextWindow window, List<EntitySpan> spans, CancellationToken expired)
    {
        expired.ThrowIfCancellationRequested();
        var tokens = _description.Tokenizer.Tokenize(text.AsSpan(window.Start, window.Length));
        if (tokens.Count > _description.MaxTokens && EntitySentences.Halve(text, window) is { } halves)
        {
            FindIn(text, halves.Left, spans, expired);
            FindIn(text, halves.Right, spans, expired);
            return;
        }

        if (tokens.Count > _description.MaxTokens)
        {
            throw new DetectionException($"The entity model '{Name}' cannot judge one character of {tokens.Count} tokens.");
        }

        if (tokens.Any(token => token.StartsWord))
        {
            var scores = _session.Run([_description.Tokenizer.Start, .. tokens.Select(token => (long)token.Id), _description.Tokenizer.End], 1, expired);
            Collect(tokens, scores, window.Start, spans);
        }
    }

    /// <summary>The first token of a word says what the word is; the words of one name become one span.</summary>
    private void Collect(IReadOnlyList<EncoderToken> tokens, float[] scores, int offset, List<EntitySpan> spans)
    {
        var open = default(EntitySpan);
        var words = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].StartsWord)
            {
                continue;
            }

            var (tag, probability) = Best(scores.AsSpan((i + 1) * _tags.Count, _tags.Count));
            var goesOn = words > 0 && tag.Position is (EntityPosition.Inside or EntityPosition.End) && tag.Type == open.Type;
            if (words > 0 && !goesOn)
            {
                spans.Add(open with { Score = open.Score / words });
                words = 0;
            }

            if (tag.Position != EntityPosition.Outside)
            {
                var start = goesOn ? open.Start : offset + tokens[i].Start;
                open = new EntitySpan(tag.Type, start, offset + tokens[i].Start + tokens[i].Length - start, (goesOn ? open.Score : 0) + probability);
                words++;
            }

            if (tag.Position is EntityPosition.End or EntityPosition.Single)
            {
                spans.Add(open with { Score = open.Score / words });
                words = 0;
            }
        }

        if (words > 0)
        {
            spans.Add(open with { Score = open.Score / words });
        }
    }

    /// <summary>The most probable tag, and its softmax probability.</summary>
    private (EntityTag Tag, double Probability) Best(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            if (!float.IsFinite(logits[i]))
            {
                throw new DetectionException($"The entity model '{Name}' gave something that is no number.");
            }

            best = logits[i] > logits[best] ? i : best;
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - logits[best]);
        }

        return (_tags[best], 1 / sum);
    }
}
