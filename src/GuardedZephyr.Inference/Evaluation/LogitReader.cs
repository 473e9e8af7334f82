using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Evaluation;

/// <summary>What a model says after each token of a text: for measuring one, not for serving it. Used by one thread.</summary>
public sealed class LogitReader : IDisposable
{
    private readonly string _modelPath;
    private readonly OnnxDecoder _decoder;
    private int _past;

    private LogitReader(ModelFolder folder, int contextLength)
    {
        _modelPath = folder.ModelPath;
        ContextLength = contextLength;
        _decoder = new OnnxDecoder(folder, new EngineOptions { ContextLength = contextLength }, new CachePlan(1, contextLength));
    }

    /// <summary>Tokens that can be read before <see cref="Restart"/>.</summary>
    public int ContextLength { get; }

    /// <exception cref="ModelFolderException">The model cannot be loaded.</exception>
    public static LogitReader Open(ModelFolder folder, int contextLength)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contextLength, folder.ContextLength);
        return new LogitReader(folder, contextLength);
    }

    /// <summary>Reads one more token.</summary>
    /// <returns>A logit for each id of the vocabulary, of what comes next; valid until the next call.</returns>
    /// <exception cref="ModelFolderException">The model loads but does not run.</exception>
    public ReadOnlySpan<float> Next(int id, CancellationToken cancellationToken)
    {
        try
        {
            _decoder.Prefill(0, [id], _past++, cancellationToken);
            return _decoder.Logits(0);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException(_modelPath, $"the model loads but does not run ({e.Message.Split('\n')[0]}); export it again", e);
        }
    }

    /// <summary>Forgets what was read.</summary>
    public void Restart() => _past = 0;

    public void Dispose() => _decoder.Dispose();
}
