using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Tests.Modeling.Hub;

/// <summary>
/// A server that speaks the hub's layout on a real port: lists files, sends large ones on to another host (the same server under another name)
/// and small ones itself. It misbehaves as it is told to.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Repository = "owner/model";
    public static readonly string Commit = new('c', 40);
    private readonly WebApplication _app;

    private FakeHub(WebApplication app) => _app = app;

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Files that are kept in Git LFS.</summary>
    public HashSet<string> Large { get; } = [];

    /// <summary>Requests as "host path range authorization".</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Bytes after which a response ends too soon, for each one in turn; then none does.</summary>
    public ConcurrentQueue<int> Cuts { get; } = [];

    /// <summary>A cut breaks the connection, and what is still on its way is lost.</summary>
    public bool Breaks { get; set; }

    public bool IgnoresRange { get; set; }

    public bool SendsOtherBytes { get; set; }

    /// <summary>Bytes that each file is longer than the list says.</summary>
    public int ExtraBytes { get; set; }

    /// <summary>Answers before anything else, when it has something to say.</summary>
    public Func<HttpContext, IResult?> Refuse { get; set; } = _ => null;

    /// <summary>Replaces the list of files.</summary>
    public string? Listing { get; set; }

    public string Endpoint => $"http://127.0.0.1:{Port}";

    private int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<FakeHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var hub = new FakeHub(app);
        app.Run(hub.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        Requests.Enqueue($"{request.Host.Host} {path} {request.Headers.Range} {request.Headers.Authorization}");
        var name = path.Split('/')[^1];
        if (Refuse(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        else if (path == $"/api/models/{Repository}/revision/main")
        {
            await Results.Text(Listing ?? List(), "application/json").ExecuteAsync(context);
        }
        else if (path == $"/{Repository}/resolve/{Commit}/{name}" && Files.ContainsKey(name))
        {
            context.Response.Headers["X-Repo-Commit"] = Commit;
            await (Large.Contains(name) ? RedirectAsync(context, $"http://localhost:{Port}/cdn/{name}") : SendAsync(context, Files[name]));
        }
        else if (path.StartsWith("/cdn/", StringComparison.Ordinal) && Files.TryGetValue(name, out var content))
        {
            await SendAsync(context, content);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private async Task SendAsync(HttpContext context, byte[] content)
    {
        content = [.. SendsOtherBytes ? content.Select(value => (byte)~value) : content, .. new byte[ExtraBytes]];
        var from = 0;
        if (!IgnoresRange && context.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            context.Response.StatusCode = from < content.Length ? 206 : 416;
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        if (context.Response.StatusCode == 416)
        {
            return;
        }

        var cuts = Cuts.TryDequeue(out var cut) && cut < content.Length - from;
        if (cuts && !Breaks)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(from, cut), context.RequestAborted);
            return;
        }

        context.Response.ContentLength = content.Length - from;
        if (cuts)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(from, cut), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(content.AsMemory(from), context.RequestAborted);
    }

    private string List() => JsonSerializer.Serialize(new
    {
        id = Repository,
        sha = Commit,
        siblings = Files.Select(file => Large.Contains(file.Key)
            ? (object)new { rfilename = file.Key, size = file.Value.Length, blobId = new string('b', 40), lfs = new { sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value)), size = file.Value.Length, pointerSize = 134 } }
            : new { rfilename = file.Key, size = file.Value.Length, blobId = BlobSha1(file.Value) }),
    });

#pragma warning disable CA5350 // Git's own hash
    private static string BlobSha1(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350
}
