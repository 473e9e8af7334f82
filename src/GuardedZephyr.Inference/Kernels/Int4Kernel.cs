namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// com.microsoft.MatMulNBits with 4-bit symmetric weights: inputs A [.., K], B and scales, attributes K, N and block_size as there. The weights are read where the session has mapped the model's
/// file, without a copy.
/// </summary>
internal sealed unsafe class Int4Kernel(Int4Matrix matrix) : Kernel
{
    /// <summary>Enough that a processor that others use too holds nobody up; few enough that a task is a long stretch of memory.</summary>
    private const int TasksPerProcessor = 8;

    [ThreadStatic]
    private static NativeBuffer? _activations;

    public static Kernel Create(nint info)
    {
        var (length, columns, block) = (OnnxRuntimeApi.IntegerAttribute(info, "K\0"u8), OnnxRuntimeApi.IntegerAttribute(info, "N\0"u8), OnnxRuntimeApi.IntegerAttribute(info, "block_size\0"u8));
        var (weights, scales) = (OnnxRuntimeApi.ConstantInput(info, 1), OnnxRuntimeApi.ConstantInput(info, 2));
        return OnnxRuntimeApi.Count(weights) == columns * length / 2 && OnnxRuntimeApi.Count(scales) == columns * length / block
            ? new Int4Kernel(new Int4Matrix((byte*)OnnxRuntimeApi.Data(weights), (float*)OnnxRuntimeApi.Data(scales), (int)length, (int)columns, (int)block))
            : throw new InvalidOperationException("a matrix of 4-bit weights or its scales do not have the size that its node says");
    }

    public override void Compute(nint context)
    {
        var left = OnnxRuntimeApi.Input(context, 0);
        var shape = OnnxRuntimeApi.Shape(left);
        if (shape.Length == 0 || shape[^1] != matrix.Length)
        {
            throw new InvalidOperationException("the left side of a matrix of 4-bit weights does not have rows of the length that its node says");
        }

        var count = checked((int)(OnnxRuntimeApi.Count(left) / matrix.Length));
        shape[^1] = matrix.Columns;
        var output = (nint)OnnxRuntimeApi.Data(OnnxRuntimeApi.Output(context, 0, shape));
        if (count == 0)
        {
            return;
        }

        var memory = (_activations ??= new NativeBuffer()).Take(Int4Activations.BytesNeeded(count, matrix.Length, matrix.BlockSize));
        var rows = Int4Activations.Quantise((float*)OnnxRuntimeApi.Data(left), count, matrix.Length, matrix.BlockSize, memory);
        var groups = matrix.Columns / Int4Matrix.Group;
        var tasks = Math.Min(groups, TasksPerProcessor * Environment.ProcessorCount);
        ParallelWork.Run(context, tasks, task => Int4MatMul.Multiply(matrix, rows, count, First(task), First(task + 1), (float*)output));

        int First(int task) => (int)((long)groups * task / tasks) * Int4Matrix.Group;
    }

    public override void Dispose() => matrix.Dispose();
}
