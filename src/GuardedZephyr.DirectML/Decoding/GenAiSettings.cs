namespace GuardedZephyr.DirectML.Decoding;

/// <summary>How onnxruntime-genai is to open a model folder.</summary>
/// <param name="ContextLength">Tokens of a generator's cache, which is allocated whole.</param>
/// <param name="OnCpu">On the library's CPU provider, whatever the folder was exported for.</param>
internal sealed record GenAiSettings(string Folder, int VocabularySize, int ContextLength, bool OnCpu)
{
    /// <summary>
    /// What replaces the folder's own settings. The library samples greedily from the logits it is given and changes none; it shares the cache of past
    /// and present, so that a rewind is exact; and no id pads, because the logits of a prompt are otherwise read before its trailing padding.
    /// </summary>
    public string Overlay => FormattableString.Invariant(
        $$$"""{"model":{"pad_token_id":-1},"search":{"batch_size":1,"num_beams":1,"do_sample":false,"min_length":0,"repetition_penalty":1.0,"no_repeat_ngram_size":0,"past_present_share_buffer":true,"max_length":{{{ContextLength}}}}}""");
}
