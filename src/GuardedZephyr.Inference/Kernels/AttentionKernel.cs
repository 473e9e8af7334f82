namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// com.microsoft.GroupQueryAttention as the exporter writes it for the CPU (queries, keys and values in one, rotated inside, one buffer for past and present), with a cache of 16-bit floats:
/// half the memory, and half of what each step reads.
/// </summary>
internal sealed unsafe class AttentionKernel(int heads, int groups) : Kernel
{
    [ThreadStatic]
    private static NativeBuffer? _scratch;

    public static Kernel Create(nint info)
    {
        var (heads, groups) = (OnnxRuntimeApi.IntegerAttribute(info, "num_heads\0"u8), OnnxRuntimeApi.IntegerAttribute(info, "kv_num_heads\0"u8));
        return groups > 0 && heads % groups == 0 && heads <= 1 << 16
            ? new AttentionKernel((int)heads, (int)groups)
            : throw new InvalidOperationException("an attention's heads do not divide into its heads of keys and values");
    }

    public override void Compute(nint context)
    {
        var inputs = (stackalloc nint[7]);
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = OnnxRuntimeApi.Input(context, (nuint)i);
        }

        var cache = OnnxRuntimeApi.Shape(inputs[1]);
        var shape = Sizes(OnnxRuntimeApi.Shape(inputs[0]), cache, OnnxRuntimeApi.Shape(inputs[2]), OnnxRuntimeApi.Shape(inputs[5]));
        var output = OnnxRuntimeApi.Data(OnnxRuntimeApi.Output(context, 0, [shape.Batch, shape.Tokens, (long)heads * shape.HeadSize]));
        var attention = new Attention(
            shape, OnnxRuntimeApi.Data(inputs[0]), OnnxRuntimeApi.Data(inputs[1]), OnnxRuntimeApi.Data(inputs[2]), OnnxRuntimeApi.Data(inputs[5]), OnnxRuntimeApi.Data(inputs[6]), output);
        int[] last = OnnxRuntimeApi.Count(inputs[3]) == shape.Batch ? new ReadOnlySpan<int>(OnnxRuntimeApi.Data(inputs[3]), shape.Batch).ToArray() : [];
        if (last.Length == 0 || OnnxRuntimeApi.Count(inputs[6]) != OnnxRuntimeApi.Count(inputs[5])
            || Array.Exists(last, position => position + 1 < shape.Tokens || position >= Math.Min(shape.Capacity, shape.Positions)))
        {
            throw new InvalidOperationException("the lengths of an attention's sequences do not fit its cache, its rotations or its new tokens");
        }

        if (OnnxRuntimeApi.Data(OnnxRuntimeApi.Output(context, 1, cache)) != OnnxRuntimeApi.Data(inputs[1]) || OnnxRuntimeApi.Data(OnnxRuntimeApi.Output(context, 2, cache)) != OnnxRuntimeApi.Data(inputs[2]))
        {
            throw new InvalidOperationException("an attention's past and present must be one buffer");
        }

        ParallelWork.Run(context, shape.Batch * groups, task =>
            attention.Run(task / groups, task % groups, last[task / groups], (_scratch ??= new NativeBuffer()).Take(attention.ScratchBytes(last[task / groups] + 1))));
    }

    public override void Dispose()
    {
    }

    private AttentionShape Sizes(long[] states, long[] keys, long[] values, long[] rotations) =>
        states is [var batch, var tokens, var width] && keys is [var rows, var keyHeads, var capacity, var size] && keys.AsSpan().SequenceEqual(values) && rotations is [var positions, var half]
        && rows == batch && keyHeads == groups && width == (heads + (2 * groups)) * size && AttentionShape.Fits((int)size) && 2 * half <= size && tokens > 0 && capacity % AttentionShape.Lanes == 0
            ? checked(new AttentionShape((int)batch, (int)tokens, heads, groups, (int)size, (int)capacity, (int)half, (int)positions))
            : throw new InvalidOperationException("an attention's inputs do not have sizes that fit together");
}
