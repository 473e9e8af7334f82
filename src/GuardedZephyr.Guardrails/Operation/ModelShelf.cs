using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GuardedZephyr.Classification;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>The models in use, by what is in their folders: policies that name the same model share it. Thread-safe.</summary>
internal sealed class ModelShelf(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<SharedModel> _models = [];

    /// <returns>The model, taken once for the caller.</returns>
    /// <exception cref="ClassifierFolderException">The model cannot be used.</exception>
    public SharedModel Harm(HarmSettings settings) => Take($"harm {Digest(settings.ModelPath)}", key =>
    {
        HarmClassifier classifier = HarmClassifier.Load(settings.ModelPath);
        return new SharedModel(key, new HarmDetector(classifier), classifier, classifier.Labels);
    });

    /// <inheritdoc cref="Harm"/>
    /// <exception cref="PolicyFileException">The model lacks a label that the policy names.</exception>
    public SharedModel Names(NerSettings settings, string policyPath)
    {
        string use = string.Join(',', settings.Entities.OrderBy(entity => entity.Key, StringComparer.Ordinal).Select(entity => $"{entity.Key}={entity.Value}"));
        return Take(string.Create(CultureInfo.InvariantCulture, $"ner {Digest(settings.ModelPath)} {settings.Timeout.TotalMilliseconds} {use}"), key =>
        {
            EntityModel model = EntityModel.Load(settings.ModelPath);
            if (EntityDetector.Missing(model, settings.Entities) is { Count: > 0 } missing)
            {
                model.Dispose();
                throw new PolicyFileException(policyPath, [$"detectors.ner: entities names label(s) {string.Join(", ", missing)}, which the model '{model.Name}' does not have; it has {string.Join(", ", model.EntityTypes)}"]);
            }

            return new SharedModel(key, new EntityDetector(model, settings.Entities, settings.Timeout, time), model, model.EntityTypes);
        });
    }

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
