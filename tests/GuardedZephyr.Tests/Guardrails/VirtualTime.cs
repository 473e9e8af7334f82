using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Time that passes because somebody waits for it.</summary>
internal static class VirtualTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets time pass until the task has ended.</summary>
    /// <param name="work">
    /// Real time between two steps for what other threads do, so that virtual time does not overtake work that takes none, such as a write to a log in memory. None where
    /// being overtaken is part of the test.
    /// </param>
    public static async Task<T> ThroughAsync<T>(this FakeTimeProvider time, Task<T> task, TimeSpan work = default)
    {
        while (!task.IsCompleted)
        {
            time.Advance(Step);
            if (work == default)
            {
                await Task.Yield();
            }
            else
            {
                await Task.WhenAny(task, Task.Delay(work));
            }
        }

        return await task;
    }
}
