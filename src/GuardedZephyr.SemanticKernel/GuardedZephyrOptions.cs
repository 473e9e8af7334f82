using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.SemanticKernel;

/// <summary>Settings of <c>AddGuardedZephyr</c>; the service reads them from the configuration section <c>GuardedZephyr</c>.</summary>
public sealed class GuardedZephyrOptions : GuardrailsOptions
{
    public ModelOptions Model { get; } = new();

    /// <summary>Slots, memory, queue and threads of the decode engine.</summary>
    public EngineOptions Engine { get; set; } = new();

    public sealed class ModelOptions
    {
        /// <summary>Model folder in onnxruntime-genai's layout. Default: the embedded demonstration model.</summary>
        public string Path { get; set; } = "models/zephyr-nano";
    }
}
