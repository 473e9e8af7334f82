using System.Security.Cryptography;
using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>Reads and checks a classifier's folder: <c>model.onnx</c> and <c>classifier.json</c>.</summary>
internal static class ClassifierFolder
{
    public const string ModelFile = "model.onnx";
    public const string DescriptionFile = "classifier.json";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The description, and the model's bytes with the digest that it states.</returns>
    public static (ClassifierDescription Description, byte[] Model) Read(string folder)
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
