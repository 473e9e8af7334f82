using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Training.Nano.Lessons;
using Spectre.Console;
using static TorchSharp.torch;

namespace GuardedZephyr.Training.Nano;

/// <summary>Accuracy on questions that training never saw. A question counts when greedy decoding writes one of its right replies, word for word.</summary>
internal sealed class HeldOutReport(NanoModel model, BytePairTokenizer tokenizer, Curriculum curriculum, int seed)
{
    private const int PerLesson = 60;

    /// <returns>The share of right replies over all lessons.</returns>
    public double Print()
    {
        model.eval();
        var table = new Table().AddColumns("lesson", "questions", "right");
        var (asked, right) = (0, 0);
        foreach (var lesson in curriculum.Lessons)
        {
            var random = new Random(seed);
            var questions = lesson.HeldOut(random).ToArray();
            random.Shuffle(questions);
            var chosen = questions.Take(PerLesson).ToList();
            if (chosen.Count == 0)
            {
                continue;
            }

            var correct = chosen.Count(question => question.Right.Any(reply => Writes(question.Exchange.Ask, reply)));
            (asked, right) = (asked + chosen.Count, right + correct);
            table.AddRow(lesson.Name, $"{chosen.Count}", $"{(double)correct / chosen.Count:P0}");
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine($"held out: {right} of {asked} right ({(double)right / asked:P1})");
        return (double)right / asked;
    }

    /// <summary>Greedy decoding gives exactly this reply when each of its tokens is the most likely one after those before it.</summary>
    private bool Writes(string ask, string reply)
    {
        var row = TrainingRow.Create(tokenizer, [new ChatTurn(TurnRole.User, ask), new ChatTurn(TurnRole.Assistant, reply)]);
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var likeliest = model.forward(tensor(row.Ids.Select(id => (long)id).ToArray()).unsqueeze(0)).argmax(2).data<long>().ToArray();
        return Enumerable.Range(1, row.Ids.Count - 1).All(i => !row.Learnt[i] || likeliest[i - 1] == row.Ids[i]);
    }
}
