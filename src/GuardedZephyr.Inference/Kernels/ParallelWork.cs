using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Runs tasks on the threads of the session, so that kernels and ONNX Runtime's own operators do not compete for processors.</summary>
internal static unsafe class ParallelWork
{
    /// <param name="task">Called with 0 to <paramref name="count"/> - 1, by several threads.</param>
    /// <exception cref="Exception">What a task threw; the others still ran.</exception>
    public static void Run(nint context, int count, Action<int> task)
    {
        var work = new Work(task);
        var handle = GCHandle.Alloc(work);
        try
        {
            OnnxRuntimeApi.ParallelFor(context, &RunTask, (nuint)count, (void*)GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        if (work.Failure is { } failure)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RunTask(void* state, nuint index)
    {
        var work = (Work)GCHandle.FromIntPtr((nint)state).Target!;
        try
        {
            work.Task((int)index);
        }
        catch (Exception e)
        {
            work.Failure = e;
        }
    }

    private sealed class Work(Action<int> task)
    {
        public Action<int> Task => task;

        public volatile Exception? Failure;
    }
}
