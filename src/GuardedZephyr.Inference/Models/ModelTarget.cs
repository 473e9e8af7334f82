namespace GuardedZephyr.Inference.Models;

/// <summary>What a model folder's graph was exported for.</summary>
public enum ModelTarget
{
    /// <summary>float32 cache and logits: this project's engine runs it.</summary>
    Cpu,

    /// <summary>float16, for onnxruntime-genai on DirectML.</summary>
    DirectML,

    /// <summary>float16, for onnxruntime-genai on CUDA.</summary>
    Cuda,
}
