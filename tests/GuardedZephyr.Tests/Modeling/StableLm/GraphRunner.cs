using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>
/// Runs an exported graph of any target on ONNX Runtime's CPU provider. Slots share one buffer for each layer's keys and one for its
/// values, bound as past and as present.
/// </summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly int _length;
    private readonly bool _half;
    private readonly Dictionary<string, Array> _caches = [];

    public GraphRunner(string folder, int slots = 1, int length = 64)
    {
        _length = length;
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        _session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
        _half = _session.InputMetadata["past_key_values.0.key"].ElementDataType == TensorElementType.Float16;
        foreach (var (name, input) in _session.InputMetadata.Where(input => input.Key.StartsWith("past_", StringComparison.Ordinal)))
        {
            var size = slots * input.Dimensions[1] * length * input.Dimensions[3];
            _caches[name] = _half ? new Float16[size] : new float[size];
        }
    }

    public IEnumerable<string> Inputs => _session.InputMetadata.Keys;

    /// <summary>Runs rows of equal length on consecutive slots; <paramref name="past"/> is what each has in its cache.</summary>
    /// <returns>Each row's logits after its last token.</returns>
    public float[][] Run(int firstSlot, int[][] ids, params int[] past)
    {
        var (rows, count) = (ids.Length, ids[0].Length);
        var total = past.Max() + count;
        var mask = new long[rows * total];
        for (var row = 0; row < rows; row++)
        {
            mask.AsSpan(row * total, past[row] + count).Fill(1);
        }

        using var binding = _session.CreateIoBinding();
        using var values = new DisposableList<OrtValue>();
        Bind("input_ids", ids.SelectMany(row => row.Select(id => (long)id)).ToArray(), rows, count);
        Bind("attention_mask", mask, rows, total);
        if (_session.InputMetadata.ContainsKey("position_ids"))
        {
            Bind("position_ids", past.SelectMany(first => Enumerable.Range(first, count).Select(position => (long)position)).ToArray(), rows, count);
        }

        foreach (var (name, cache) in _caches)
        {
            var shape = _session.InputMetadata[name].Dimensions;
            var slot = shape[1] * _length * shape[3];
            long[] part = [rows, shape[1], _length, shape[3]];
            var value = cache is float[] single ? Value(single.AsMemory(firstSlot * slot, rows * slot), part) : Value(((Float16[])cache).AsMemory(firstSlot * slot, rows * slot), part);
            binding.BindInput(name, value);
            binding.BindOutput(name.Replace("past_key_values", "present", StringComparison.Ordinal), value);
        }

        var vocabulary = _session.OutputMetadata["logits"].Dimensions[2];
        Array logits = _half ? new Float16[rows * vocabulary] : new float[rows * vocabulary];
        long[] outcome = [rows, 1, vocabulary];
        binding.BindOutput("logits", logits is float[] numbers32 ? Value(numbers32.AsMemory(), outcome) : Value(((Float16[])logits).AsMemory(), outcome));
        using var options = new RunOptions();
        _session.RunWithBinding(options, binding);
        return [.. (logits as float[] ?? Array.ConvertAll((Float16[])logits, number => (float)number)).Chunk(vocabulary)];

        void Bind(string name, long[] numbers, params long[] shape) => binding.BindInput(name, Value(numbers.AsMemory(), shape));

        OrtValue Value<T>(Memory<T> memory, long[] shape) where T : unmanaged
        {
            var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
            values.Add(value);
            return value;
        }
    }

    public void Dispose() => _session.Dispose();

    private sealed class DisposableList<T> : List<T>, IDisposable where T : IDisposable
    {
        public void Dispose() => ForEach(item => item.Dispose());
    }
}
