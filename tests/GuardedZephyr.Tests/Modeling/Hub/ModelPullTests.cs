using GuardedZephyr.Modeling.Hub;
using GuardedZephyr.Tests.Audit;
using Microsoft.AspNetCore.Http;

namespace GuardedZephyr.Tests.Modeling.Hub;

/// <summary>Pulling from a hub that serves, cuts, redirects and lies. One class, over 300 lines: each test is one behaviour of one command over the same hub.</summary>
public sealed class ModelPullTests : IAsyncLifetime
{
    private const string Token = "hf_secret";
    private static readonly HubRepository Repository = HubRepository.Parse(FakeHub.Repository);
    private readonly ScratchFolder _scratch = new();
    private readonly List<TimeSpan> _waits = [];
    private FakeHub _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => _scratch.PathOf("model");

    private HubOptions Options => new()
    {
        Endpoint = _hub.Endpoint,
        Token = Token,
        Wait = (wait, _) =>
        {
            _waits.Add(wait);
            return Task.CompletedTask;
        },
    };

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        var random = new Random(1);
        foreach (var (name, length) in new[] { ("config.json", 700), ("generation_config.json", 0), ("tokenizer.json", 200_000), ("tokenizer_config.json", 300), ("model-1.safetensors", 1_000_000), ("model-2.safetensors", 300_000), ("model.safetensors.index.json", 90) })
        {
            _hub.Files[name] = new byte[length];
            random.NextBytes(_hub.Files[name]);
        }

