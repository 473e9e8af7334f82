namespace GuardedZephyr.Bench;

/// <summary>A policy with every pack of a folder on, which redacts whatever they find.</summary>
internal static class AllPacks
{
    /// <param name="policies">Folder that holds <c>pii</c> with the packs.</param>
    public static PiiScanner Load(string policies)
    {
        var folder = Directory.CreateTempSubdirectory("zephyr-bench-");
        try
        {
            var packFolder = folder.CreateSubdirectory("pii");
            var files = Directory.GetFiles(Path.Combine(policies, "pii"), "*.yaml").Order(StringComparer.Ordinal).ToArray();
            foreach (var file in files)
            {
                File.Copy(file, Path.Combine(packFolder.FullName, Path.GetFileName(file)));
            }

            File.WriteAllText(Path.Combine(folder.FullName, "responses.yaml"), "refusal: No.\nunjudged: No.\n");
            var packs = files.Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
            var first = Write(folder.FullName, packs, "[EMAIL_ADDRESS]");
            return new PiiScanner(Write(folder.FullName, packs, $"[{string.Join(", ", new PiiScanner(first).Entities)}]"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(string folder, IEnumerable<string> packs, string entities)
    {
        var file = Path.Combine(folder, "all.yaml");
        File.WriteAllText(file, $$"""
            name: all-packs
            version: 1
            responses: responses.yaml
            detectors:
              pii: { packs: [{{string.Join(", ", packs)}}] }
            rules:
              - id: pii
                when: { entity: {{entities}} }
                action: redact
            """);
        return file;
    }
}
