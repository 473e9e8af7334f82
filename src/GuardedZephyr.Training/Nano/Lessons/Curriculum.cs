using GuardedZephyr.Inference.Chat;

namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>All lessons, and conversations drawn from them. The same random numbers give the same conversations.</summary>
internal sealed class Curriculum
{
    private const double EchoShare = 0.05;
    private const double SystemShare = 0.1;
    private const double SingleShare = 0.7;
    private const double RoughShare = 0.35;
    private readonly LessonFile _file;
    private readonly EchoLesson _echo;
    private readonly double _totalWeight;

    public Curriculum(LessonFile file)
    {
        _file = file;
        _echo = new EchoLesson(file);
        Lessons = file.Lessons.ConvertAll(entry => new Lesson(entry, file.Slots));
        _totalWeight = Lessons.Sum(lesson => lesson.Weight);
    }

    public IReadOnlyList<Lesson> Lessons { get; }

    /// <summary>One to five exchanges in a row, so that a reply depends on the last question and not on what came before.</summary>
    /// <param name="echoShare">How many of the exchanges are to repeat words.</param>
    public IReadOnlyList<ChatTurn> Draw(Random random, double echoShare = EchoShare)
    {
        var turns = new List<ChatTurn>();
        if (random.NextDouble() < SystemShare)
        {
            turns.Add(new ChatTurn(TurnRole.System, _file.Systems[random.Next(_file.Systems.Count)]));
        }

        var exchanges = random.NextDouble() < SingleShare ? 1 : random.Next(2, 6);
        for (var i = 0; i < exchanges; i++)
        {
            var exchange = random.NextDouble() < echoShare ? _echo.Draw(random) : DrawLesson(random).Draw(random);
            turns.Add(new ChatTurn(TurnRole.User, Roughen(exchange.Ask, random)));
            turns.Add(new ChatTurn(TurnRole.Assistant, exchange.Say));
        }

        return turns;
    }

    private Lesson DrawLesson(Random random)
    {
        var point = random.NextDouble() * _totalWeight;
        foreach (var lesson in Lessons)
        {
            point -= lesson.Weight;
            if (point < 0)
            {
                return lesson;
            }
        }

        return Lessons[^1];
    }

    /// <summary>People type in lower case, leave out marks and add courtesies.</summary>
    private static string Roughen(string ask, Random random)
    {
        if (random.NextDouble() >= RoughShare)
        {
            return ask;
        }

        return random.Next(9) switch
        {
            0 => ask.ToLowerInvariant(),
            1 => ask.TrimEnd('.', '?', '!'),
            2 => ask.ToLowerInvariant().TrimEnd('.', '?', '!'),
            3 => ask.Replace('"', '\''),
            4 => ask.Replace("\"", "", StringComparison.Ordinal),
            5 => $"Please: {ask}",
            6 => $"{ask.TrimEnd('.', '?', '!')}, please.",
            7 => $"Hi! {ask}",
            _ => $"{ask.TrimEnd('.', '?', '!')}?",
        };
    }
}
