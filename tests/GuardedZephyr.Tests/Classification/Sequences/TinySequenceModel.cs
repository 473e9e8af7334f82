using System.Text.Json;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.Classification;

/// <summary>
/// A sequence classifier's folder with a made-up model: a text's logits are the sums of its tokens' rows in a table, marks included. Tokens under no mask
/// count nothing, segments other than the first a thousand.
/// </summary>
internal sealed class TinySequenceModel : IDisposable
{
    public const string MultiLabel = "multi_label_classification";
    public const string SingleLabel = "single_label_classification";

    /// <summary>Of both kinds' vocabularies.</summary>
    private const int Vocabulary = 264;

    private readonly TinyEntityModel _files;
    private readonly float[] _table;

    private TinySequenceModel(TinyEntityModel files, string type, int positions, string? problem, string[] labels, Func<int, int, float> weight)
    {
        _files = files;
        Labels = labels;
        _table = [.. Enumerable.Range(0, Vocabulary * labels.Length).Select(i => weight(i / labels.Length, i % labels.Length))];
        files.Write("config.json", Config(type, positions, problem, labels));
        files.Delete("model.onnx");
        Save(SumModel());
    }

    public string Folder => _files.Folder;

    public string[] Labels { get; }

    /// <summary>The vocabulary of <see cref="TinyEntityModel.Words"/>: ada is 4.</summary>
    public static TinySequenceModel WordPiece(string[] labels, Func<int, int, float> weight, string? problem = MultiLabel, int positions = 64) =>
        new(TinyEntityModel.WordPiece(), "bert", positions, problem, labels, weight);

    public static TinySequenceModel ByteLevel(string[] labels, Func<int, int, float> weight, string? problem = MultiLabel) =>
        new(TinyEntityModel.ByteLevel(asTokenizerFile: false), "roberta", 66, problem, labels, weight);

    public static string Config(string type, int positions, string? problem, string[] labels) => JsonSerializer.Serialize(new
    {
        model_type = type,
        max_position_embeddings = positions,
        problem_type = problem,
        id2label = labels.Index().ToDictionary(label => $"{label.Index}", label => label.Item),
    });

    /// <summary>What the model makes of a row of ids.</summary>
    public double[] Logits(IEnumerable<int> ids) => [.. Labels.Select((_, label) => ids.Sum(id => (double)_table[(id * Labels.Length) + label]))];

    public void Write(string name, string text) => _files.Write(name, text);

    public void Delete(string name) => _files.Delete(name);

    /// <summary>Scores every token, as a token classifier does.</summary>
    public void SaveTokenModel()
    {
        var graph = Inputs(out var ids, out _, out _);
        graph.Node("Gather", [Table(graph), ids], "logits");
        graph.Output("logits", OnnxType.F32, "batch", "tokens", Labels.Length);
        Save(graph);
    }

    /// <summary>Gives the shape of one text for two tokens and of more for more.</summary>
    public void SaveMisshapenModel()
    {
        var graph = Inputs(out var ids, out _, out _);
        var rest = graph.Node("Slice", [ids, graph.Initializer("from", [1], 1L), graph.Initializer("to", [1], long.MaxValue), graph.Initializer("axis", [1], 1L)], "rest");
        graph.Node("Reshape", [graph.Node("Gather", [Table(graph), rest], "rows"), graph.Initializer("shape", [2], -1L, Labels.Length)], "logits");
        graph.Output("logits", OnnxType.F32, "batch", "labels");
        Save(graph);
    }

    public void Dispose() => _files.Dispose();

    private static OnnxGraph Inputs(out string ids, out string mask, out string segments)
    {
        var graph = new OnnxGraph("tiny");
        ids = graph.Input("input_ids", OnnxType.I64, "batch", "tokens");
        mask = graph.Input("attention_mask", OnnxType.I64, "batch", "tokens");
        segments = graph.Input("token_type_ids", OnnxType.I64, "batch", "tokens");
        return graph;
    }

    private OnnxGraph SumModel()
    {
        var graph = Inputs(out var ids, out var mask, out var segments);
        var (last, tokens) = (graph.Initializer("last", [1], 2L), graph.Initializer("tokens-axis", [1], 1L));
        var thousand = graph.Node("Mul", [Broadcast(segments), graph.Initializer("thousand", [1], 1000f)], "thousands");
        var rows = graph.Node("Add", [graph.Node("Gather", [Table(graph), ids], "rows"), thousand], "segmented");
        graph.Node("ReduceSum", [graph.Node("Mul", [rows, Broadcast(mask)], "masked"), tokens], "logits", ("keepdims", 0L));
        graph.Output("logits", OnnxType.F32, "batch", Labels.Length);
        return graph;

        string Broadcast(string input) => graph.Node("Unsqueeze", [graph.Node("Cast", [input], $"{input}.f32", ("to", (long)OnnxType.F32)), last], $"{input}.column");
    }

    private string Table(OnnxGraph graph) => graph.Initializer("table", [Vocabulary, Labels.Length], _table);

    private void Save(OnnxGraph graph)
    {
        _files.Delete("model.onnx");
        OnnxFile.Save(graph, Path.Combine(Folder, "model.onnx"));
    }
}
