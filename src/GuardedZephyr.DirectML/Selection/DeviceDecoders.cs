using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.DirectML;

/// <summary>
/// Opens the decoder of a model on a graphics device, and again when the engine asks for another after a failure. A lost device gets a few tries with
/// growing pauses; then the model goes on on the CPU, or the process ends. Used on one thread.
/// </summary>
internal sealed partial class DeviceDecoders(ModelFolder model, ModelDevice device, Func<GenAiSettings, IGenAiModel> openModel, ILogger logger, TimeProvider time)
{
    /// <summary>Rebuilds after losses that follow each other within <see cref="Forgiven"/>.</summary>
    public const int MaxRebuilds = 3;

    /// <summary>A device that held this long since it was lost gets all its tries again.</summary>
    public static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(10);

    private bool _onCpu = device == ModelDevice.Cpu;
    private bool _opened;
    private bool _lost;
    private int _losses;
    private long _lastLoss;

    public required DeviceLostAction OnLost { get; init; }

    /// <summary>A device that cannot be opened at all is replaced by the CPU.</summary>
    public required bool FallsBackAtStart { get; init; }

    /// <summary>Called once, when the model first runs: with null, or with why it is on the CPU instead.</summary>
    public required Action<string?> Chosen { get; init; }

    public required Action Exit { get; init; }

    public required Action<TimeSpan> Wait { get; init; }

    /// <exception cref="ModelDeviceException">The device cannot be used, or is lost for good.</exception>
    public IDecoder Open(CachePlan plan) => _opened ? OpenAgain(plan) : OpenFirst(plan);

    private GenAiDecoder OpenFirst(CachePlan plan)
    {
        string? reason = null;
        GenAiDecoder decoder;
        try
        {
            decoder = OpenHere(plan);
        }
        catch (GenAiException e) when (FallsBackAtStart && !_onCpu)
        {
            _onCpu = true;
            reason = $"{DecoderSelection.Name(device)} cannot be used ({e.FirstLine}); onnxruntime-genai runs the model on the CPU";
            decoder = OpenOrExplain(plan);
        }
        catch (GenAiException e)
        {
            throw Unusable(e);
        }

        _opened = true;
        Chosen(reason);
        return decoder;
    }

    private GenAiDecoder OpenAgain(CachePlan plan)
    {
        while (_lost && !_onCpu)
        {
            if (_losses > MaxRebuilds)
            {
                GiveUp();
                break;
            }

            var pause = TimeSpan.FromSeconds(1 << (_losses - 1));
            LogRebuilding(logger, DecoderSelection.Name(device), _losses, MaxRebuilds, pause.TotalSeconds);
            Wait(pause);
            try
            {
                var decoder = OpenHere(plan);
                _lost = false;
                return decoder;
            }
            catch (GenAiException)
            {
                // Also with another message: a device that resets is not found, for a while.
                Lost();
            }
        }

        return OpenOrExplain(plan);
    }

    private void GiveUp()
    {
        if (OnLost == DeviceLostAction.Exit)
        {
            LogExits(logger, DecoderSelection.Name(device), _losses);
            Exit();
            throw new ModelDeviceException($"{DecoderSelection.Name(device)} was lost {_losses} times; the process ends (Model:OnDeviceLost is exit)");
        }

        LogGoesOnOnCpu(logger, DecoderSelection.Name(device), _losses);
        _onCpu = true;
    }

    private GenAiDecoder OpenOrExplain(CachePlan plan)
    {
        try
        {
            return OpenHere(plan);
        }
        catch (GenAiException e)
        {
            throw Unusable(e);
        }
    }

    private GenAiDecoder OpenHere(CachePlan plan)
    {
        var settings = new GenAiSettings(Path.GetDirectoryName(model.ModelPath)!, model.VocabularySize, plan.ContextLength, _onCpu);
        return new GenAiDecoder(model, plan, openModel(settings), Failed);
    }

    private void Failed(GenAiException exception)
    {
        if (DeviceLoss.Is(exception))
        {
            Lost();
        }
    }

    private void Lost()
    {
        var now = time.GetTimestamp();
        _lost = true;
        _losses = _losses > 0 && time.GetElapsedTime(_lastLoss, now) > Forgiven ? 1 : _losses + 1;
        _lastLoss = now;
    }

    private ModelDeviceException Unusable(GenAiException e) => new(
        $"onnxruntime-genai cannot run '{model.Name}' on {(_onCpu ? "cpu" : DecoderSelection.Name(device))} ({e.FirstLine}); check the folder, the driver and the memory, or take a folder that is exported for the CPU", e);

    [LoggerMessage(LogLevel.Warning, "{Device} was lost; the model is being opened again ({Try} of {Tries}) in {Seconds} s")]
    private static partial void LogRebuilding(ILogger logger, string device, int @try, int tries, double seconds);

    [LoggerMessage(LogLevel.Error, "{Device} was lost {Times} times; the model goes on on the CPU, slower. Start again to return to the device")]
    private static partial void LogGoesOnOnCpu(ILogger logger, string device, int times);

    [LoggerMessage(LogLevel.Critical, "{Device} was lost {Times} times; the process ends, as Model:OnDeviceLost says")]
    private static partial void LogExits(ILogger logger, string device, int times);
}
