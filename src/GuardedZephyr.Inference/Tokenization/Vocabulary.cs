using System.Text.Json;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>The model section of tokenizer.json: tokens, the byte alphabet among them, and what merges to what.</summary>
internal sealed record Vocabulary(IReadOnlyDictionary<string, int> Tokens, int[] Bytes, IReadOnlyList<(int Left, int Right, int Merged)> Merges, bool IgnoresMerges)
{
    /// <summary>Ids are indices of arrays; no published vocabulary comes near this.</summary>
    public const int MaxSize = 1 << 20;

    public static Vocabulary Read(TokenizerSection model, IReadOnlyList<AddedToken> added)
    {
        model.Allow("type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
        if (!string.IsNullOrEmpty(model.Text("continuing_subword_prefix")) || !string.IsNullOrEmpty(model.Text("end_of_word_suffix")))
        {
            throw model.Error("model.continuing_subword_prefix and model.end_of_word_suffix are not supported");
        }

        if (model.Number("dropout") != 0)
        {
            throw model.Error("model.dropout is not supported: the same text must give the same ids");
        }

        var tokens = ReadTokens(model);
        var bytes = Enumerable.Range(0, 256).Select(value => tokens.TryGetValue(ByteAlphabet.Encode([(byte)value]), out var id)
            ? id : throw model.Error($"model.vocab has no token for the byte 0x{value:X2}, so some texts could not be encoded")).ToArray();
        var special = added.Where(token => token.Special).Select(token => token.Id).ToHashSet();
        var merges = new List<(int Left, int Right, int Merged)>();
        foreach (var (left, right) in ReadMerges(model))
        {
            merges.Add((IdOf(left), IdOf(right), IdOf(left + right)));
            if (special.Contains(merges[^1].Merged))
            {
                throw model.Error($"merge {merges.Count} makes a control token, so text could produce one");
            }
        }

        return new Vocabulary(tokens, bytes, merges, model.Flag("ignore_merges", otherwise: false));

        int IdOf(string token) => tokens.TryGetValue(token, out var id) ? id : throw model.Error($"merge {merges.Count + 1} needs a token that model.vocab does not have");
    }

    private static Dictionary<string, int> ReadTokens(TokenizerSection model)
    {
        var tokens = new Dictionary<string, int>();
        var ids = new HashSet<int>();
        var section = model.Section("vocab") ?? throw model.Error("model.vocab is missing");
        foreach (var token in section.Properties())
        {
            if (!token.Value.TryGetInt32(out var id) || id is < 0 or >= MaxSize)
            {
                throw model.Error($"entry {tokens.Count + 1} of model.vocab has no id from 0 to {MaxSize - 1}");
            }

            if (!ids.Add(id) || !tokens.TryAdd(token.Name, id))
            {
                throw model.Error($"entry {tokens.Count + 1} of model.vocab is there twice, by its text or by its id {id}");
            }
        }

        return tokens;
    }

    /// <summary>"left right", or a list of the two.</summary>
    private static IEnumerable<(string Left, string Right)> ReadMerges(TokenizerSection model)
    {
        var count = 0;
        foreach (var merge in model.Items("merges"))
        {
            count++;
            var parts = merge.ValueKind switch
            {
                JsonValueKind.String => merge.GetString()!.Split(' '),
                JsonValueKind.Array => [.. merge.EnumerateArray().Select(part => part.GetString()!)],
                _ => [],
            };
            yield return parts is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right) : throw model.Error($"merge {count} is not a pair of tokens");
        }
    }
}
