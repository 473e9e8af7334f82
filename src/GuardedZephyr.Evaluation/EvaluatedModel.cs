using GuardedZephyr.Classification;

namespace GuardedZephyr.Evaluation;

/// <summary>A classifier, and what its folder says of it.</summary>
internal sealed class EvaluatedModel : IDisposable
{
    private readonly HarmClassifier _classifier;

    private EvaluatedModel(ClassifierDescription description, long bytes, HarmClassifier classifier)
    {
        Description = description;
        Bytes = bytes;
        _classifier = classifier;
    }

    public ClassifierDescription Description { get; }

    /// <summary>Size of the model's file.</summary>
    public long Bytes { get; }

    public IReadOnlyList<string> Labels => _classifier.Labels;

    /// <exception cref="ClassifierFolderException">The folder cannot be used.</exception>
    public static EvaluatedModel Load(string folder)
    {
        var (description, model) = ClassifierFolder.Read(folder);
        return new EvaluatedModel(description, model.Length, HarmClassifier.Load(folder));
    }

    /// <param name="progress">Texts done, of all, and the set they belong to.</param>
    /// <exception cref="Policies.DetectionException">The model cannot judge a text.</exception>
    public EvaluationResult Measure(IReadOnlyList<EvaluationSet> sets, Action<int, int, string> progress, CancellationToken cancellationToken)
    {
        var scorer = new SetScorer(text => [.. _classifier.Classify(text, cancellationToken).Select(score => (float)score.Score)], TimeProvider.System);
        var total = sets.Sum(set => set.Examples.Count);
        var before = 0;
        var scored = new List<ScoredSet>();
        foreach (var set in sets)
        {
            scored.Add(scorer.Score(set, done => progress(before + done, total, set.Name), cancellationToken));
            before += set.Examples.Count;
        }

        return EvaluationResult.Of(Description, scored, scorer.Speed);
    }

    public void Dispose() => _classifier.Dispose();
}
