using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>The domain of the custom operators here, made known to ONNX Runtime once in a process.</summary>
internal static unsafe class KernelDomain
{
    public const string Name = "guardedzephyr";

    private static readonly nint Domain = Create();

    /// <summary>Whether this processor has the instructions that the kernels are written in; ONNX Runtime's own operators are used otherwise.</summary>
    public static bool IsSupported => Int4MatMul.IsSupported;

    /// <summary>Sessions that are opened with these options may have the operators.</summary>
    public static void Register(SessionOptions options)
    {
        OnnxRuntimeApi.AddDomain(options.DangerousGetHandle(), Domain);
        GC.KeepAlive(options);
    }

    private static nint Create()
    {
        const int F = CustomOperator.Float;
        const int H = CustomOperator.Float16;
        const int I = CustomOperator.Int32;
        var domain = OnnxRuntimeApi.CreateDomain("guardedzephyr\0"u8);
        OnnxRuntimeApi.AddOperator(domain, CustomOperator.Describe("MatMulNBits\0"u8, [F, CustomOperator.Byte, F], [F], &Int4Kernel.Create));
        OnnxRuntimeApi.AddOperator(domain, CustomOperator.Describe("GroupQueryAttention\0"u8, [F, H, H, I, I, F, F], [F, H, H], &AttentionKernel.Create));
        return domain;
    }
}
