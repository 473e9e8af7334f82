using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.Classification;

/// <summary>Writes a unigram model of SentencePiece; the numbers are the field numbers of its published sentencepiece_model.proto.</summary>
internal static class TinySentencePiece
{
    private const int Normal = 1;
    private const int Unknown = 2;
    private const int Control = 3;

    public static void Write(string path, params (string Piece, float Score)[] pieces) => File.WriteAllBytes(path, ProtobufFields.Build(model =>
    {
        foreach (var (piece, score) in pieces)
        {
            model.Message(1, entry =>
            {
                entry.Text(1, piece);
                entry.Float(2, score);
                entry.Int(3, piece == "<unk>" ? Unknown : piece[0] is '[' or '<' ? Control : Normal);
            });
        }

        model.Message(2, trainer =>
        {
            trainer.Int(3, 1); // unigram
            trainer.Int(40, 0); // <unk>
            trainer.Int(41, 1);
            trainer.Int(42, 2);
        });
        model.Message(3, normalizer =>
        {
            normalizer.Int(3, 1); // add_dummy_prefix
            normalizer.Int(4, 1); // remove_extra_whitespaces
            normalizer.Int(5, 1); // escape_whitespaces
        });
    }));
}