        _hub.Large.UnionWith(["model-1.safetensors", "model-2.safetensors", "tokenizer.json"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Files_that_an_export_needs_are_downloaded_and_no_others()
    {
        foreach (var other in new[] { "README.md", "pytorch_model.bin", "onnx/model.onnx", "onnx/tokenizer.json", ".gitattributes", "model.gguf" })
        {
            _hub.Files[other] = [1];
        }

        var last = default(PullProgress);
        var commit = await PullAsync(new LastProgress(progress => last = progress));

        Assert.Equal(FakeHub.Commit, commit);
        AssertComplete(7);
        Assert.Equal((last.Total, last.Total), (last.Done, last.Fetched));
        Assert.Equal(_hub.Files.Where(file => file.Value.Length != 1).Sum(file => file.Value.Length), last.Total);
    }

    [Fact]
    public async Task Token_goes_to_the_hub_and_not_to_where_it_redirects()
    {
        await PullAsync();

        Assert.All(_hub.Requests, request => Assert.Equal(request.StartsWith("127.0.0.1", StringComparison.Ordinal), request.EndsWith($"Bearer {Token}", StringComparison.Ordinal)));
        Assert.Equal(3, _hub.Requests.Count(request => request.StartsWith("localhost /cdn/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Download_that_is_cut_goes_on_where_it_stopped()
    {
        _hub.Cuts.Enqueue(500);
        _hub.Cuts.Enqueue(1000);
        foreach (var cut in Enumerable.Repeat(100_000, 9))
        {
            _hub.Cuts.Enqueue(cut);
        }

        await PullAsync();

        AssertComplete(7);
        Assert.NotEmpty(_waits);
        Assert.All(_waits, wait => Assert.Equal(TimeSpan.FromSeconds(1), wait)); // each attempt brought something
        Assert.Contains(_hub.Requests, request => request.Contains("bytes=", StringComparison.Ordinal) && !request.Contains("bytes=0-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connection_that_breaks_is_made_again()
    {
        _hub.Breaks = true;
        foreach (var cut in new[] { 10, 0, 300 })
        {
            _hub.Cuts.Enqueue(cut);
        }

        await PullAsync();

        AssertComplete(7);
        Assert.Equal(3, _waits.Count);
    }

    [Fact]
    public async Task Next_run_goes_on_with_what_a_broken_one_left()
    {
        foreach (var _ in Enumerable.Range(0, 100))
        {
            _hub.Cuts.Enqueue(0);
        }

        await Assert.ThrowsAsync<HubException>(() => PullAsync());
        _hub.Cuts.Clear();
        await File.WriteAllBytesAsync(Path.Combine(Folder, "model-1.safetensors.partial"), _hub.Files["model-1.safetensors"][..400_000], Cancellation);

        await PullAsync();

        AssertComplete(7);
        Assert.Contains(_hub.Requests, request => request.StartsWith("localhost /cdn/model-1.safetensors bytes=400000-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_here_already_is_not_downloaded_again()
    {
        await PullAsync();
        _hub.Requests.Clear();

        await PullAsync();

        Assert.Single(_hub.Requests);
    }

    [Fact]
    public async Task File_that_was_changed_here_is_downloaded_again()
    {
        await PullAsync();
        await File.WriteAllBytesAsync(Path.Combine(Folder, "config.json"), new byte[700], Cancellation);

        await PullAsync();

        AssertComplete(7);
    }

    [Fact]
    public async Task Hub_that_ignores_ranges_is_downloaded_from_the_start()
    {
        _hub.IgnoresRange = true;
        _hub.Cuts.Enqueue(100);
        _hub.Cuts.Enqueue(10_000);

        await PullAsync();

        AssertComplete(7);
    }

    [Fact]
    public async Task Hub_that_ignores_ranges_and_always_cuts_is_given_up()
    {
        _hub.IgnoresRange = true;
        foreach (var _ in Enumerable.Range(0, 100))
        {
            _hub.Cuts.Enqueue(200);
        }

        var error = await Assert.ThrowsAsync<HubException>(() => PullAsync());

        Assert.Contains("Gave up on", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4, 8], _waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData("model-1.safetensors", 400_000)]
    [InlineData("model-1.safetensors", 1_000_000)]
    [InlineData("model-1.safetensors", 2_000_000)]
    [InlineData("config.json", 100)]
    public async Task Partial_file_of_something_else_is_thrown_away(string name, int length)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.partial"), new byte[length], Cancellation);

        await PullAsync();

        AssertComplete(7);
    }

    [Fact]
    public async Task Content_with_another_hash_is_refused_and_not_kept()
    {
        _hub.SendsOtherBytes = true;

        var error = await Assert.ThrowsAsync<HubException>(() => PullAsync());

        Assert.Contains("is not what the hub says it is", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public async Task File_longer_than_listed_is_refused_before_it_fills_the_disk()
    {
        _hub.ExtraBytes = 5_000_000;

        var error = await Assert.ThrowsAsync<HubException>(() => PullAsync());

        Assert.Contains("is longer than the 700 bytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(Directory.EnumerateFiles(Folder).Sum(file => new FileInfo(file).Length), 0, 700);
    }

    [Theory]
    [InlineData(401, "", Token, "does not accept HF_TOKEN")]
    [InlineData(401, "", null, "does not exist or is private")]
    [InlineData(401, "GatedRepo", null, "accept its terms")]
    [InlineData(403, "GatedRepo", Token, "accept its terms")]
    [InlineData(403, "", Token, "give it read access")]
    [InlineData(404, "RevisionNotFound", null, "has no revision 'main'")]
    [InlineData(404, "RepoNotFound", null, "check the name and the revision, or set HF_TOKEN")]
    [InlineData(418, "", null, "The hub answers 418")]
    public async Task Refusal_says_what_to_do(int status, string code, string? token, string advice)
    {
        _hub.Refuse = context =>
        {
            context.Response.Headers["X-Error-Code"] = code;
            return Results.StatusCode(status);
        };

        var error = await Assert.ThrowsAsync<HubException>(() => ModelPull.RunAsync(Repository, Folder, Options with { Token = token }, cancellationToken: Cancellation));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task Busy_hub_is_asked_again_when_it_says()
    {
        var busy = 3;
        _hub.Refuse = context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return busy-- > 0 ? Results.StatusCode(429) : null;
        };

        await PullAsync();

        AssertComplete(7);
        Assert.Equal([7, 7, 7], _waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Hub_that_is_not_there_is_given_up_after_some_attempts()
    {
        var error = await Assert.ThrowsAsync<HubException>(() => ModelPull.RunAsync(Repository, Folder, Options with { Endpoint = "http://127.0.0.1:1" }, cancellationToken: Cancellation));

        Assert.Contains("Gave up on the list of files", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4, 8], _waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData("config.json", true)]
    [InlineData("config.json", false)]
    [InlineData("main", true)]
    [InlineData("main", false)]
    public async Task Connection_that_brings_nothing_counts_as_cut(string path, bool headers)
    {
        _hub.Refuse = context => context.Request.Path.Value!.EndsWith(path, StringComparison.Ordinal) ? new Silence(headers) : null;

        var error = await Assert.ThrowsAsync<HubException>(() => ModelPull.RunAsync(Repository, Folder, Options with { StallTimeout = TimeSpan.FromMilliseconds(500), Attempts = 1 }, cancellationToken: Cancellation));

        Assert.Contains("(nothing came)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../tokenizer.json")]
    [InlineData("tokenizer/../../evil.safetensors")]
    [InlineData("..\\\\evil.safetensors")]
    [InlineData("/etc/tokenizer")]
    [InlineData("tokenizer\\u0000.json")]
    [InlineData("C:evil.safetensors")]
    [InlineData("tokenizer:stream")]
    [InlineData(".safetensors")]
    public async Task Name_that_leads_out_of_the_folder_writes_nothing(string name)
    {
        _hub.Listing = $$"""{"sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"{{name}}","size":1,"blobId":"{{new string('a', 40)}}"}]}""";

        await Assert.ThrowsAsync<HubException>(() => PullAsync());

        Assert.False(Directory.Exists(Folder));
    }

    [Theory]
    [InlineData("<html>", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{"sha":"main","siblings":[]}""", "cannot be read")]
    [InlineData("""{"sha":"cccccccccccccccccccccccccccccccccccccccc","siblings":[]}""", "has no config.json")]
    [InlineData("""{"sha":"cccccccccccccccccccccccccccccccccccccccc","siblings":[{"rfilename":"config.json","size":-1,"blobId":"x"}]}""", "cannot be read")]
    public async Task List_that_is_none_is_refused(string listing, string problem)
    {
        _hub.Listing = listing;

        Assert.Contains(problem, (await Assert.ThrowsAsync<HubException>(() => PullAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repository_without_safetensors_is_refused()
    {
        foreach (var name in _hub.Files.Keys.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)).ToList())
        {
            _hub.Files.Remove(name);
        }

        Assert.Contains("has no *.safetensors", (await Assert.ThrowsAsync<HubException>(() => PullAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_that_is_too_small_is_noticed_first()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => ModelPull.RunAsync(Repository, Folder, Options with { FreeSpace = _ => 1000 }, cancellationToken: Cancellation));

        Assert.Contains("needs 1501090 more bytes, but only 1000 are free", error.Message, StringComparison.Ordinal);
        Assert.Single(_hub.Requests);
    }

    [Theory]
    [InlineData("stablelm")]
    [InlineData("a/b/c")]
    [InlineData("../b")]
    [InlineData("a/..")]
    [InlineData("a/b@../../x")]
    [InlineData("a/b@")]
    [InlineData("a/b?x=1")]
    public void Repository_that_is_written_otherwise_is_refused(string text) => Assert.Throws<HubException>(() => HubRepository.Parse(text));

    [Fact]
    public async Task Token_is_not_sent_unencrypted_over_a_network() =>
        Assert.Contains("would travel unencrypted", (await Assert.ThrowsAsync<HubException>(() => ModelPull.RunAsync(Repository, Folder, Options with { Endpoint = "http://hub.example" }, cancellationToken: Cancellation))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Circle_of_redirects_ends()
    {
        _hub.Refuse = _ => Results.Redirect("/api/models");

        Assert.Contains("in circles", (await Assert.ThrowsAsync<HubException>(() => PullAsync())).Message, StringComparison.Ordinal);
    }

    private Task<string> PullAsync(IProgress<PullProgress>? progress = null) => ModelPull.RunAsync(Repository, Folder, Options, progress, Cancellation);

    private void AssertComplete(int count)
    {
        var files = Directory.EnumerateFiles(Folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        Assert.Equal(count, files.Count);
        Assert.All(files, file => Assert.True(_hub.Files[file.Key].AsSpan().SequenceEqual(file.Value), file.Key));
    }

    private sealed class LastProgress(Action<PullProgress> report) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => report(value);
    }

    /// <summary>Headers, or not even those, and then nothing until the client gives up.</summary>
    private sealed class Silence(bool headers) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            if (headers)
            {
                httpContext.Response.ContentLength = 700;
                await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
            }

            var gone = new TaskCompletionSource();
            await using var registration = httpContext.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        }
    }
}
