using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>The shape of lessons.yaml.</summary>
internal sealed class LessonFile
{
    /// <summary>Words to choose from at random where a template says {name}.</summary>
    public Dictionary<string, List<string>> Slots { get; init; } = [];

    /// <summary>System messages that change nothing about the replies.</summary>
    public List<string> Systems { get; init; } = [];

    public List<LessonEntry> Lessons { get; init; } = [];

    public static LessonFile Load()
    {
        using var stream = typeof(LessonFile).Assembly.GetManifestResourceStream("lessons.yaml")!;
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build().Deserialize<LessonFile>(reader);
    }
}
