namespace GuardedZephyr.Inference.Kernels;

/// <summary>What a custom operator does at one node of a model. Called by one thread at a time.</summary>
internal abstract class Kernel : IDisposable
{
    /// <param name="context">ONNX Runtime's, of this run of the node.</param>
    /// <exception cref="InvalidOperationException">The inputs are not of the sizes that the node needs; the run fails with the message.</exception>
    public abstract void Compute(nint context);

    public abstract void Dispose();
}
