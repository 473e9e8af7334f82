using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>A conversation as ids, and which of them the model learns to write: the assistant's words and end marks.</summary>
internal sealed record TrainingRow(IReadOnlyList<int> Ids, IReadOnlyList<bool> Learnt)
{
    public static TrainingRow Create(BytePairTokenizer tokenizer, IReadOnlyList<ChatTurn> turns)
    {
        var ids = new List<int>();
        var learnt = new List<bool>();
        foreach (var (index, turn) in turns.Index().Where(turn => turn.Item.Role == TurnRole.Assistant))
        {
            var prompt = ChatFormat.Encode(tokenizer, turns.Take(index));
            Add(prompt.Skip(ids.Count), false);
            Add(tokenizer.Encode(turn.Content), true);
            Add([tokenizer.EndOfTextId], true);
        }

        return new TrainingRow(ids, learnt);

        void Add(IEnumerable<int> more, bool learn)
        {
            ids.AddRange(more);
            learnt.AddRange(Enumerable.Repeat(learn, ids.Count - learnt.Count));
        }
    }
}
