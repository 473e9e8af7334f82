namespace GuardedZephyr.DirectML.Decoding;

/// <summary>What the decoder needs of a generator of onnxruntime-genai: a sequence of ids, its KV cache, and logits. One thread, but for <see cref="Terminate"/>.</summary>
internal interface IGenerator : IDisposable
{
    /// <summary>Adds ids to the sequence and runs them. DirectML takes one call for each sequence; other devices take more.</summary>
    void Append(ReadOnlySpan<int> ids);

    /// <summary>Puts other logits in the place of those after the last id, for <see cref="GenerateNext"/> to choose from.</summary>
    void SetLogits(ReadOnlySpan<float> logits);

    /// <summary>Adds the id of the highest logit to the sequence and does not run it yet. An end mark is not added.</summary>
    void GenerateNext();

    /// <summary>The logits after the last id, which is run if <see cref="GenerateNext"/> left it.</summary>
    void ReadLogits(Span<float> logits);

    /// <summary>Cuts the sequence; the next call must be <see cref="Append"/>.</summary>
    void RewindTo(int length);

    /// <summary>Makes the call under way and all later ones fail until it is turned off again.</summary>
    void Terminate(bool on);
}
