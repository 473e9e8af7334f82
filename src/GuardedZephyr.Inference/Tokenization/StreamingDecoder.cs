using System.Text;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>Turns ids into text as they come, never half a character: bytes of one that is incomplete wait for the next id. Not thread-safe.</summary>
public sealed class StreamingDecoder(BytePairTokenizer tokenizer)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The text that this id completes; may be empty.</summary>
    public string Add(int id) => Convert(tokenizer.BytesOf(id), flush: false);

    /// <summary>U+FFFD when the ids ended inside a character, else nothing.</summary>
    public string Finish() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> characters = stackalloc char[256];
        if (bytes.Length + 4 > characters.Length)
        {
            characters = new char[bytes.Length + 4];
        }

        return new string(characters[.._decoder.GetChars(bytes, characters, flush)]);
    }
}
