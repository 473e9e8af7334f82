using GuardedZephyr.Guardrails;

namespace GuardedZephyr.SemanticKernel;

/// <summary>Settings of <c>AddGuardedZephyr</c>; the service reads them from the configuration section <c>GuardedZephyr</c>.</summary>
public sealed class GuardedZephyrOptions : GuardrailsOptions
{
    public ModelOptions Model { get; } = new();

    public sealed class ModelOptions
    {
        /// <summary>Model folder in onnxruntime-genai's layout. Default: the embedded demonstration model.</summary>
        public string Path { get; set; } = "models/zephyr-nano";
    }
}
