namespace GuardedZephyr.DirectML.Decoding;

/// <summary>What the decoder needs of a model in onnxruntime-genai. Disposed after its generators.</summary>
internal interface IGenAiModel : IDisposable
{
    /// <summary>Where it runs, in the library's words: CPU, CUDA, DirectML and others.</summary>
    string Device { get; }

    /// <summary>A generator for one sequence; its cache, of the settings' context length, is allocated now.</summary>
    IGenerator CreateGenerator();
}
