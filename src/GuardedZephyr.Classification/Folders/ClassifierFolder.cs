using System.Security.Cryptography;
using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>
/// A harm classifier's folder: the project's own kind has a <c>classifier.json</c> beside its <c>model.onnx</c>, a sequence classifier in the Hugging Face
/// layout a <c>config.json</c>.
/// </summary>
public static class ClassifierFolder
{
    internal const string ModelFile = "model.onnx";
    internal const string DescriptionFile = "classifier.json";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="labels">What a sequence classifier's labels are called in rules; see <see cref="SequenceClassifier.Load"/>. The project's own kind needs none.</param>
    /// <exception cref="ClassifierFolderException">The folder has not what a classifier needs; the message names the file and the fault.</exception>
    /// <exception cref="ClassifierLabelsException"><paramref name="labels"/> names labels that the classifier does not let be mapped.</exception>
    public static IHarmClassifier Load(string folder, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(labels);
        if (File.Exists(Path.Combine(folder, DescriptionFile)))
        {
            return labels.Count == 0 ? HarmClassifier.Load(folder)
                : throw new ClassifierLabelsException($"labels is for classifiers with a {EncoderFolder.ConfigFile}; '{folder}' has a {DescriptionFile}, whose labels are those of the rules");
        }

        return File.Exists(Path.Combine(folder, EncoderFolder.ConfigFile)) ? SequenceClassifier.Load(folder, labels)
            : !Directory.Exists(folder) ? throw new ClassifierFolderException($"Classifier folder '{folder}' does not exist: give a folder with {ModelFile} and {DescriptionFile} or {EncoderFolder.ConfigFile}.")
            : throw new ClassifierFolderException($"'{folder}' is no classifier's folder: it has neither {DescriptionFile} nor {EncoderFolder.ConfigFile}.");
    }

    /// <returns>The description, and the model's bytes with the digest that it states.</returns>
    internal static (ClassifierDescription Description, byte[] Model) Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ClassifierFolderException($"Classifier folder '{folder}' does not exist: give a folder with {ModelFile} and {DescriptionFile}.");
        }

        var description = ReadDescription(Path.Combine(folder, DescriptionFile));
        var path = Path.Combine(folder, ModelFile);
        var model = ReadFile(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(model));
        return digest == description.Sha256
            ? (description, model)
            : throw new ClassifierFolderException(
                $"'{path}' ({model.Length} bytes) has SHA-256 {digest}, {DescriptionFile} says {description.Sha256}: the file is truncated or of another version; copy the folder again.");
    }

    private static ClassifierDescription ReadDescription(string path)
    {
        ClassifierDescription? description;
        try
        {
            description = JsonSerializer.Deserialize<ClassifierDescription>(ReadFile(path), Json);
        }
        catch (JsonException e)
        {
            throw new ClassifierFolderException($"'{path}' is not a classifier's description: {e.Message.ReplaceLineEndings(" ")}", e);
        }

        string[] problems = description is null ? ["it is null"] : [.. Problems(description)];
        return problems.Length == 0
            ? description!
            : throw new ClassifierFolderException($"'{path}' cannot be used: {string.Join("; ", problems)}.");
    }

    private static IEnumerable<string> Problems(ClassifierDescription description)
    {
        if (description.Labels.Count == 0)
        {
            yield return "labels is empty";
        }

        if (description.Labels.Any(label => string.IsNullOrWhiteSpace(label.Name)) || description.Labels.DistinctBy(label => label.Name).Count() < description.Labels.Count)
        {
            yield return "each label needs a name of its own";
        }

        foreach (var label in description.Labels.Where(label => !(label.Threshold is > 0 and < 1)))
        {
            yield return $"the threshold of label '{label.Name}' is not between 0 and 1";
        }

        foreach (var problem in description.Features.Problems())
        {
            yield return problem;
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClassifierFolderException(
                File.Exists(path) ? $"'{path}' cannot be read: {e.Message}" : $"'{path}' is missing: a classifier's folder has {ModelFile} and {DescriptionFile}.", e);
        }
    }
}
