using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>One file of a policy: its content, and the errors found in it.</summary>
internal sealed class SourceFile
{
    private readonly List<(int Line, string Message)> _errors = [];

    private SourceFile(string name, string? text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>As it stands in messages.</summary>
    public string Name { get; }

    /// <summary>With line feeds alone, whatever the checkout made of them; null when the file could not be read.</summary>
    public string? Text { get; }

    public bool HasErrors => _errors.Count > 0;

    /// <summary>One line each, in the order of the file.</summary>
    public IEnumerable<string> Errors => _errors
        .OrderBy(error => error.Line)
        .Select(error => error.Line == 0 ? $"{Name}: {error.Message}" : string.Create(CultureInfo.InvariantCulture, $"{Name}:{error.Line}: {error.Message}"));

    public static SourceFile Read(string path, string name)
    {
        try
        {
            return new SourceFile(name, File.ReadAllText(path).ReplaceLineEndings("\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var missing = new SourceFile(name, null);
            missing.Error(0, exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : $"cannot be read: {exception.GetType().Name}");
            return missing;
        }
    }

    /// <summary>Thread-safe; only when nobody adds any more may errors be asked for.</summary>
    /// <param name="line">From 1; 0 for the file as a whole.</param>
    public void Error(int line, string message)
    {
        lock (_errors)
        {
            _errors.Add((line, message));
        }
    }

    public YamlNode? Parse() => Text is null ? null : YamlTree.Parse(Text, this);

    /// <summary>Lower-case hexadecimal SHA-256 over the contents, each with its length before it, in the order given.</summary>
    public static string Digest(IEnumerable<SourceFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            var content = Encoding.UTF8.GetBytes(file.Text ?? "");
            hash.AppendData(BitConverter.GetBytes((long)content.Length));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
