using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace GuardedZephyr.Bench;

/// <summary>The service as a process of its own, with an audit log of its own, on a free port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly string _folder;

    private ServiceProcess(Process process, HttpClient http, string folder, TimeSpan startToReady)
    {
        _process = process;
        _http = http;
        _folder = folder;
        StartToReady = startToReady;
    }

    public TimeSpan StartToReady { get; }

    public static async Task<ServiceProcess> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("zephyr-bench-").FullName;
        string address = $"http://127.0.0.1:{FreePort()}";
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GuardedZephyr.Service.dll"), "--urls", address])
        {
            RedirectStandardOutput = true,
            Environment = { ["GuardedZephyr__Audit__Path"] = Path.Combine(folder, "audit.db") },
        };

        long started = Stopwatch.GetTimestamp();
        Process process = Process.Start(info) ?? throw new InvalidOperationException("The service did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();

        var http = new HttpClient { BaseAddress = new Uri(address) };
        while (!await IsReadyAsync(http))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > _patience)
            {
                throw new InvalidOperationException($"The service was not ready within {_patience.TotalSeconds} s.");
            }

            await Task.Delay(5);
        }

        return new ServiceProcess(process, http, folder, Stopwatch.GetElapsedTime(started));
    }

    public async Task<Turn> AskAsync(string prompt)
    {
        var body = new { model = "zephyr-nano", stream = true, temperature = 0, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = prompt } } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };

        long started = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();

        double? firstText = null;
        double guard = 0;
        int tokens = 0;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
            {
                continue;
            }

            using JsonDocument chunk = JsonDocument.Parse(line["data: ".Length..]);
            JsonElement root = chunk.RootElement;
            if (root.TryGetProperty("guard", out JsonElement report) && report.ValueKind == JsonValueKind.Object)
            {
                guard = report.GetProperty("latency_ms").GetDouble();
            }

            if (root.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object)
            {
                tokens = usage.GetProperty("completion_tokens").GetInt32();
            }

            foreach (JsonElement choice in root.GetProperty("choices").EnumerateArray())
            {
                if (choice.GetProperty("delta").TryGetProperty("content", out JsonElement content) && content.GetString() is { Length: > 0 })
                {
                    firstText ??= Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                }
            }
        }

        double total = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return new Turn(prompt, firstText ?? total, total, guard, tokens);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
