namespace GuardedZephyr.DirectML.Native;

/// <summary>A call of onnxruntime-genai failed. The message is the library's own, which holds no text of a conversation.</summary>
internal sealed class GenAiException(string message) : Exception(message)
{
    public string FirstLine => Message.Split('\n')[0].Trim();
}
