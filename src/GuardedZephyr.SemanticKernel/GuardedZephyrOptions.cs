using GuardedZephyr.DirectML;
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

        /// <summary>What the model runs on: auto, cpu, directml or cuda. All but cpu may need a build with onnxruntime-genai (docs/devices.md).</summary>
        public ModelDevice Device { get; set; }

        /// <summary>When a graphics device is lost and does not come back: cpu goes on there, exit ends the process for its supervisor to start it again.</summary>
        public DeviceLostAction OnDeviceLost { get; set; }
    }
}
