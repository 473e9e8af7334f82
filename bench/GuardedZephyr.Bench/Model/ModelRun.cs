namespace GuardedZephyr.Bench;

/// <summary>Measures contenders in turns: each round has all of them, in another order each time.</summary>
internal sealed class ModelRun(IReadOnlyList<IContender> contenders)
{
    public const int ShortContext = 128;
    public const int LongContext = 1024;
    private const int Tokens = 24;
    public static readonly int[] Prompts = [128, 512];
    public static readonly int[] Clients = [1, 2, 4, 8];

    /// <summary>Tokens a second of one sort of work, in each round, for each contender.</summary>
    public sealed record Figure(string Work, string Contender, double Rate);

    public List<Figure> Figures { get; } = [];

    public void Execute(int rounds, ProgressLine progress)
    {
        (string Work, Func<IContender, double> Rate)[] works =
        [
            .. Prompts.Select(tokens => ($"prefill {tokens}", (Func<IContender, double>)(contender => tokens / contender.Prefill(tokens)))),
            ($"decode at {ShortContext}", contender => 1 / contender.Decode(ShortContext, Tokens)),
            ($"decode at {LongContext}", contender => 1 / contender.Decode(LongContext, Tokens)),
            .. Clients.Select(clients => ($"{clients} clients at {ShortContext}", (Func<IContender, double>)(contender => clients / contender.DecodeMany(clients, ShortContext, Tokens)))),
        ];
        var done = 0;

        // A first pass that does not count: code is compiled, pages are read.
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (work, rate) in works)
            {
                for (var i = 0; i < contenders.Count; i++)
                {
                    var contender = contenders[(i + Math.Max(round, 0)) % contenders.Count];
                    progress.Show($"{work}, {contender.Name}", done++, (rounds + 1) * works.Length * contenders.Count);
                    var figure = new Figure(work, contender.Name, rate(contender));
                    if (round >= 0)
                    {
                        Figures.Add(figure);
                    }
                }
            }
        }
    }
}
