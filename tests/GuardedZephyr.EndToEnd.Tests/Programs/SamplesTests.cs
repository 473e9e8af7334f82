using GuardedZephyr.EndToEnd.Tests.Turns;

namespace GuardedZephyr.EndToEnd.Tests.Programs;

/// <summary>The samples as the README links them: started as processes, with the embedded model.</summary>
public sealed class SamplesTests : IDisposable
{
    private const string Question = "List 3 synonyms for the word \"tiny\"";
    private const string Private = "My SSN is 536-22-1234";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task ConsoleChat_answers_and_goes_on_after_a_block()
    {
        string output = await RunAsync("ConsoleChat", [_scratch.PathOf("audit.db")], Question, ChatTests.Hateful, Question);

        string[] replies = $"\n{output}".TrimEnd('\n').Split("\n> ")[1..];
        Assert.Equal(4, replies.Length);
        Assert.NotEmpty(replies[0]);
        Assert.Contains("[harm.", replies[1], StringComparison.Ordinal);
        Assert.NotEmpty(replies[2]);
        Assert.DoesNotContain("[harm.", replies[2], StringComparison.Ordinal);
        Assert.Equal("", replies[3]);
    }

    [Fact]
    public async Task HostedChat_answers_tickets_and_stops()
    {
        string output = await RunAsync("HostedChat", ["--GuardedZephyr:Audit:Path", _scratch.PathOf("audit.db")], Question, ChatTests.Hateful);

        Assert.Matches("^1 answered: .+", output);
        Assert.Matches("\n2 for a person: .+", output);
    }

    [Fact]
    public async Task KernelChat_answers_explains_and_redacts()
    {
        string[] lines = await LinesAsync("KernelChat", [_scratch.PathOf("audit.db")], Question, $"why {Private}", $"hide {Private}");

        Assert.NotEmpty(lines[0]);
        Assert.Equal(
            ["Passed with parts replaced: rule pii.government-id (redact) took US_SSN at 10, length 11", "My SSN is [US_SSN]"],
            lines[^2..].Select(line => line.Split(", score")[0]));
    }

    [Fact]
    public async Task AnyModel_shows_what_the_model_sees_and_what_is_blocked()
    {
        string[] lines = await LinesAsync("AnyModel", [_scratch.PathOf("audit.db")], "I am ada@example.com", Private, ChatTests.Hateful);

        Assert.Equal(["the model sees: I am <EMAIL_ADDRESS_1>", "You said: I am ada@example.com", "the model sees: My SSN is [US_SSN]", "You said: My SSN is [US_SSN]"], lines[..4]);
        Assert.StartsWith("blocked by harm.", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChatEndpoint_answers_and_refuses_over_http()
    {
        using var process = ProgramRun.Begin(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatEndpoint.dll"), "--urls", "http://127.0.0.1:0", "--GuardedZephyr:Audit:Path", _scratch.PathOf("audit.db")]);
        try
        {
            using var http = new HttpClient { BaseAddress = await AddressOfAsync(process.StandardOutput) };

            HttpResponseMessage answered = await http.PostAsync("/chat", new StringContent(Question), TestContext.Current.CancellationToken);
            HttpResponseMessage refused = await http.PostAsync("/chat", new StringContent(ChatTests.Hateful), TestContext.Current.CancellationToken);

            Assert.Equal((200, 422), ((int)answered.StatusCode, (int)refused.StatusCode));
            Assert.NotEmpty(await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.NotEmpty(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string[]> LinesAsync(string sample, string[] arguments, params string[] input) => (await RunAsync(sample, arguments, input)).TrimEnd('\n').Split('\n');

    private static async Task<string> RunAsync(string sample, string[] arguments, params string[] input)
    {
        ProgramRun run = await ProgramRun.OwnAsync(sample, arguments, string.Join('\n', input) + "\n");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("536-22-1234", run.Output, StringComparison.Ordinal);
        return run.Output.ReplaceLineEndings("\n");
    }

    private static async Task<Uri> AddressOfAsync(StreamReader output)
    {
        const string Announcement = "Now listening on: ";
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var start)
            {
                return new Uri(line[(start + Announcement.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The sample ended before it listened.");
    }
}
