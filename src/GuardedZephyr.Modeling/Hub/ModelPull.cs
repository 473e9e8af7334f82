namespace GuardedZephyr.Modeling.Hub;

/// <summary>Downloads what an export needs of a model. A pull that was cut off goes on where it stopped, also in another process.</summary>
public static class ModelPull
{
    /// <param name="folder">Made where it is not there. Files that it has already, whole, are not fetched again.</param>
    /// <returns>The commit that the files are of.</returns>
    /// <exception cref="HubException">The hub refuses, or sends something else than it says.</exception>
    /// <exception cref="IOException">The disk is full, or too small.</exception>
    public static async Task<string> RunAsync(
        HubRepository repository, string folder, HubOptions options, IProgress<PullProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(options);
        using var client = new HubClient(options);
        var retry = new HubRetry(options);
        var listing = await retry.RunAsync($"the list of files of {repository}", _ => client.ListAsync(repository, cancellationToken), cancellationToken);
        listing.Require(repository);
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var downloads = listing.Files.Select(file => new HubDownload(client, repository, listing.Commit, file, folder, options)).ToList();
        RequireSpace(folder, downloads.Sum(download => download.Missing), options.FreeSpace);

        var (done, fetched, total) = (0L, 0L, listing.Files.Sum(file => file.Size));
        foreach (var download in downloads)
        {
            var (before, fetchedBefore) = (done, fetched);
            await download.RunAsync(retry, (here, now) => progress?.Report(new PullProgress(download.File.Name, before + here, fetchedBefore + now, total)), cancellationToken);
            done += download.File.Size;
            fetched += download.Fetched;
        }

        return listing.Commit;
    }

    private static void RequireSpace(string folder, long bytes, Func<string, long> available)
    {
        if (available(folder) is var free && free < bytes)
        {
            throw new IOException($"'{folder}' needs {bytes} more bytes, but only {free} are free on its disk; make room or give another folder.");
        }
    }
}
