using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Audit;
using GuardedZephyr.Tests.Inference.Tokenization;
using GuardedZephyr.Tests.Modeling.StableLm;

namespace GuardedZephyr.Tests.Inference.Models;

/// <summary>Every way in which a model folder is wrong that somebody met or an attacker would try: an error with the file's name, before the weights are loaded. Over 300 lines, because the table of faults is to be read as one.</summary>
public sealed class BadModelFolderTests(BadModelFolderTests.Models models) : IClassFixture<BadModelFolderTests.Models>, IDisposable
{
    private const string Config = "genai_config.json", Onnx = "model.onnx", Data = "model.onnx.data", Tokenizer = "tokenizer.json", TokenizerConfig = "tokenizer_config.json", Index = "checksums.json";
    private static readonly string[] Files = [Config, Onnx, Data, Tokenizer, TokenizerConfig];

    private readonly ScratchFolder _scratch = new();

    private string Folder => _scratch.PathOf("model");

    /// <summary>Name of the fault, the file that the error names, what it says of it.</summary>
    public static TheoryData<string, string, string> Faults
    {
        get
        {
            var faults = new TheoryData<string, string, string>();
            foreach (var file in Files)
            {
                faults.Add($"missing {file}", file, "missing");
                faults.Add($"missing {file}, no index", file, "missing");
                faults.Add($"half of {file}", file, "incomplete or changed");
                faults.Add($"half of {file}, no index", file, "");
                faults.Add($"empty {file}, no index", file, "");
                faults.Add($"other {file}", file, "checksums.json");
                faults.Add($"link {file}", file, "a link to a place outside");
                faults.Add($"flipped {file}", file, "its content is not what checksums.json says");
            }

            foreach (var (fault, file, problem) in Others)
            {
                faults.Add(fault, file, problem);
            }

            return faults;
        }
    }

