namespace GuardedZephyr.Modeling.StableLm;

/// <summary>How the weights are stored; the CPU always computes in float32.</summary>
public enum ExportPrecision
{
    Fp32,

    /// <summary>Half the size; ONNX Runtime widens the weights once, when it loads them.</summary>
    Fp16,
}
