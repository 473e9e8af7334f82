using GuardedZephyr.Tests.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Kernels;

/// <summary>On a model of 4-bit weights, with the kernels where the processor has their instructions.</summary>
public sealed class KernelSameAnswersTests : SameAnswersTests
{
    private readonly Int4Folder _folder;

    public KernelSameAnswersTests()
        : this(new Int4Folder())
    {
    }

    private KernelSameAnswersTests(Int4Folder folder)
        : base(folder.Model) => _folder = folder;

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}
