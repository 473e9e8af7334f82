using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// The functions of ONNX Runtime's C API that a custom operator needs and the .NET package does not offer. The API is a table of function pointers
/// that only ever grows at its end (onnxruntime_c_api.h, "struct OrtApi"), so each has a fixed place.
/// </summary>
internal static unsafe partial class OnnxRuntimeApi
{
    /// <summary>The API's version whose table is asked for; later libraries still give it.</summary>
    public const uint Version = 17;

    private static readonly nint* Table = (nint*)((delegate* unmanaged<uint, nint>)(*(nint*)OrtGetApiBase()))(Version);

    public static nint CreateDomain(ReadOnlySpan<byte> name)
    {
        nint domain;
        fixed (byte* bytes = name)
        {
            Check(((delegate* unmanaged<byte*, nint*, nint>)Table[26])(bytes, &domain));
        }

        return domain;
    }

    public static void AddOperator(nint domain, void* customOperator) => Check(((delegate* unmanaged<nint, void*, nint>)Table[27])(domain, customOperator));

    public static void AddDomain(nint sessionOptions, nint domain) => Check(((delegate* unmanaged<nint, nint, nint>)Table[28])(sessionOptions, domain));

    public static long IntegerAttribute(nint kernelInfo, ReadOnlySpan<byte> name)
    {
        long value;
        fixed (byte* bytes = name)
        {
            Check(((delegate* unmanaged<nint, byte*, long*, nint>)Table[86])(kernelInfo, bytes, &value));
        }

        return value;
    }

    public static nint Input(nint context, nuint index)
    {
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)Table[90])(context, index, &value));
        return value;
    }

    /// <exception cref="InvalidOperationException">The input is computed, not part of the model.</exception>
    public static nint ConstantInput(nint kernelInfo, nuint index)
    {
        nint value;
        int constant;
        Check(((delegate* unmanaged<nint, nuint, int*, nint*, nint>)Table[249])(kernelInfo, index, &constant, &value));
        return constant != 0 ? value : throw new InvalidOperationException("4-bit weights and their scales must be part of the model, not computed by it");
    }

    public static nint Output(nint context, nuint index, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Table[91])(context, index, sizes, (nuint)shape.Length, &value));
        }

        return value;
    }

    public static void* Data(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)Table[51])(value, &data));
        return data;
    }

    public static long[] Shape(nint value)
    {
        nint info;
        nuint rank;
        Check(((delegate* unmanaged<nint, nint*, nint>)Table[65])(value, &info));
        try
        {
            Check(((delegate* unmanaged<nint, nuint*, nint>)Table[61])(info, &rank));
            var shape = new long[rank];
            fixed (long* sizes = shape)
            {
                Check(((delegate* unmanaged<nint, long*, nuint, nint>)Table[62])(info, sizes, rank));
            }

            return shape;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Table[99])(info);
        }
    }

    /// <summary>Values of a tensor.</summary>
    public static long Count(nint value)
    {
        var product = 1L;
        foreach (var size in Shape(value))
        {
            product *= size;
        }

        return product;
    }

    /// <summary>Calls the function with 0 to <paramref name="count"/> - 1 on the session's own threads and returns when all are done.</summary>
    public static void ParallelFor(nint context, delegate* unmanaged[Cdecl]<void*, nuint, void> function, nuint count, void* state) =>
        Check(((delegate* unmanaged<nint, delegate* unmanaged[Cdecl]<void*, nuint, void>, nuint, nuint, void*, nint>)Table[274])(context, function, count, 0, state));

    /// <summary>An error as ONNX Runtime takes it back from a kernel; it frees it.</summary>
    public static nint Status(string message)
    {
        const int Fail = 1;
        fixed (byte* text = Encoding.UTF8.GetBytes(message + '\0'))
        {
            return ((delegate* unmanaged<int, byte*, nint>)Table[0])(Fail, text);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(nint status)
    {
        if (status != 0)
        {
            Throw(status);
        }
    }

    private static void Throw(nint status)
    {
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Table[2])(status));
        ((delegate* unmanaged<nint, void>)Table[93])(status);
        throw new InvalidOperationException($"ONNX Runtime: {message}");
    }

    [LibraryImport("onnxruntime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OrtGetApiBase();
}
