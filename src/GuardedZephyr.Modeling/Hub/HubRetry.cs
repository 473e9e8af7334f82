namespace GuardedZephyr.Modeling.Hub;

/// <summary>Tries again what a network may have broken, waiting twice as long each time, until several attempts in a row brought nothing.</summary>
internal sealed class HubRetry(HubOptions options)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <param name="what">For the message.</param>
    /// <param name="attempt">Is given a callback to say that something new has come.</param>
    public async Task<T> RunAsync<T>(string what, Func<Action, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                return await attempt(() => failures = 0);
            }
            catch (Exception e) when (IsPassing(e) && !cancellationToken.IsCancellationRequested)
            {
                if (++failures >= options.Attempts)
                {
                    throw new HubException($"Gave up on {what} after {failures} attempts ({Reason(e)}); pull again to go on where this stopped.", e);
                }

                await options.Wait((e as HubBusyException)?.Wait ?? FirstWait * Math.Pow(2, failures - 1), cancellationToken);
            }
        }
    }

    /// <summary>What the local disk says is not a matter of trying again.</summary>
    private static bool IsPassing(Exception exception) =>
        exception is HubBusyException or HttpRequestException or HttpIOException or OperationCanceledException || exception.InnerException is System.Net.Sockets.SocketException;

    private static string Reason(Exception exception) => exception is OperationCanceledException ? "nothing came" : exception.Message.Split('\n')[0];
}
