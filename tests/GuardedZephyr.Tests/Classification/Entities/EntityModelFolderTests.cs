using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class EntityModelFolderTests
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "config.json", "-", "is missing" },
        { "config.json", "{ \"id2label\": ", "truncated" },
        { "config.json", "{}", "has no id2label" },
        { "config.json", TinyEntityModel.Config("bert", 64, ["LABEL_0", "LABEL_1"]), "'0': 'LABEL_0'" },
        { "config.json", TinyEntityModel.Config("bert", 64, ["O", "B-PER", "I-PER"]), "gives 5 scores a token, config.json has 3 labels" },
        { "config.json", TinyEntityModel.Config("bert", 8, TinyEntityModel.Labels), "max_position_embeddings is 8" },
        { "config.json", "{ \"id2label\": { \"0\": \"O\", \"2\": \"B-PER\" } }", "must be 0 to 1" },
        { "vocab.txt", "-", "has no tokenizer" },
        { "vocab.txt", "[PAD]\n[UNK]\n", "has no token [CLS]" },
        { "tokenizer.json", "{ \"model\": { \"type\": \"WordLevel\" } }", "unknown kind of tokenizer 'WordLevel'" },
        { "tokenizer.json", "{ \"model\": { \"type\": \"WordPiece\" } }", "has no vocabulary" },
        { "model.onnx", "-", "is missing" },
        { "model.onnx", "not a model", "truncated" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Folder_that_cannot_be_used_is_refused_with_the_file_and_the_fault(string file, string content, string fault)
    {
        using var tiny = TinyEntityModel.WordPiece();
        if (content == "-")
        {
            tiny.Delete(file);
        }
        else
        {
            tiny.Write(file, content);
        }

        var error = Assert.Throws<ClassifierFolderException>(() => EntityModel.Load(tiny.Folder));

        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Contains(tiny.Folder, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("deberta-v2", "not a model", "is no SentencePiece model, or truncated")]
    [InlineData("deberta-v2", "", "is no SentencePiece model, or truncated")]
    public void Sentence_piece_file_that_cannot_be_used_is_named(string type, string content, string fault)
    {
        using var tiny = TinyEntityModel.WordPiece();
        tiny.Delete("vocab.txt");
        tiny.Write("config.json", TinyEntityModel.Config(type, 64, TinyEntityModel.Labels));
        tiny.Write("spm.model", content);

        var error = Assert.Throws<ClassifierFolderException>(() => EntityModel.Load(tiny.Folder));

        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Contains("spm.model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_pieces_of_another_family_are_refused()
    {
        using var tiny = TinyEntityModel.WordPiece();
        tiny.Delete("vocab.txt");
        TinySentencePiece.Write(Path.Combine(tiny.Folder, "spm.model"), ("<unk>", 0), ("<s>", 0), ("</s>", 0), ("\u2581Ada", -1));

        Assert.Contains("has no token [CLS]", Assert.Throws<ClassifierFolderException>(() => EntityModel.Load(tiny.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_that_is_not_there_is_named() =>
        Assert.Contains("/no/such", Assert.Throws<ClassifierFolderException>(() => EntityModel.Load("/no/such")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("B-PER", 1, "PER")]
    [InlineData("I-PER", 2, "PER")]
    [InlineData("E-B-x", 3, "B-x")]
    [InlineData("S_LOC", 4, "LOC")]
    [InlineData("O", 0, "")]
    public void Bio_and_bioes_labels_are_read(string label, int position, string type) =>
        Assert.Equal(new EntityTag((EntityPosition)position, type), EntityTag.Parse(label));

    [Theory]
    [InlineData("PER")]
    [InlineData("X-PER")]
    [InlineData("B-")]
    [InlineData("")]
    public void Other_labels_are_not(string label) => Assert.Null(EntityTag.Parse(label));
}
