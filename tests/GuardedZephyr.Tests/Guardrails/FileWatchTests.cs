using GuardedZephyr.Guardrails;

namespace GuardedZephyr.Tests.Guardrails;

public sealed class FileWatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zephyr-tests-").FullName;
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("written")]
    [InlineData("replaced")]
    [InlineData("made")]
    public async Task A_change_of_a_watched_file_is_told(string how)
    {
        string file = Path.Combine(_folder, "a.yaml"), other = Path.Combine(_folder, "b.yaml");
        if (how != "made")
        {
            await File.WriteAllTextAsync(file, "1", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(other, "2", TestContext.Current.CancellationToken);
        using var watch = new FileWatch(_changed.SetResultOnce);
        watch.Watch([file]);

        if (how == "replaced")
        {
            File.Move(other, file, overwrite: true);
        }
        else
        {
            await File.WriteAllTextAsync(file, "3", TestContext.Current.CancellationToken);
        }

        await _changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_not_watched()
    {
        using var watch = new FileWatch(_changed.SetResultOnce);

        watch.Watch([Path.Combine(_folder, "gone", "a.yaml")]);

        Assert.False(_changed.Task.IsCompleted);
    }
}

internal static class TaskCompletionSourceExtensions
{
    public static void SetResultOnce(this TaskCompletionSource source) => source.TrySetResult();
}
