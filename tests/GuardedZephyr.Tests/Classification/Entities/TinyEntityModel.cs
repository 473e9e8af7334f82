using System.Text.Json;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.Classification;

/// <summary>A token classifier's folder with a made-up model: a token's id alone decides its label.</summary>
internal sealed class TinyEntityModel : IDisposable
{
    public static readonly string[] Labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];

    /// <summary>Pieces for BERT's tokenizer, by id, with the label that the model gives each.</summary>
    public static readonly (string Piece, string Label)[] Words =
    [
        ("[PAD]", "O"), ("[UNK]", "O"), ("[CLS]", "O"), ("[SEP]", "O"), ("ada", "B-PER"), ("love", "I-PER"), ("##lace", "O"), ("lives", "O"), ("in", "O"),
        ("quill", "B-LOC"), ("##ton", "I-LOC"), (".", "O"), ("jorg", "B-PER"), ("'", "I-PER"), ("日", "B-LOC"), ("the", "O"),
    ];

    private TinyEntityModel()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tiny-names-").FullName;

    public static TinyEntityModel WordPiece(float certainty = 4, int positions = 64)
    {
        var tiny = new TinyEntityModel();
        tiny.Write("vocab.txt", string.Join('\n', Words.Select(word => word.Piece)) + "\n");
        tiny.Write("config.json", Config("bert", positions, Labels));
        tiny.WriteModel([.. Words.Select(word => word.Label)], certainty);
        return tiny;
    }

    /// <summary>Every byte is a token, from id 4 on; of two bytes and more there are " Ada" (263) and its beginnings.</summary>
    public static TinyEntityModel ByteLevel(bool asTokenizerFile)
    {
        var tiny = new TinyEntityModel();
        string[] merges = ["Ġ A", "ĠA d", "ĠAd a", "Q u"];
        string[] pieces =
        [
            "<s>", "<pad>", "</s>", "<unk>",
            .. Enumerable.Range(0, 256).Select(value => ByteAlphabet.Encode([(byte)value])),
            .. merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)),
        ];
        var vocabulary = pieces.Index().ToDictionary(piece => piece.Item, piece => piece.Index);
        if (asTokenizerFile)
        {
            tiny.Write("tokenizer.json", JsonSerializer.Serialize(new
            {
                pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false },
                model = new { type = "BPE", vocab = vocabulary, merges = merges.Select(merge => merge.Split(' ')) },
            }));
        }
        else
        {
            tiny.Write("vocab.json", JsonSerializer.Serialize(vocabulary));
            tiny.Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges) + "\n");
        }

        tiny.Write("config.json", Config("roberta", 66, Labels));
        tiny.WriteModel([.. pieces.Select(piece => piece switch { "ĠAda" => "B-PER", "Qu" => "I-PER", _ => "O" })], 4);
        return tiny;
    }

    public static string Config(string type, int positions, IReadOnlyList<string> labels) => JsonSerializer.Serialize(new
    {
        model_type = type,
        max_position_embeddings = positions,
        id2label = labels.Index().ToDictionary(label => $"{label.Index}", label => label.Item),
    });

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Delete(string name) => File.Delete(Path.Combine(Folder, name));

    public void WriteModel(string[] labels, float certainty, int width = 5)
    {
        var table = new float[labels.Length * width];
        for (var id = 0; id < labels.Length; id++)
        {
            table[(id * width) + Array.IndexOf(Labels, labels[id])] = certainty;
        }

        var graph = new OnnxGraph("tiny");
        var ids = graph.Input("input_ids", OnnxType.I64, "batch", "tokens");
        graph.Input("attention_mask", OnnxType.I64, "batch", "tokens");
        graph.Input("token_type_ids", OnnxType.I64, "batch", "tokens");
        graph.Node("Gather", [graph.Initializer("table", [labels.Length, width], table), ids], "logits");
        graph.Output("logits", OnnxType.F32, "batch", "tokens", width);
        OnnxFile.Save(graph, Path.Combine(Folder, "model.onnx"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
