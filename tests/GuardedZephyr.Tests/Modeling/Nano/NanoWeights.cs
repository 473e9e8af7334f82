using GuardedZephyr.Inference.Models;
using GuardedZephyr.Tests.Modeling.StableLm;

namespace GuardedZephyr.Tests.Modeling.Nano;

/// <summary>The checkpoint behind models/zephyr-nano, read back from its ONNX file: packing and transposition undone.</summary>
internal sealed class NanoWeights
{
    private static readonly string[] Packed = ["q_proj", "k_proj", "v_proj"];
    private readonly IReadOnlyDictionary<string, (long[] Shape, float[] Values)> _initializers;

    public NanoWeights(ModelFolder folder)
    {
        _initializers = OnnxInitializers.Read(folder.ModelPath);
        var heads = folder.Decoder.KeyValueHeads;
        Config = new ReferenceShape
        {
            Hidden = heads * folder.Decoder.HeadSize,
            Layers = folder.Decoder.Layers,
            Heads = heads,
            KeyValueHeads = heads,
            RotaryWidth = folder.Decoder.HeadSize / 4,
        };
    }

    public ReferenceShape Config { get; }

    public float[] Read(string name)
    {
        if (name.EndsWith("norm.weight", StringComparison.Ordinal) || name.EndsWith(".bias", StringComparison.Ordinal) || name == "model.embed_tokens.weight")
        {
            return _initializers[name].Values;
        }

        foreach (var (index, part) in Packed.Index())
        {
            if (name.EndsWith($"{part}.weight", StringComparison.Ordinal))
            {
                return Transposed(name.Replace(part, "qkv_proj", StringComparison.Ordinal)).AsSpan(index * Config.Hidden * Config.Hidden, Config.Hidden * Config.Hidden).ToArray();
            }
        }

        return Transposed(name);
    }

    /// <summary>From [in, out] to the checkpoint's [out, in].</summary>
    private float[] Transposed(string name)
    {
        var (shape, values) = _initializers[name];
        var (inputs, outputs) = ((int)shape[0], (int)shape[1]);
        return [.. Enumerable.Range(0, outputs).SelectMany(output => Enumerable.Range(0, inputs).Select(input => values[(input * outputs) + output]))];
    }
}
