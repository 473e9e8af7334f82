using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Time that passes because somebody waits for it.</summary>
internal static class VirtualTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets time pass until the task has ended.</summary>
    public static async Task<T> ThroughAsync<T>(this FakeTimeProvider time, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(Step);
            await Task.Yield();
        }

        return await task;
    }
}
