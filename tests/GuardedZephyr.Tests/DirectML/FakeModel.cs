using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;

namespace GuardedZephyr.Tests.DirectML;

internal sealed class FakeModel(FakeLibrary library, string device, int vocabulary, int context, int maxLength, int padding) : IGenAiModel
{
    private readonly List<FakeGenerator> _generators = [];

    public string Device => device;

    public IGenerator CreateGenerator()
    {
        if (maxLength > context)
        {
            throw new GenAiException($"max_length ({maxLength}) cannot be greater than model context_length ({context})");
        }

        library.Log.Add("create");
        library.OpenGenerators++;
        _generators.Add(new FakeGenerator(library, device, vocabulary, maxLength, padding));
        return _generators[^1];
    }

    public void Dispose()
    {
        Assert.All(_generators, generator => Assert.True(generator.Disposed));
        library.Log.Add("close");
        library.OpenModels--;
    }
}
