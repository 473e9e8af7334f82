using System.Runtime.InteropServices;

namespace GuardedZephyr.DirectML.Native;

/// <summary>
/// onnxruntime-genai's C API, as far as the decoder needs it. The managed API of the package has neither logits that can be set nor the handles to add
/// that; the C functions here are the same from version 0.11 to 0.16 (src/ort_genai_c.h of microsoft/onnxruntime-genai).
/// </summary>
/// <remarks>
/// Left out on purpose: OgaGenerator_IsDone, which ends the process when the generator was told to terminate, and everything of the tokenizer, whose
/// strings end at U+0000 and whose control tokens a user's text could produce.
/// </remarks>
internal static unsafe partial class Oga
{
    public const string Library = "onnxruntime-genai";

    /// <summary>OgaElementType_float32.</summary>
    public const int Float32 = 1;

    /// <exception cref="GenAiException">The call failed; the message is the library's.</exception>
    public static void Check(nint result)
    {
        if (result == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(ResultGetError(result)) ?? "";
        DestroyResult(result);
        throw new GenAiException(message.Trim());
    }

    [LibraryImport(Library, EntryPoint = "OgaCreateConfig", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateConfig(string folder, out nint config);

    [LibraryImport(Library, EntryPoint = "OgaConfigOverlay", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ConfigOverlay(nint config, string json);

    [LibraryImport(Library, EntryPoint = "OgaConfigClearProviders")]
    public static partial nint ConfigClearProviders(nint config);

    [LibraryImport(Library, EntryPoint = "OgaDestroyConfig")]
    public static partial void DestroyConfig(nint config);

    [LibraryImport(Library, EntryPoint = "OgaCreateModelFromConfig")]
    public static partial nint CreateModelFromConfig(nint config, out nint model);

    [LibraryImport(Library, EntryPoint = "OgaModelGetDeviceType")]
    public static partial nint ModelGetDeviceType(nint model, out nint device);

    [LibraryImport(Library, EntryPoint = "OgaDestroyString")]
    public static partial void DestroyString(nint text);

    [LibraryImport(Library, EntryPoint = "OgaDestroyModel")]
    public static partial void DestroyModel(nint model);

    [LibraryImport(Library, EntryPoint = "OgaCreateGeneratorParams")]
    public static partial nint CreateGeneratorParams(nint model, out nint parameters);

    [LibraryImport(Library, EntryPoint = "OgaDestroyGeneratorParams")]
    public static partial void DestroyGeneratorParams(nint parameters);

    [LibraryImport(Library, EntryPoint = "OgaCreateGenerator")]
    public static partial nint CreateGenerator(nint model, nint parameters, out nint generator);

    [LibraryImport(Library, EntryPoint = "OgaDestroyGenerator")]
    public static partial void DestroyGenerator(nint generator);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_AppendTokens")]
    public static partial nint AppendTokens(nint generator, int* ids, nuint count);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_GenerateNextToken")]
    public static partial nint GenerateNextToken(nint generator);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_RewindTo")]
    public static partial nint RewindTo(nint generator, nuint length);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_SetRuntimeOption", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SetRuntimeOption(nint generator, string name, string value);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_GetLogits")]
    public static partial nint GetLogits(nint generator, out nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaGenerator_SetLogits")]
    public static partial nint SetLogits(nint generator, nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaCreateTensorFromBuffer")]
    public static partial nint CreateTensorFromBuffer(float* data, long* shape, nuint rank, int elementType, out nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaTensorGetData")]
    public static partial nint TensorGetData(nint tensor, out float* data);

    [LibraryImport(Library, EntryPoint = "OgaDestroyTensor")]
    public static partial void DestroyTensor(nint tensor);

    [LibraryImport(Library, EntryPoint = "OgaShutdown")]
    public static partial void Shutdown();

    [LibraryImport(Library, EntryPoint = "OgaResultGetError")]
    private static partial nint ResultGetError(nint result);

    [LibraryImport(Library, EntryPoint = "OgaDestroyResult")]
    private static partial void DestroyResult(nint result);
}
