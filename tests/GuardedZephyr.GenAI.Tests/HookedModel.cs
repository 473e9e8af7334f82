using GuardedZephyr.DirectML.Decoding;

namespace GuardedZephyr.GenAI.Tests;

/// <summary>A real model that says it runs elsewhere, with a hook before ids are appended.</summary>
internal sealed class HookedModel(IGenAiModel model, string device, Action beforeAppend) : IGenAiModel
{
    public string Device => device;

    public IGenerator CreateGenerator() => new Generator(model.CreateGenerator(), beforeAppend);

    public void Dispose() => model.Dispose();

    private sealed class Generator(IGenerator generator, Action beforeAppend) : IGenerator
    {
        public void Append(ReadOnlySpan<int> ids)
        {
            beforeAppend();
            generator.Append(ids);
        }

        public void SetLogits(ReadOnlySpan<float> logits) => generator.SetLogits(logits);

        public void GenerateNext() => generator.GenerateNext();

        public void ReadLogits(Span<float> logits) => generator.ReadLogits(logits);

        public void RewindTo(int length) => generator.RewindTo(length);

        public void Terminate(bool on) => generator.Terminate(on);

        public void Dispose() => generator.Dispose();
    }
}
