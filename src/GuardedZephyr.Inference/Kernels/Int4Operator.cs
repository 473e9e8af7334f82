using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// The kernel as a custom operator of ONNX Runtime: com.microsoft.MatMulNBits in a domain of its own, with the inputs and the attributes K, N and block_size of that. It reads the weights
/// where the session has mapped the model's file, without a copy. Its operator table and domain live as long as the process.
/// </summary>
internal static unsafe class Int4Operator
{
    public const string Domain = "guardedzephyr";
    public const string Name = "MatMulNBits";
    private const int TaskColumns = 128;
    private const int Float = 1;
    private const int Byte = 2;
    private const int OperatorVersion = 16;

    private static readonly nint OperatorDomain = CreateDomain();

    [ThreadStatic]
    private static NativeBuffer? _activations;

    /// <summary>Makes the operator known to sessions that are opened with these options.</summary>
    public static void Register(SafeHandle sessionOptions)
    {
        OnnxRuntimeApi.AddDomain(sessionOptions.DangerousGetHandle(), OperatorDomain);
        GC.KeepAlive(sessionOptions);
    }

    private static nint CreateDomain()
    {
        var domain = OnnxRuntimeApi.CreateDomain("guardedzephyr\0"u8);

        // struct OrtCustomOp of onnxruntime_c_api.h: a version, then function pointers. Those left out are of older versions, or for variadic inputs and shape inference.
        var table = (nint*)NativeMemory.AllocZeroed(26, (nuint)sizeof(nint));
        table[0] = OperatorVersion;
        table[2] = (nint)(delegate* unmanaged<void*, byte*>)&GetName;
        table[3] = (nint)(delegate* unmanaged<void*, byte*>)&GetExecutionProvider;
        table[4] = (nint)(delegate* unmanaged<void*, nuint, int>)&GetInputType;
        table[5] = (nint)(delegate* unmanaged<void*, nuint>)&GetInputCount;
        table[6] = (nint)(delegate* unmanaged<void*, nuint, int>)&GetOutputType;
        table[7] = (nint)(delegate* unmanaged<void*, nuint>)&GetOutputCount;
        table[9] = (nint)(delegate* unmanaged<void*, void>)&Destroy;
        table[10] = table[11] = table[12] = (nint)(delegate* unmanaged<void*, nuint, int>)&GetOrdinary;
        table[17] = (nint)(delegate* unmanaged<void*, void*, nint, void**, nint>)&Create;
        table[18] = (nint)(delegate* unmanaged<void*, nint, nint>)&Compute;
        OnnxRuntimeApi.AddOperator(domain, table);
        return domain;
    }

    [UnmanagedCallersOnly]
    private static byte* GetName(void* self) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("MatMulNBits\0"u8));

    /// <summary>No execution provider named: the CPU's.</summary>
    [UnmanagedCallersOnly]
    private static byte* GetExecutionProvider(void* self) => null;

    [UnmanagedCallersOnly]
    private static int GetInputType(void* self, nuint index) => index == 1 ? Byte : Float;

    [UnmanagedCallersOnly]
    private static nuint GetInputCount(void* self) => 3;

    [UnmanagedCallersOnly]
    private static int GetOutputType(void* self, nuint index) => Float;

    [UnmanagedCallersOnly]
    private static nuint GetOutputCount(void* self) => 1;

    /// <summary>Neither optional nor variadic; memory of the default kind.</summary>
    [UnmanagedCallersOnly]
    private static int GetOrdinary(void* self, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static nint Create(void* self, void* api, nint info, void** kernel)
    {
        try
        {
            *kernel = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(Load(info)));
            return 0;
        }
        catch (Exception e)
        {
            return OnnxRuntimeApi.Status(e.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(void* kernel)
    {
        var handle = GCHandle.FromIntPtr((nint)kernel);
        ((Int4Matrix)handle.Target!).Dispose();
        handle.Free();
    }

    [UnmanagedCallersOnly]
    private static nint Compute(void* kernel, nint context)
    {
        try
        {
            Compute((nint)kernel, context);
            return 0;
        }
        catch (Exception e)
        {
            return OnnxRuntimeApi.Status(e.Message);
        }
    }

    private static Int4Matrix Load(nint info)
    {
        var (length, columns, block) = (OnnxRuntimeApi.IntegerAttribute(info, "K\0"u8), OnnxRuntimeApi.IntegerAttribute(info, "N\0"u8), OnnxRuntimeApi.IntegerAttribute(info, "block_size\0"u8));
        var (weights, scales) = (OnnxRuntimeApi.ConstantInput(info, 1), OnnxRuntimeApi.ConstantInput(info, 2));
        return Product(OnnxRuntimeApi.Shape(weights)) == columns * length / 2 && Product(OnnxRuntimeApi.Shape(scales)) == columns * length / block
            ? new Int4Matrix((byte*)OnnxRuntimeApi.Data(weights), (float*)OnnxRuntimeApi.Data(scales), (int)length, (int)columns, (int)block)
            : throw new InvalidOperationException("a matrix of 4-bit weights or its scales do not have the size that its node says");
    }

    private static void Compute(nint kernel, nint context)
    {
        var matrix = (Int4Matrix)GCHandle.FromIntPtr(kernel).Target!;
        var left = OnnxRuntimeApi.Input(context, 0);
        var shape = OnnxRuntimeApi.Shape(left);
        if (shape.Length == 0 || shape[^1] != matrix.Length)
        {
            throw new InvalidOperationException("the left side of a matrix of 4-bit weights does not have rows of the length that its node says");
        }

        var rows = checked((int)(Product(shape) / matrix.Length));
        shape[^1] = matrix.Columns;
        var output = (float*)OnnxRuntimeApi.Data(OnnxRuntimeApi.Output(context, 0, shape));
        if (rows == 0)
        {
            return;
        }

        var memory = (_activations ??= new NativeBuffer()).Take(Int4Activations.BytesNeeded(rows, matrix.Length, matrix.BlockSize));
        var work = new Work
        {
            Kernel = kernel,
            Rows = Int4Activations.Quantise((float*)OnnxRuntimeApi.Data(left), rows, matrix.Length, matrix.BlockSize, memory),
            RowCount = rows,
            Output = output,
        };
        OnnxRuntimeApi.ParallelFor(context, &ComputeColumns, (nuint)((matrix.Columns + TaskColumns - 1) / TaskColumns), &work);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ComputeColumns(void* state, nuint task)
    {
        ref var work = ref *(Work*)state;
        var matrix = (Int4Matrix)GCHandle.FromIntPtr(work.Kernel).Target!;
        var first = (int)task * TaskColumns;
        Int4MatMul.Multiply(matrix, work.Rows, work.RowCount, first, Math.Min(first + TaskColumns, matrix.Columns), work.Output);
    }

    private static long Product(long[] shape)
    {
        var product = 1L;
        foreach (var size in shape)
        {
            product *= size;
        }

        return product;
    }

    private struct Work
    {
        public nint Kernel;
        public Int4Activations Rows;
        public int RowCount;
        public float* Output;
    }
}
