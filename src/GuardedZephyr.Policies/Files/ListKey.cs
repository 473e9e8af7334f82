namespace GuardedZephyr.Policies;

/// <summary>
/// Where the key of hashed list values is: a file beside the policy or an environment variable, in hexadecimal or else base64. It is no part
/// of the policy's digest.
/// </summary>
internal static class ListKey
{
    /// <returns>Null when there is none, or none that can be used.</returns>
    public static ListHasher? Read(MapReader? reader, PolicySources sources)
    {
        if (reader is null)
        {
            return null;
        }

        reader.Owner = "detectors.lists.key";
        var file = reader.Text("file");
        var environment = reader.Text("environment");
        reader.Done();
        if (reader.Has("file") == reader.Has("environment"))
        {
            reader.Error(reader.Line, "needs either 'file' or 'environment'");
            return null;
        }

        var written = file is not null ? FromFile(reader, file, sources) : environment is not null ? FromEnvironment(reader, environment) : null;
        if (written is null)
        {
            return null;
        }

        try
        {
            return ListHasher.Parse(written);
        }
        catch (FormatException exception)
        {
            reader.Error((file ?? environment)!.Line, exception.Message);
            return null;
        }
    }

    private static string? FromFile(MapReader reader, YamlText path, PolicySources sources)
    {
        var source = sources.Read(path.Value);
        if (source.Text is null)
        {
            reader.Error(path.Line, source.Errors.First());
        }

        return source.Text;
    }

    private static string? FromEnvironment(MapReader reader, YamlText name)
    {
        var value = Environment.GetEnvironmentVariable(name.Value);
        if (value is null)
        {
            reader.Error(name.Line, $"the environment variable {name.Value} is not set");
        }

        return value;
    }
}
