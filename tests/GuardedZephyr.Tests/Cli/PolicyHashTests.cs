using GuardedZephyr.Cli;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Cli;

public sealed class PolicyHashTests
{
    private const string KeyText = "000102030405060708090a0b0c0d0e0f";

    private static readonly string Policy = PolicyFolder.WithoutHarm
        .Replace("rules:", "  lists: { key: { file: lists.key }, deny: [{ entity: PROJECT_NAME, hashes: [HASH] }] }\nrules:", StringComparison.Ordinal);

    [Fact]
    public async Task Policy_finds_the_value_whose_hash_it_lists()
    {
        using var folder = new PolicyFolder();
        var key = Path.Combine(folder.Path, "lists.key");

        var run = await Zephyr.RunAsync("policy", "hash", "--new-key", "--key-file", key, "Quiet Owl");

        Assert.Equal((ZephyrCommand.Ok, ""), (run.ExitCode, run.Error));
        Assert.Matches("^[0-9a-f]{64}\n$", run.Output);
        folder.Write("policy.yaml", Policy.Replace("HASH", run.Output.Trim(), StringComparison.Ordinal));
        var finding = Assert.Single(folder.Load().Detectors.OfType<DenyListDetector>().Single().Find("the QUIET  owl flies"));
        Assert.Equal(("PROJECT_NAME", 4, 10), (finding.Category, finding.Start, finding.Length));
    }

    [Fact]
    public async Task Values_come_from_standard_input_one_a_line_when_none_is_given()
    {
        using var folder = Folder();
        var before = Console.In;
        Console.SetIn(new StringReader("Quiet Owl\r\n\nBluebird"));
        try
        {
            var run = await Zephyr.RunAsync("policy", "hash", "--key-file", KeyFile(folder));

            var hasher = new ListHasher(Convert.FromHexString(KeyText));
            Assert.Equal((ZephyrCommand.Ok, $"{hasher.Hash("Quiet Owl")}\n{hasher.Hash("Bluebird")}\n", ""), run);
        }
        finally
        {
            Console.SetIn(before);
        }
    }

    [Fact]
    public async Task Key_may_stand_in_the_environment()
    {
        var name = $"GUARDEDZEPHYR_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, Convert.ToBase64String(Convert.FromHexString(KeyText)));
        try
        {
            var run = await Zephyr.RunAsync("policy", "hash", "owl", "--key-env", name);

            Assert.Equal((ZephyrCommand.Ok, $"{new ListHasher(Convert.FromHexString(KeyText)).Hash("owl")}\n", ""), run);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task New_key_is_random_and_its_owners_alone()
    {
        using var folder = Folder();
        string[] files = [Path.Combine(folder.Path, "first.key"), Path.Combine(folder.Path, "second.key")];

        foreach (var file in files)
        {
            Assert.Equal((ZephyrCommand.Ok, "", ""), await Zephyr.RunAsync("policy", "hash", "--new-key", "--key-file", file));
            Assert.Equal(32, Convert.FromHexString((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim()).Length);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.NotEqual(await File.ReadAllTextAsync(files[0], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(files[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task New_key_takes_no_other_keys_place()
    {
        using var folder = Folder();

        var run = await Zephyr.RunAsync("policy", "hash", "--new-key", "--key-file", KeyFile(folder), "owl");

        AssertUnusable(run, "already exists");
        Assert.Equal(KeyText, await File.ReadAllTextAsync(KeyFile(folder), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("zephyr: value 2: it needs a letter or a digit and at most 128 characters.", "lists.key", "owl", "?!", "finch")]
    [InlineData("short.key: the key must be at least 16 bytes in hexadecimal or base64.", "short.key", "owl")]
    [InlineData("words.key: the key must be at least 16 bytes in hexadecimal or base64.", "words.key", "owl")]
    [InlineData("Could not find file", "gone.key", "owl")]
    public async Task Value_or_key_that_cannot_be_used_is_told_and_nothing_is_printed(string message, string key, params string[] values)
    {
        using var folder = Folder();

        var run = await Zephyr.RunAsync(["policy", "hash", .. values, "--key-file", Path.Combine(folder.Path, key)]);

        AssertUnusable(run, message);
        Assert.All(values, value => Assert.DoesNotContain(value, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Give either '--key-file' or '--key-env'.", "owl")]
    [InlineData("Give either '--key-file' or '--key-env'.", "owl", "--key-file", "a", "--key-env", "b")]
    [InlineData("'--new-key' needs '--key-file'.", "owl", "--key-env", "b", "--new-key")]
    [InlineData("the environment variable GUARDEDZEPHYR_NOT_SET is not set.", "owl", "--key-env", "GUARDEDZEPHYR_NOT_SET")]
    public async Task Wrong_usage_is_told(string message, params string[] arguments) =>
        AssertUnusable(await Zephyr.RunAsync(["policy", "hash", .. arguments]), message);

    private static void AssertUnusable((int ExitCode, string Output, string Error) run, string message)
    {
        Assert.Equal((ZephyrCommand.Unusable, ""), (run.ExitCode, run.Output));
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("zephyr: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
    }

    private static PolicyFolder Folder()
    {
        var folder = new PolicyFolder();
        folder.Write("lists.key", KeyText);
        folder.Write("short.key", "0001");
        folder.Write("words.key", "this is not a key at all");
        return folder;
    }

    private static string KeyFile(PolicyFolder folder) => Path.Combine(folder.Path, "lists.key");
}
