using System.Diagnostics.Metrics;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Classification;
using GuardedZephyr.Tests.Policies;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Guardrails;

public sealed class PolicyReloadTests : IDisposable
{
    private static readonly string Blocking = PolicyFolder.WithoutHarm.Replace("action: redact", "action: block", StringComparison.Ordinal);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private readonly PolicyFolder _folder = new(PolicyFolder.WithoutHarm);
    private readonly RecordingAuditLog _audit = new();
    private readonly CapturedLog _log = new();
    private readonly GuardrailsOptions _options = new();
    private GuardPolicies? _policies;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private GuardPolicies Policies => _policies ??= GuardPolicies.Load(_options, _audit, Some.AuditKey, _time, _log);

    public PolicyReloadTests()
    {
        _options.Policy.Path = _folder.PolicyPath;
        _options.Reload.Watch = false; // what the file system tells, and when, is not the test's to say
    }

    public void Dispose()
    {
        _policies?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("policy.yaml", "redact", "block")]
    [InlineData("pii/own.yaml", "{4}", "{5}")]
    [InlineData("texts.yaml", "No.", "Never.")]
    public void A_change_of_any_file_of_the_policy_is_taken_up(string file, string part, string changed)
    {
        string before = Policies.Status[0].Policy.Sha256;
        string text = File.ReadAllText(Path.Combine(_folder.Path, file)).Replace(part, changed, StringComparison.Ordinal);
        _folder.Write(file, file.StartsWith("pii", StringComparison.Ordinal) ? text.Replace("1234", "12345", StringComparison.Ordinal).Replace("pin 12345'", "pin 123456'", StringComparison.Ordinal) : text);

        Settle();

        Assert.Null(Policies.Status[0].Fault);
        Assert.NotEqual(before, Policies.Status[0].Policy.Sha256);
        Assert.Contains(_log.Lines, line => line.StartsWith("Information Policy 'default' has changed; from now on small v3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_of_the_key_of_lists_is_taken_up()
    {
        _folder.Write("lists.key", new string('1', 32));
        _folder.Write("policy.yaml", PolicyFolder.WithoutHarm.Replace("  control-tokens: {}", $"  control-tokens: {{}}\n  lists: {{ key: {{ file: lists.key }}, deny: [{{ entity: X, hashes: [{new string('a', 64)}] }}] }}", StringComparison.Ordinal));
        DateTimeOffset before = Policies.Status[0].LoadedAt;

        _folder.Write("lists.key", new string('2', 32));
        Settle();

        Assert.True(Policies.Status[0].LoadedAt > before);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_leave_the_last_good_edition_and_are_told_with_file_line_and_rule()
    {
        PolicyIdentity before = Policies.Status[0].Policy;
        _folder.Write("policy.yaml", PolicyFolder.WithoutHarm.Replace("redact", "redakt", StringComparison.Ordinal));

        Settle();

        (string _, PolicyIdentity policy, DateTimeOffset _, PolicyFault? fault) = Policies.Status[0];
        Assert.Equal(before, policy);
        Assert.Equal(_time.GetUtcNow().Date, fault!.Since.Date);
        Assert.StartsWith("policy.yaml:12: rule 'pin': unknown action 'redakt'", Assert.Single(fault.Errors), StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.StartsWith("Error ", StringComparison.Ordinal) && line.Contains("policy.yaml:12: rule 'pin'", StringComparison.Ordinal));
        Assert.Equal("my pin is [PIN]", await JudgeAsync());

        _folder.Write("policy.yaml", Blocking);
        Settle();

        Assert.Null(Policies.Status[0].Fault);
        Assert.Null(await JudgeAsync());
    }

    [Fact]
    public void Undoing_a_broken_change_makes_the_policy_whole_again()
    {
        PolicyIdentity before = Policies.Status[0].Policy;
        _folder.Write("policy.yaml", "broken");
        Settle();
        Assert.NotNull(Policies.Status[0].Fault);

        _folder.Write("policy.yaml", PolicyFolder.WithoutHarm);
        Settle();

        Assert.Null(Policies.Status[0].Fault);
        Assert.Equal(before, Policies.Status[0].Policy);
    }

    [Fact]
    public void A_file_that_was_missing_is_found_when_it_comes()
    {
        Assert.Null(Policies.Status[0].Fault);
        _folder.Write("policy.yaml", PolicyFolder.WithoutHarm.Replace("packs: [own]", "packs: [own, more]", StringComparison.Ordinal));
        Settle();
        Assert.Equal("policy.yaml:7: detectors.pii: pack 'more': pii/more.yaml: there is no such file", Assert.Single(Policies.Status[0].Fault!.Errors));

        _folder.Write("pii/more.yaml", PolicyFolder.Pack.Replace("PIN", "OTHER", StringComparison.Ordinal));
        Settle();

        Assert.Null(Policies.Status[0].Fault);
    }

    [Fact]
    public void Files_that_are_still_being_written_are_not_read()
    {
        PolicyIdentity before = Policies.Status[0].Policy;
        for (int written = 20; written < Blocking.Length; written += 40)
        {
            _folder.Write("policy.yaml", Blocking[..written]); // a half file may be a whole policy with fewer rules
            _time.Advance(_options.Reload.Quiet);
        }

        Assert.Equal(before, Policies.Status[0].Policy);
        Assert.Null(Policies.Status[0].Fault);

        _folder.Write("policy.yaml", Blocking);
        Settle();

        Assert.NotEqual(before, Policies.Status[0].Policy);
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_turn_ends_under_the_policy_that_it_began_with()
    {
        using var client = new GuardrailsChatClient(new ScriptedChatClient("Hello. ", "My pin is 1234, and yours is not. ", "Bye."), Policies);
        await using IAsyncEnumerator<ChatResponseUpdate> reply = client.GetStreamingResponseAsync("my pin is 1234", cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await reply.MoveNextAsync());
        string before = Policies.Status[0].Policy.Sha256;

        _folder.Write("policy.yaml", Blocking);
        Settle();
        while (await reply.MoveNextAsync())
        {
        }

        Assert.NotEqual(before, Policies.Status[0].Policy.Sha256);
        Assert.All(_audit.Records, record => Assert.Equal(before, record.PolicySha256));

        ChatResponse next = await client.GetResponseAsync("my pin is 1234", cancellationToken: Cancellation);

        Assert.Equal("No.", next.Text);
        Assert.Equal(Policies.Status[0].Policy.Sha256, _audit.Records[^1].PolicySha256);
    }

    [Fact]
    public void Nothing_is_taken_up_when_reload_is_off()
    {
        _options.Reload.Enabled = false;
        PolicyIdentity before = Policies.Status[0].Policy;
        _folder.Write("policy.yaml", Blocking);

        Settle();

        Assert.Equal(before, Policies.Status[0].Policy);
    }

    [Fact]
    public async Task A_model_is_closed_when_the_last_turn_that_uses_it_has_ended()
    {
        using var first = TinyClassifier.Scoring(0.1f, 0.1f);
        using var second = TinyClassifier.Scoring(0.9f, 0.1f);
        _folder.Write("policy.yaml", OnModel(first.Folder));
        _options.Policies["twin"] = _folder.PolicyPath;
        PolicyLease old = Policies.Take();
        var model = (SharedModel)Models(old).Single();
        using (PolicyLease twin = Policies.Take("twin"))
        {
            Assert.Same(model, Models(twin).Single());
        }

        _folder.Write("policy.yaml", OnModel(second.Folder));
        Settle();

        Assert.False(model.Users.IsClosed);
        Assert.Equal(Outcome.Allowed, (await old.Pipeline.JudgeAsync("hello", Direction.Input, Cancellation)).Verdict.Outcome);
        old.Dispose();
        Assert.True(model.Users.IsClosed);
        using PolicyLease now = Policies.Take();
        Assert.Equal(Outcome.Blocked, (await now.Pipeline.JudgeAsync("hello", Direction.Input, Cancellation)).Verdict.Outcome);
    }

    [Fact]
    public void A_policy_whose_labels_the_model_lacks_is_not_taken_up()
    {
        using var model = TinyClassifier.Scoring(0.1f, 0.1f);
        _folder.Write("policy.yaml", OnModel(model.Folder));
        Assert.Null(Policies.Status[0].Fault);

        _folder.Write("policy.yaml", OnModel(model.Folder).Replace("label: first", "label: third", StringComparison.Ordinal));
        Settle();

        Assert.Contains("third, which the harm classifier does not have", Assert.Single(Policies.Status[0].Fault!.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Reloads_are_counted()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "guardedzephyr.policy.reloads")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => { lock (counted) { counted.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value))); } });
        listener.Start();
        _options.Policies["counted"] = _folder.PolicyPath;
        Assert.Equal(2, Policies.Status.Count);

        _folder.Write("policy.yaml", "broken");
        Settle();
        _folder.Write("policy.yaml", Blocking);
        Settle();

        Assert.Equal(["counted kept", "counted ok"], counted.Where(line => line.StartsWith("counted", StringComparison.Ordinal)));
    }

    private static string OnModel(string folder) => PolicyFolder.WithoutHarm.Replace("detectors:", $"detectors:\n  harm: {{ model: '{folder}' }}", StringComparison.Ordinal)
        + "  - id: first\n    when: { label: first }\n    action: block\n";

    private static IReadOnlyList<IDetector> Models(PolicyLease lease) => lease.Edition.Loaded.Models;

    /// <summary>One look that sees the change, and one that finds the files as the first one did.</summary>
    private void Settle()
    {
        _ = Policies;
        _time.Advance(_options.Reload.PollInterval);
        _time.Advance(_options.Reload.PollInterval);
    }

    private async Task<string?> JudgeAsync()
    {
        using PolicyLease lease = Policies.Take();
        return (await lease.Pipeline.JudgeAsync("my pin is 1234", Direction.Input, Cancellation)).EnforcedText;
    }

    private sealed class CapturedLog : ILoggerFactory, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
            {
                _lines.Add($"{logLevel} {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
        }
    }
}
