using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace GuardedZephyr.Modeling.Hub;

/// <summary>One file: into NAME.partial, which the next run goes on with, and under its own name when its hash is right.</summary>
internal sealed class HubDownload(HubClient client, HubRepository repository, string commit, HubFile file, string folder, HubOptions options)
{
    private readonly string _path = Path.Combine(folder, file.Name);
    private readonly string _partial = Path.Combine(folder, file.Name + ".partial");
    private readonly byte[] _buffer = new byte[1 << 17];

    /// <summary>Bytes of the file that were here at best: starting again and again is no progress.</summary>
    private long _longest;

    public HubFile File => file;

    /// <summary>Bytes that this run has downloaded, twice where it had to start again.</summary>
    public long Fetched { get; private set; }

    /// <summary>Bytes that are not here yet, as far as sizes tell.</summary>
    public long Missing => Length(_path) == file.Size ? 0 : file.Size - Math.Clamp(Length(_partial), 0, file.Size);

    /// <param name="report">Bytes of the file that are here, and how many of them were downloaded now.</param>
    public async Task RunAsync(HubRetry retry, Action<long, long> report, CancellationToken cancellationToken)
    {
        if (Length(_path) == file.Size && await IsWholeAsync(cancellationToken))
        {
            report(file.Size, 0);
            return;
        }

        var wrong = 0;
        while (!await retry.RunAsync(file.Name, advanced => FetchAsync(advanced, report, cancellationToken), cancellationToken))
        {
            // A partial file may have been of another revision; a second wrong one is the hub's.
            System.IO.File.Delete(_partial);
            if (++wrong > 1)
            {
                throw new HubException($"{file.Name} of {repository} is not what the hub says it is: its hash is another one, twice. Try again later, or another HF_ENDPOINT.");
            }
        }

        System.IO.File.Move(_partial, _path, overwrite: true);
    }

    /// <returns>-1 when there is no such file.</returns>
    private static long Length(string path) => new FileInfo(path) is { Exists: true } info ? info.Length : -1;

    private async Task<bool> IsWholeAsync(CancellationToken cancellationToken)
    {
        using var hash = StartHash();
        await using var stream = System.IO.File.OpenRead(_path);
        await AppendAsync(hash, stream, cancellationToken);
        return IsRight(hash);
    }

    /// <returns>Whether the hash of the whole file is right.</returns>
    private async Task<bool> FetchAsync(Action advanced, Action<long, long> report, CancellationToken cancellationToken)
    {
        using var hash = StartHash();
        await using var partial = new FileStream(_partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (partial.Length > file.Size)
        {
            partial.SetLength(0);
        }

        await AppendAsync(hash, partial, cancellationToken);
        if (partial.Length == file.Size && file.Size > 0)
        {
            return IsRight(hash);
        }

        using var response = await client.OpenAsync(repository, commit, file.Name, partial.Length, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            partial.SetLength(0);
            throw new HubBusyException("the hub refuses to go on where the download stopped");
        }

        if (response.Headers.TryGetValues("X-Repo-Commit", out var commits) && commits.First() != commit)
        {
            throw new HubException($"The hub sends {file.Name} of another commit than it listed; pull again.");
        }

        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != partial.Length)
        {
            partial.SetLength(0);
            _ = hash.GetHashAndReset();
            Begin(hash);
        }

        await CopyAsync(response, partial, hash, advanced, report, cancellationToken);
        return IsRight(hash);
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream partial, IncrementalHash hash, Action advanced, Action<long, long> report, CancellationToken cancellationToken)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(options.StallTimeout);
        await using var content = await response.Content.ReadAsStreamAsync(stalled.Token);
        while (await content.ReadAsync(_buffer, stalled.Token) is var read and > 0)
        {
            if (partial.Length + read > file.Size)
            {
                throw new HubException($"{file.Name} of {repository} is longer than the {file.Size} bytes that the hub says it has. Try again later, or another HF_ENDPOINT.");
            }

            await partial.WriteAsync(_buffer.AsMemory(0, read), cancellationToken);
            await partial.FlushAsync(cancellationToken);
            hash.AppendData(_buffer, 0, read);
            Fetched += read;
            if (partial.Length > _longest)
            {
                _longest = partial.Length;
                advanced();
            }

            report(partial.Length, Fetched);
            stalled.CancelAfter(options.StallTimeout);
        }

        if (partial.Length < file.Size)
        {
            throw new HubBusyException("the connection ended too soon");
        }
    }

    private async Task AppendAsync(IncrementalHash hash, FileStream stream, CancellationToken cancellationToken)
    {
        while (await stream.ReadAsync(_buffer, cancellationToken) is var read and > 0)
        {
            hash.AppendData(_buffer, 0, read);
        }
    }

    private IncrementalHash StartHash()
    {
        // Git names small files by SHA-1; that is the hub's choice, and what it secures is the transport.
#pragma warning disable CA5350
        var hash = IncrementalHash.CreateHash(file.Sha256 is null ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
#pragma warning restore CA5350
        Begin(hash);
        return hash;
    }

    /// <summary>Git hashes a blob behind its length.</summary>
    private void Begin(IncrementalHash hash)
    {
        if (file.Sha256 is null)
        {
            hash.AppendData(Encoding.ASCII.GetBytes($"blob {file.Size}\0"));
        }
    }

    private bool IsRight(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset()) == (file.Sha256 ?? file.BlobSha1);
}
