using System.Diagnostics.CodeAnalysis;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>How the weights are stored.</summary>
public enum ExportPrecision
{
    Fp32,

    /// <summary>Half the size. On the CPU ONNX Runtime widens the weights once, when it loads them; GPUs compute in it.</summary>
    Fp16,

    /// <summary>4 bits a weight and a scale for each block of a row (com.microsoft.MatMulNBits); the embeddings stay float16.</summary>
    Int4,

    /// <summary>As <see cref="Int4"/>, with 8 bits.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The name that the model is known by, not that of a type.")]
    Int8,
}
