using System.Runtime.InteropServices;
using GuardedZephyr.DirectML.Decoding;

namespace GuardedZephyr.DirectML.Native;

/// <summary>A model that onnxruntime-genai has loaded.</summary>
internal sealed class GenAiModel : IGenAiModel
{
    private readonly int _vocabulary;
    private nint _model;

    private GenAiModel(nint model, int vocabulary)
    {
        (_model, _vocabulary) = (model, vocabulary);
        GenAiProcess.ModelOpened();
    }

    public required string Device { get; init; }

    /// <exception cref="GenAiException">The folder, its graph or the device cannot be used.</exception>
    public static GenAiModel Open(GenAiSettings settings)
    {
        if (!GenAiProcess.HasLibrary)
        {
            throw new GenAiException("this build has no onnxruntime-genai");
        }

        Oga.Check(Oga.CreateConfig(settings.Folder, out var config));
        try
        {
            Oga.Check(Oga.ConfigOverlay(config, settings.Overlay));
            if (settings.OnCpu)
            {
                Oga.Check(Oga.ConfigClearProviders(config));
            }

            Oga.Check(Oga.CreateModelFromConfig(config, out var model));
            return new GenAiModel(model, settings.VocabularySize) { Device = DeviceOf(model) };
        }
        finally
        {
            Oga.DestroyConfig(config);
        }
    }

    public IGenerator CreateGenerator()
    {
        Oga.Check(Oga.CreateGeneratorParams(_model, out var parameters));
        try
        {
            Oga.Check(Oga.CreateGenerator(_model, parameters, out var generator));
            return new GenAiGenerator(generator, _vocabulary);
        }
        finally
        {
            Oga.DestroyGeneratorParams(parameters);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _model, 0) is var model && model != 0)
        {
            Oga.DestroyModel(model);
            GenAiProcess.ModelClosed();
        }
    }

    private static string DeviceOf(nint model)
    {
        Oga.Check(Oga.ModelGetDeviceType(model, out var device));
        var name = Marshal.PtrToStringUTF8(device) ?? "";
        Oga.DestroyString(device);
        return name;
    }
}
