using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class SequenceClassifierFolderTests
{
    private static readonly string[] Labels = ["toxic", "safe"];

    public static TheoryData<string, string, string> Faults => new()
    {
        { "config.json", "-", "it has neither classifier.json nor config.json" },
        { "config.json", "{ \"id2label\": ", "truncated" },
        { "config.json", "{}", "has no id2label" },
        { "config.json", "{ \"id2label\": {} }", "has no id2label" },
        { "config.json", "{ \"id2label\": { \"0\": 7 } }", "id2label has '0': 7; it must map numbers to names" },
        { "config.json", "{ \"id2label\": { \"one\": \"toxic\" } }", "it must map numbers to names" },
        { "config.json", TinySequenceModel.Config("bert", 64, null, ["toxic"]), "gives 2 scores a text, config.json has 1 labels" },
        { "config.json", TinySequenceModel.Config("bert", 64, "regression", Labels), "problem_type is 'regression'; known are multi_label_classification and single_label_classification" },
        { "config.json", TinySequenceModel.Config("bert", 8, null, Labels), "max_position_embeddings is 8" },
        { "vocab.txt", "-", "has no tokenizer" },
        { "model.onnx", "-", "is missing" },
        { "model.onnx", "not a model", "truncated" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Folder_that_cannot_be_used_is_refused_with_the_file_and_the_fault(string file, string content, string fault)
    {
        using var tiny = TinySequenceModel.WordPiece(Labels, (_, _) => 0);
        if (content == "-")
        {
            tiny.Delete(file);
        }
        else
        {
            tiny.Write(file, content);
        }

        Refused(tiny.Folder, fault);
    }

    [Fact]
    public void Token_classifier_is_no_sequence_classifier()
    {
        using var tiny = TinySequenceModel.WordPiece(Labels, (_, _) => 0);
        tiny.SaveTokenModel();

        Refused(tiny.Folder, "must be floats of [batch, labels]");
    }

    [Fact]
    public void Folder_that_is_not_there_is_named() => Refused("/no/such", "does not exist");

    [Fact]
    public void Folder_with_a_description_of_our_own_is_read_by_it()
    {
        using var tiny = TinySequenceModel.WordPiece(Labels, (_, _) => 0);
        tiny.Write("classifier.json", "{");

        Refused(tiny.Folder, "classifier.json' is not a classifier's description");
    }

    [Fact]
    public void Labels_of_our_own_kind_are_not_mapped()
    {
        using var tiny = TinySequenceModel.WordPiece(Labels, (_, _) => 0);
        tiny.Write("classifier.json", "{");

        Assert.Contains(
            "labels is for classifiers with a config.json",
            Assert.Throws<ClassifierLabelsException>(() => ClassifierFolder.Load(tiny.Folder, new Dictionary<string, string> { ["toxic"] = "toxicity" })).Message,
            StringComparison.Ordinal);
    }

    private static void Refused(string folder, string fault)
    {
        var message = Assert.Throws<ClassifierFolderException>(() => ClassifierFolder.Load(folder, new Dictionary<string, string>())).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains(folder, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
