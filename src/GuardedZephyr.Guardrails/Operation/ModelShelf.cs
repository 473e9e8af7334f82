using System.Security.Cryptography;
using System.Text;
using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>The models in use, by what is in their folders: policies that name the same model share it. Thread-safe.</summary>
internal sealed class ModelShelf
{
    private readonly Lock _lock = new();
    private readonly List<SharedModel> _models = [];

    /// <returns>The model, taken once for the caller.</returns>
    /// <exception cref="ClassifierFolderException">The model cannot be used.</exception>
    /// <exception cref="PolicyFileException">The model lacks a label that the policy names.</exception>
    public SharedModel Harm(HarmSettings settings, string policyPath) => Take($"harm {Digest(settings.ModelPath)} {Use(settings.Labels)}", key =>
    {
        try
        {
            IHarmClassifier classifier = ClassifierFolder.Load(settings.ModelPath, settings.Labels);
            return new SharedModel(key, new HarmDetector(classifier), classifier, classifier.Labels);
        }
        catch (ClassifierLabelsException e)
        {
            throw new PolicyFileException(policyPath, [$"detectors.harm: {e.Message}"]);
        }
    });

    /// <inheritdoc cref="Harm"/>
    /// <exception cref="PolicyFileException">The model lacks a label that the policy names.</exception>
    public SharedModel Names(NerSettings settings, string policyPath) => Take($"ner {Digest(settings.ModelPath)} {Use(settings.Entities)}", key =>
        {
            EntityModel model = EntityModel.Load(settings.ModelPath);
            if (EntityDetector.Missing(model, settings.Entities) is { Count: > 0 } missing)
            {
                model.Dispose();
                throw new PolicyFileException(policyPath, [$"detectors.ner: entities names label(s) {string.Join(", ", missing)}, which the model '{model.Name}' does not have; it has {string.Join(", ", model.EntityTypes)}"]);
            }

            return new SharedModel(key, new EntityDetector(model, settings.Entities), model, model.EntityTypes);
        });

    private static string Use(IReadOnlyDictionary<string, string> names) =>
        string.Join(',', names.OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => $"{name.Key}={name.Value}"));

    private SharedModel Take(string key, Func<string, SharedModel> load)
    {
        lock (_lock)
        {
            if (_models.Find(model => model.Key == key) is { } shared && shared.Users.TryTake())
            {
                return shared;
            }

            SharedModel loaded = load(key);
            _models.RemoveAll(model => model.Users.IsClosed);
            _models.Add(loaded);
            return loaded;
        }
    }

    /// <summary>Of every file in the folder, with its name; of nothing when there is no folder, which loading will say.</summary>
    private static string Digest(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (string path in (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).Order(StringComparer.Ordinal))
            {
                using FileStream file = File.OpenRead(path);
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
                hash.AppendData(SHA256.HashData(file));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClassifierFolderException($"'{folder}' cannot be read: {exception.Message}", exception);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
