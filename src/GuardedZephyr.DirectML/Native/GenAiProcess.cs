using System.Runtime.InteropServices;

namespace GuardedZephyr.DirectML.Native;

/// <summary>
/// What onnxruntime-genai is told once in a process: no telemetry, from the start; and to shut down, after its last model is gone, at the process's
/// end. A shut-down library must not load a model again (onnxruntime-genai#1896).
/// </summary>
internal static class GenAiProcess
{
    private static readonly Lazy<bool> Loaded = new(Load);
    private static int s_models;

    /// <summary>Whether this build has the library.</summary>
    public static bool HasLibrary => Loaded.Value;

    public static void ModelOpened() => Interlocked.Increment(ref s_models);

    public static void ModelClosed() => Interlocked.Decrement(ref s_models);

    private static unsafe bool Load()
    {
        if (!NativeLibrary.TryLoad(Oga.Library, typeof(Oga).Assembly, null, out var library))
        {
            return false;
        }

        // Newer than 0.11; builds from before it have none to turn off.
        if (NativeLibrary.TryGetExport(library, "OgaSetTelemetryEnabled", out var setTelemetry))
        {
            ((delegate* unmanaged<byte, void>)setTelemetry)(0);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => ShutDown();
        return true;
    }

    private static void ShutDown()
    {
        if (Volatile.Read(ref s_models) == 0)
        {
            Oga.Shutdown();
        }
    }
}
