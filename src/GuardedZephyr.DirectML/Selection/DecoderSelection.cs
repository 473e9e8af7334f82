using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.DirectML;

/// <summary>Decides what runs a model folder: this project's engine on the CPU, or onnxruntime-genai.</summary>
/// <param name="exit">Ends the process; called when a lost device does not come back and the settings ask for it.</param>
public sealed partial class DecoderSelection(ILogger<DecoderSelection> logger, TimeProvider time, Action exit)
{
    internal bool IsWindows { get; init; } = OperatingSystem.IsWindows();

    internal Func<bool> HasLibrary { get; init; } = () => GenAiProcess.HasLibrary;

    internal Func<GenAiSettings, IGenAiModel> OpenModel { get; init; } = GenAiModel.Open;

    internal Action<TimeSpan>? Wait { get; init; }

    /// <summary>Decides, and says so in one log line. Nothing is loaded yet.</summary>
    /// <returns>For <see cref="DecodeEngine.Load"/>; null is its own decoder on the CPU.</returns>
    /// <exception cref="ModelDeviceException">The device is asked for and not to be had, or the folder was exported for another.</exception>
    public Func<CachePlan, IDecoder>? Choose(ModelFolder model, ModelDevice wanted, DeviceLostAction onLost = DeviceLostAction.Cpu)
    {
        ArgumentNullException.ThrowIfNull(model);
        switch (wanted)
        {
            case ModelDevice.Cpu:
                LogChosen("cpu", "Model:Device says so");
                return null;
            case ModelDevice.DirectML:
            case ModelDevice.Cuda:
                Require(model, wanted);
                return Open(model, onLost, wanted, "Model:Device says so");
            case ModelDevice.Auto when model.Target == ModelTarget.Cpu:
                LogChosen("cpu", "the folder is exported for it");
                return null;
            case ModelDevice.Auto when !HasLibrary():
                LogChosen("cpu", $"the folder is exported for {Name(model.Target)}, but this build has no onnxruntime-genai");
                return null;
            case ModelDevice.Auto when model.Target == ModelTarget.DirectML && !IsWindows:
                return Open(model, onLost, ModelDevice.Cpu, "the folder is exported for directml, but this is not Windows; onnxruntime-genai runs it on the CPU");
            case ModelDevice.Auto:
                return Open(model, onLost, model.Target == ModelTarget.DirectML ? ModelDevice.DirectML : ModelDevice.Cuda, "the folder is exported for it", fallsBack: true);
            default:
                throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "There is no such device.");
        }
    }

    private void Require(ModelFolder model, ModelDevice wanted)
    {
        if (wanted == ModelDevice.DirectML && !IsWindows)
        {
            throw new ModelDeviceException("Model:Device is directml, which needs Windows; set it to auto, cpu or cuda");
        }

        if (!HasLibrary())
        {
            throw new ModelDeviceException($"Model:Device is {Name(wanted)}, but this build has no onnxruntime-genai; build with '{BuildFor(wanted)}' (docs/devices.md), or set Model:Device to auto");
        }

        if (model.Target != (wanted == ModelDevice.DirectML ? ModelTarget.DirectML : ModelTarget.Cuda))
        {
            throw new ModelDeviceException(
                $"Model:Device is {Name(wanted)}, but the folder '{model.Name}' is exported for {Name(model.Target)}; export it with 'zephyr model export --from <checkpoint> --to <folder> --target {Name(wanted)}', or set Model:Device to auto");
        }
    }

    private Func<CachePlan, IDecoder> Open(ModelFolder model, DeviceLostAction onLost, ModelDevice device, string reason, bool fallsBack = false) =>
        new DeviceDecoders(model, device, OpenModel, logger, time)
        {
            OnLost = onLost,
            FallsBackAtStart = fallsBack,
            Chosen = why => LogChosen(Name(why is null ? device : ModelDevice.Cpu), why ?? reason),
            Exit = exit,
            Wait = Wait ?? (delay => Task.Delay(delay, time).GetAwaiter().GetResult()),
        }.Open;

    internal static string Name(ModelDevice device) => device switch
    {
        ModelDevice.DirectML => "directml",
        ModelDevice.Cuda => "cuda",
        _ => "cpu",
    };

    private static string Name(ModelTarget target) => target.ToString().ToLowerInvariant();

    private static string BuildFor(ModelDevice device) =>
        device == ModelDevice.Cuda ? "dotnet build -p:GenAI=true -p:GenAIPackage=Microsoft.ML.OnnxRuntimeGenAI.Cuda" : "dotnet build -p:GenAI=true";

    private void LogChosen(string device, string reason) => LogChosen(logger, device, reason);

    [LoggerMessage(LogLevel.Information, "The model runs on {Device}: {Reason}")]
    private static partial void LogChosen(ILogger logger, string device, string reason);
}
