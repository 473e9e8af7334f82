using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>A policy with the models that it names, which are taken from a shelf until this is disposed.</summary>
internal sealed class LoadedPolicy(Policy policy, IReadOnlyList<SharedModel> models) : IDisposable
{
    private int _disposed;

    public Policy Policy => policy;

    /// <summary>Detectors that the policy itself does not hold.</summary>
    public IReadOnlyList<SharedModel> Models => models;

    /// <param name="looking">Told of every file and model folder before it is read, also where the policy cannot be used.</param>
    /// <exception cref="PolicyFileException">The policy cannot be used, or it names labels that a model lacks.</exception>
    /// <exception cref="ClassifierFolderException">A model cannot be used.</exception>
    public static LoadedPolicy Load(string path, ModelShelf shelf, Action<string>? looking = null)
    {
        Policy policy = PolicyFile.Load(path, looking);
        foreach (string folder in new[] { policy.Harm?.ModelPath, policy.Ner?.ModelPath }.OfType<string>())
        {
            looking?.Invoke(folder);
        }

        var loaded = new List<SharedModel>();
        try
        {
            if (policy.Ner is { } ner)
            {
                loaded.Add(shelf.Names(ner, path));
            }

            IReadOnlyList<string> labels = [];
            if (policy.Harm is { } harm)
            {
                loaded.Add(shelf.Harm(harm, path));
                labels = loaded[^1].Labels;
            }

            string[] missing = [.. policy.RequiredLabels.Except(labels)];
            return missing.Length == 0
                ? new LoadedPolicy(policy, loaded)
                : throw new PolicyFileException(path, [$"the rules name label(s) {string.Join(", ", missing)}, which the harm classifier does not have; it has {string.Join(", ", labels)}"]);
        }
        catch
        {
            loaded.ForEach(model => model.Users.Release());
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            foreach (SharedModel model in models)
            {
                model.Users.Release();
            }
        }
    }
}
