namespace GuardedZephyr.EndToEnd.Tests.Programs;

public sealed class QuickstartTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_sample_chats_and_hides_personal_data()
    {
        var run = await ProgramRun.OwnAsync("Quickstart", ["--GuardedZephyr:Audit:Path", _scratch.PathOf("audit.db")]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("> List 3 synonyms for the word \"tiny\"", lines[0]);
        Assert.NotEmpty(lines[1]);
        Assert.Contains("My SSN is [US_SSN] and my card is [CREDIT_CARD]", lines);
        Assert.Contains("outcome: modified; rules: pii.financial, pii.government-id", lines);
        Assert.True(File.Exists(_scratch.PathOf("audit.db")));
    }
}
