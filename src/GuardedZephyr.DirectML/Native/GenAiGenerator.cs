using GuardedZephyr.DirectML.Decoding;

namespace GuardedZephyr.DirectML.Native;

/// <summary>A generator of onnxruntime-genai.</summary>
internal sealed unsafe class GenAiGenerator(nint generator, int vocabulary) : IGenerator
{
    private nint _generator = generator;

    public void Append(ReadOnlySpan<int> ids)
    {
        fixed (int* first = ids)
        {
            Oga.Check(Oga.AppendTokens(_generator, first, (nuint)ids.Length));
        }
    }

    public void SetLogits(ReadOnlySpan<float> logits)
    {
        var shape = stackalloc long[] { 1, 1, logits.Length };
        fixed (float* first = logits)
        {
            Oga.Check(Oga.CreateTensorFromBuffer(first, shape, 3, Oga.Float32, out var tensor));
            try
            {
                Oga.Check(Oga.SetLogits(_generator, tensor));
            }
            finally
            {
                Oga.DestroyTensor(tensor);
            }
        }
    }

    public void GenerateNext() => Oga.Check(Oga.GenerateNextToken(_generator));

    public void ReadLogits(Span<float> logits)
    {
        Oga.Check(Oga.GetLogits(_generator, out var tensor));
        try
        {
            Oga.Check(Oga.TensorGetData(tensor, out var data));
            new ReadOnlySpan<float>(data, vocabulary).CopyTo(logits);
        }
        finally
        {
            Oga.DestroyTensor(tensor);
        }
    }

    public void RewindTo(int length) => Oga.Check(Oga.RewindTo(_generator, (nuint)length));

    public void Terminate(bool on) => Oga.Check(Oga.SetRuntimeOption(_generator, "terminate_session", on ? "1" : "0"));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _generator, 0) is var generator && generator != 0)
        {
            Oga.DestroyGenerator(generator);
        }
    }
}