    private static (string Fault, string File, string Problem)[] Others =>
    [
        ("other model.onnx, no index", Onnx, "its inputs are not those of genai_config.json"),
        ("other model.onnx.data, no index", Data, "it is cut off or of another model"),
        ("other genai_config.json, no index", Onnx, "its inputs are not those of genai_config.json"),
        ("other tokenizer.json, no index", Tokenizer, "it has ids up to 1280, the model only 300"),
        ("tokenizer with another end", Tokenizer, "the id 0, which ends a reply in genai_config.json, is ordinary text"),
        ("data of the same size", Data, "its content is not what checksums.json says"),
        ("config: filename ../model.onnx", Config, "plain name of a file"),
        ("config: filename /etc/passwd", Config, "plain name of a file"),
        ("config: filename ..\\\\model.onnx", Config, "plain name of a file"),
        ("config: filename C:model.onnx", Config, "plain name of a file"),
        ("config: filename model.onnx\\u0000", Config, "plain name of a file"),
        ("config: filename sub/model.onnx", Config, "plain name of a file"),
        ("config: filename .", Config, "plain name of a file"),
        ("config: filename other.onnx", "other.onnx", "missing"),
        ("config: \"num_hidden_layers\": 1000000000", Config, "'num_hidden_layers' must be a whole number from 1 to 1024"),
        ("config: \"num_hidden_layers\": -2", Config, "'num_hidden_layers' must be"),
        ("config: \"num_hidden_layers\": 4294967298", Config, "'num_hidden_layers' must be"),
        ("config: \"num_hidden_layers\": 2.5", Config, "'num_hidden_layers' must be"),
        ("config: \"num_hidden_layers\": \"2\"", Config, "wrong JSON type"),
        ("config: \"num_hidden_layers\": 3", Onnx, "its inputs are not those"),
        ("config: \"num_hidden_layers\": 1", Onnx, "its inputs are not those"),
        ("config: \"num_key_value_heads\": 1024", Onnx, "its KV cache is not of the heads"),
        ("config: \"head_size\": 4096", Onnx, "its KV cache is not of the heads"),
        ("config: \"context_length\": 1000000000000", Config, "'context_length' must be"),
        ("config: \"context_length\": 0", Config, "'context_length' must be"),
        ("config: \"vocab_size\": 2147483647", Config, "'vocab_size' must be"),
        ("config: \"vocab_size\": 301", Onnx, "its logits are not of the vocabulary"),
        ("config: \"eos_token_id\": 300", Config, "eos_token_id is not an id of the vocabulary"),
        ("config: \"eos_token_id\": []", Config, "eos_token_id is not an id of the vocabulary"),
        ("config: \"top_p\": 2", Config, "TopP must be"),
        ("config: \"top_k\": -1", Config, "TopK must be"),
        ("config: \"past_key_names\": \"past\"", Onnx, "its inputs are not those"),
        ("cache of terabytes", Config, "bytes of KV cache for each token"),
        ("config nested deeply", Config, "not valid JSON"),
        ("config of a gigabyte", Config, "at most 4000000 make sense"),
        ("config is a list", Config, "section 'model' is missing"),
        ("index of a gigabyte", Index, "at most 4000000 make sense"),
        ("index with a path", Index, "no file of the folder"),
        ("index without hash", Index, "no file of the folder"),
        ("index without files", Index, "not a list of files"),
        ("model.onnx of zeros", Onnx, "not an ONNX file"),
        ("model.onnx is text", Onnx, "not an ONNX file"),
        ("model.onnx without end", Onnx, "not an ONNX file"),
        ("weights at ../outside.bin", Onnx, "read from outside the model folder"),
        ("weights at /etc/hostname", Onnx, "read from outside the model folder"),
        ("weights at ..\\outside.bin", Onnx, "read from outside the model folder"),
        ("weights at C:outside.bin", Onnx, "read from outside the model folder"),
        ("weights at sub/../../outside.bin", Onnx, "read from outside the model folder"),
        ("weights at */_ORT_MEM_ADDR_/*", "*/_ORT_MEM_ADDR_/*", "missing"),
        ("weights at sub/outside.bin", "sub/outside.bin", "a link to a place outside"),
        ("weights at other.bin", "other.bin", "missing"),
        ("weights of a subgraph at ../outside.bin", Onnx, "read from outside the model folder"),
        ("weights from 9223372036854775807", Onnx, "beyond every file"),
        ("weights from -1", Onnx, "is not a number"),
        ("weights from 1000000000000", Data, "reads 1000000000"),
        ("weights of 1000000000000 bytes", Data, "reads 1000000000"),
    ];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Folder_without_fault_loads_and_so_does_one_of_links_inside_itself()
    {
        Copy(models.Plain, Folder);
        Directory.CreateDirectory(Path.Combine(Folder, "..data"));
        File.Move(Path.Combine(Folder, Data), Path.Combine(Folder, "..data", Data));
        File.CreateSymbolicLink(Path.Combine(Folder, Data), Path.Combine("..data", Data));
        Directory.CreateSymbolicLink(_scratch.PathOf("linked"), Folder);

        DecodeEngine.Load(ModelFolder.Load(_scratch.PathOf("linked"))).Dispose();

        Assert.True(FileIndex.Verify(Folder, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_is_named_with_its_file_before_the_weights_are_loaded(string fault, string file, string problem)
    {
        Copy(models.Plain, Folder);
        Break(fault);

        var error = Assert.Throws<ModelFolderException>(() => ModelFolder.Load(Folder).LoadTokenizer());

        Assert.Equal(Path.Combine(Folder, file), error.Path);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Swapped_weights_of_a_large_file_are_seen_in_samples_of_it()
    {
        var path = Path.Combine(Directory.CreateDirectory(Folder).FullName, "large.bin");
        File.WriteAllBytes(path, new byte[20_000_000]);
        FileIndex.Write(Folder);
        FileIndex.Check(Folder);
        File.WriteAllBytes(path, [.. Enumerable.Repeat((byte)1, 20_000_000)]);

        Assert.Equal(path, Assert.Throws<ModelFolderException>(() => FileIndex.Check(Folder)).Path);
    }

    [Fact]
    public void One_changed_byte_of_a_large_file_is_seen_when_all_of_it_is_read()
    {
        var path = Path.Combine(Directory.CreateDirectory(Folder).FullName, "large.bin");
        var bytes = new byte[20_000_000];
        File.WriteAllBytes(path, bytes);
        FileIndex.Write(Folder);
        bytes[10_000] = 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal(path, Assert.Throws<ModelFolderException>(() => FileIndex.Verify(Folder, TestContext.Current.CancellationToken)).Path);
    }

    private void Break(string fault)
    {
        var words = fault.Split(' ', 2);
        var file = words.Length > 1 ? words[1].Replace(", no index", "", StringComparison.Ordinal).Replace("of ", "", StringComparison.Ordinal) : "";
        var path = Path.Combine(Folder, file);
        if (fault.EndsWith("no index", StringComparison.Ordinal) || words[0] is "config:" or "config" or "cache" or "model.onnx" or "weights" or "tokenizer")
        {
            File.Delete(Path.Combine(Folder, Index));
        }

        switch (words[0])
        {
            case "missing":
                File.Delete(path);
                break;
            case "half" or "empty":
                Cut(path, words[0] == "half" ? new FileInfo(path).Length / 2 : 0);
                break;
            case "other":
                File.Copy(Path.Combine(models.Other, file), path, overwrite: true);
                break;
            case "link":
                File.Move(path, _scratch.PathOf("outside"));
                File.CreateSymbolicLink(path, _scratch.PathOf("outside"));
                break;
            case "flipped":
                var bytes = File.ReadAllBytes(path);
                bytes[^2] ^= 0x20;
                File.WriteAllBytes(path, bytes);
                break;
            case "data":
                File.WriteAllBytes(Path.Combine(Folder, Data), new byte[new FileInfo(Path.Combine(Folder, Data)).Length]);
                break;
            case "tokenizer":
                TinyTokenizer.Write(Folder, root =>
                {
                    root["added_tokens"]!.AsArray()[0]!["id"] = 290;
                    root["model"]!["vocab"]!["<|endoftext|>"] = 290;
                    root["model"]!["vocab"]!["text"] = 0;
                });
                break;
            case "config:":
                EditConfig(words[1]);
                break;
            case "config" or "cache" or "index":
                BreakJson(fault);
                break;
            case "model.onnx":
                File.WriteAllBytes(Path.Combine(Folder, Onnx), fault.EndsWith("zeros", StringComparison.Ordinal) ? new byte[100] : fault.EndsWith("text", StringComparison.Ordinal) ? "version https"u8.ToArray() : [0x3A, 0xFF, 0xFF, 0xFF, 0x7F, 0x0A, 0x02]);
                break;
            case "weights":
                BreakWeights(words[1]);
                break;
        }
    }

    private void EditConfig(string change)
    {
        if (change.StartsWith("filename ", StringComparison.Ordinal))
        {
            Edit(Config, "\"model.onnx\"", $"\"{change["filename ".Length..]}\"");
            return;
        }

        var text = File.ReadAllText(Path.Combine(Folder, Config));
        var key = text.IndexOf(change[..(change.IndexOf(':', StringComparison.Ordinal) + 1)], StringComparison.Ordinal);
        Assert.True(key > 0, $"The configuration has no {change}.");
        File.WriteAllText(Path.Combine(Folder, Config), text[..key] + change + text[text.IndexOfAny([',', '\n'], key)..]);
    }

    private void BreakJson(string fault)
    {
        switch (fault)
        {
            case "cache of terabytes":
                EditConfig("\"num_hidden_layers\": 1024");
                EditConfig("\"num_key_value_heads\": 1024");
                EditConfig("\"head_size\": 4096");
                break;
            case "config nested deeply":
                File.WriteAllText(Path.Combine(Folder, Config), string.Concat(Enumerable.Repeat("{\"model\":", 100_000)));
                break;
            case "config of a gigabyte" or "index of a gigabyte":
                Cut(Path.Combine(Folder, fault.StartsWith("config", StringComparison.Ordinal) ? Config : Index), 1_000_000_000);
                break;
            case "config is a list":
                File.WriteAllText(Path.Combine(Folder, Config), "[1]");
                break;
            default:
                File.WriteAllText(Path.Combine(Folder, Index), fault switch
                {
                    "index with a path" => """{"files":{"../model/model.onnx":{"size":1,"sha256":"00"}}}""",
                    "index without hash" => """{"files":{"model.onnx":{"size":1}}}""",
                    _ => "{}",
                });
                break;
        }
    }

    /// <summary>A graph with one tensor whose bytes lie where it says.</summary>
    private void BreakWeights(string where)
    {
        var words = where.Split(' ');
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        File.WriteAllText(_scratch.PathOf("outside.bin"), "outside");
        File.CreateSymbolicLink(Path.Combine(Folder, "sub", "outside.bin"), _scratch.PathOf("outside.bin"));
        var place = words[0] switch
        {
            "from" => (Data, words[1], "1"),
            "at" => (words[1], "0", "1"),
            _ when words[^1] == "bytes" => (Data, "0", words[1]),
            _ => (words[^1], "0", "1"),
        };
        var tensor = ProtobufFields.Build(output =>
        {
            foreach (var (key, value) in new[] { ("location", place.Item1), ("offset", place.Item2), ("length", place.Item3) })
            {
                output.Message(13, entry =>
                {
                    entry.Text(1, key);
                    entry.Text(2, value);
                });
            }
        });
        File.WriteAllBytes(Path.Combine(Folder, Onnx), ProtobufFields.Build(model => model.Message(7, graph =>
        {
            if (words.Contains("subgraph"))
            {
                graph.Message(1, node => node.Message(5, attribute => attribute.Message(6, inner => inner.Bytes(5, tensor))));
            }
            else
            {
                graph.Bytes(5, tensor);
            }
        })));
    }

    private void Edit(string file, string from, string to)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, file), text.Replace(from, to, StringComparison.Ordinal));
    }

    private static void Cut(string path, long length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    /// <summary>A model in fp32, and files of others: weights in fp16, a larger vocabulary, fewer layers, another graph.</summary>
    public sealed class Models : IDisposable
    {
        private readonly ScratchFolder _scratch = new();

        public Models()
        {
            var plain = TinyCheckpoint.Create(_scratch.PathOf("checkpoint"), 64);
            StableLmExporter.Export(plain.Folder, Plain, new ExportOptions { Precision = ExportPrecision.Fp32 });
            var other = TinyCheckpoint.Create(_scratch.PathOf("other-checkpoint"), 64);
            StableLmExporter.Export(other.Folder, Other, new ExportOptions { Precision = ExportPrecision.Fp16 });
            File.WriteAllText(Path.Combine(Other, Tokenizer), TestVocabulary.GptNeoX().ToJsonString());
            File.AppendAllText(Path.Combine(Other, TokenizerConfig), " ");
            var config = File.ReadAllText(Path.Combine(Other, Config));
            File.WriteAllText(Path.Combine(Other, Config), config.Replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1", StringComparison.Ordinal));
            using var onnx = File.Create(Path.Combine(Other, Onnx));
            onnx.Write(ProtobufFields.Build(model => model.Message(7, graph => graph.Message(11, value => value.Text(1, "input_ids")))));
        }

        public string Plain => _scratch.PathOf("plain");

        public string Other => _scratch.PathOf("other");

        public void Dispose() => _scratch.Dispose();
    }
}
