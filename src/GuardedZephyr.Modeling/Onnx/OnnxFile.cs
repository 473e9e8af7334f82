using System.Globalization;

namespace GuardedZephyr.Modeling.Onnx;

/// <summary>Saves a graph as an ONNX model file (IR 10, ai.onnx 21, com.microsoft 1).</summary>
public static class OnnxFile
{
    /// <summary>Offsets in the data file are multiples of this, so that ONNX Runtime can map tensors instead of reading them.</summary>
    public const int Alignment = 4096;

    /// <summary>Initializers smaller than this stay inside the model file even when there is a data file.</summary>
    public const int InlineLimit = 1024;

    /// <summary>
    /// Writes the model, and the data file when one is named. Both are written under temporary names beside their final ones
    /// and renamed when complete; the model file is renamed last.
    /// </summary>
    /// <param name="dataFileName">Name, without a folder, of the file for the tensors' bytes; null keeps them inline (2 GB at most).</param>
    /// <param name="progress">Bytes of tensors written so far.</param>
    public static void Save(
        OnnxGraph graph, string path, string? dataFileName = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var dataPath = dataFileName is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, dataFileName);
        var (partial, partialData) = (path + ".partial", dataPath + ".partial");
        try
        {
            var places = dataPath is null ? [] : WriteData(graph, partialData, progress, cancellationToken);
            File.WriteAllBytes(partial, OnnxMessages.Model(graph, tensor => Place(tensor, dataFileName, places)));
            cancellationToken.ThrowIfCancellationRequested();
            if (dataPath is not null)
            {
                File.Move(partialData, dataPath, overwrite: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(partialData);
        }
    }

    private static Dictionary<string, long> WriteData(OnnxGraph graph, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var offsets = new Dictionary<string, long>();
        using var stream = File.Create(path);
        foreach (var tensor in graph.Initializers.Where(tensor => tensor.ByteLength >= InlineLimit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var offset = (stream.Position + Alignment - 1) / Alignment * Alignment;
            stream.SetLength(offset);
            stream.Position = offset;
            tensor.WriteTo(stream);
            offsets.Add(tensor.Name, offset);
            progress?.Report(stream.Position);
        }

        return offsets;
    }

    private static (string Key, string Value)[]? Place(OnnxTensor tensor, string? dataFileName, Dictionary<string, long> offsets) =>
        offsets.TryGetValue(tensor.Name, out var offset)
            ?
            [
                ("location", dataFileName!),
                ("offset", offset.ToString(CultureInfo.InvariantCulture)),
                ("length", tensor.ByteLength.ToString(CultureInfo.InvariantCulture)),
            ]
            : null;
}
