using System.Runtime.InteropServices;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Describes an operator to ONNX Runtime. The description lives as long as the process.</summary>
internal static unsafe class CustomOperator
{
    public const int Float = 1;
    public const int Byte = 2;
    public const int Int32 = 6;
    public const int Float16 = 10;

    private const int Version = 16;
    private const int Fields = 26;
    private const int NameAt = Fields;
    private const int CreateAt = Fields + 1;
    private const int InputCountAt = Fields + 2;
    private const int OutputCountAt = Fields + 3;
    private const int TypesAt = Fields + 4;

    /// <param name="name">With a zero at its end.</param>
    /// <param name="create">Makes the kernel of a node from ONNX Runtime's description of it.</param>
    /// <returns>A struct OrtCustomOp of onnxruntime_c_api.h: a version, then function pointers, each of which gets the struct's address. Behind it lies what the functions here answer with.</returns>
    public static void* Describe(ReadOnlySpan<byte> name, ReadOnlySpan<int> inputTypes, ReadOnlySpan<int> outputTypes, delegate*<nint, Kernel> create)
    {
        var table = (nint*)NativeMemory.AllocZeroed((nuint)(TypesAt + inputTypes.Length + outputTypes.Length), (nuint)sizeof(nint));
        table[0] = Version;
        table[2] = (nint)(delegate* unmanaged<nint*, nint>)&GetName;
        table[3] = (nint)(delegate* unmanaged<nint*, nint>)&GetExecutionProvider;
        table[4] = (nint)(delegate* unmanaged<nint*, nuint, int>)&GetInputType;
        table[5] = (nint)(delegate* unmanaged<nint*, nint>)&GetInputCount;
        table[6] = (nint)(delegate* unmanaged<nint*, nuint, int>)&GetOutputType;
        table[7] = (nint)(delegate* unmanaged<nint*, nint>)&GetOutputCount;
        table[9] = (nint)(delegate* unmanaged<nint, void>)&Destroy;
        table[10] = table[11] = table[12] = (nint)(delegate* unmanaged<nint*, nuint, int>)&GetOrdinary;
        table[17] = (nint)(delegate* unmanaged<nint*, nint, nint, nint*, nint>)&Create;
        table[18] = (nint)(delegate* unmanaged<nint, nint, nint>)&Compute;

        table[NameAt] = (nint)NativeMemory.Alloc((nuint)name.Length);
        name.CopyTo(new Span<byte>((void*)table[NameAt], name.Length));
        table[CreateAt] = (nint)create;
        (table[InputCountAt], table[OutputCountAt]) = (inputTypes.Length, outputTypes.Length);
        for (var i = 0; i < inputTypes.Length + outputTypes.Length; i++)
        {
            table[TypesAt + i] = i < inputTypes.Length ? inputTypes[i] : outputTypes[i - inputTypes.Length];
        }

        return table;
    }

    [UnmanagedCallersOnly]
    private static nint GetName(nint* self) => self[NameAt];

    /// <summary>None named: the CPU's.</summary>
    [UnmanagedCallersOnly]
    private static nint GetExecutionProvider(nint* self) => 0;

    [UnmanagedCallersOnly]
    private static int GetInputType(nint* self, nuint index) => (int)self[TypesAt + (int)index];

    [UnmanagedCallersOnly]
    private static nint GetInputCount(nint* self) => self[InputCountAt];

    [UnmanagedCallersOnly]
    private static int GetOutputType(nint* self, nuint index) => (int)self[TypesAt + (int)self[InputCountAt] + (int)index];

    [UnmanagedCallersOnly]
    private static nint GetOutputCount(nint* self) => self[OutputCountAt];

    /// <summary>Neither optional nor variadic; memory of the default kind.</summary>
    [UnmanagedCallersOnly]
    private static int GetOrdinary(nint* self, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static nint Create(nint* self, nint api, nint info, nint* kernel)
    {
        try
        {
            *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(((delegate*<nint, Kernel>)self[CreateAt])(info)));
            return 0;
        }
        catch (Exception e)
        {
            return OnnxRuntimeApi.Status(e.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(nint kernel, nint context)
    {
        try
        {
            ((Kernel)GCHandle.FromIntPtr(kernel).Target!).Compute(context);
            return 0;
        }
        catch (Exception e)
        {
            return OnnxRuntimeApi.Status(e.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(nint kernel)
    {
        var handle = GCHandle.FromIntPtr(kernel);
        ((Kernel)handle.Target!).Dispose();
        handle.Free();
    }
}
