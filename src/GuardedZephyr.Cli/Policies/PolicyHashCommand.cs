using System.CommandLine;
using System.Security.Cryptography;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>What a policy's lists hold in place of a value that must not be written down. No message shows a value.</summary>
internal static class PolicyHashCommand
{
    /// <summary>Of a new key, in bytes: the length of HMAC-SHA256's output, as RFC 2104 section 3 recommends.</summary>
    private const int KeyLength = HMACSHA256.HashSizeInBytes;

    private static readonly Argument<string[]> Values = new("VALUE") { Description = "Values to hash; standard input, one a line, when none is given: so they stand in no shell history.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> KeyFile = new("--key-file") { Description = "File that holds the list key, in hexadecimal or base64.", HelpName = "FILE" };
    private static readonly Option<string?> KeyEnvironment = new("--key-env") { Description = "Environment variable that holds it.", HelpName = "NAME" };
    private static readonly Option<bool> NewKey = new("--new-key") { Description = "First write a fresh random key into the key file, which must not exist; without VALUE, that is all." };

    public static Command Create()
    {
        var command = new Command(
            "hash",
            "Hash values for the 'hashes' of a policy's lists, a line each.\nExample: zephyr policy hash --key-file lists.key < values.txt")
        {
            Values, KeyFile, KeyEnvironment, NewKey,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(KeyFile) is null == result.GetValue(KeyEnvironment) is null)
            {
                result.AddError("Give either '--key-file' or '--key-env'.");
            }
            else if (result.GetValue(NewKey) && result.GetValue(KeyFile) is null)
            {
                result.AddError("'--new-key' needs '--key-file'.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var values = parsed.GetValue(Values)!;
        if (parsed.GetValue(NewKey))
        {
            await WriteNewKeyAsync(parsed.GetValue(KeyFile)!, cancellationToken);
            if (values.Length == 0)
            {
                return ZephyrCommand.Ok;
            }
        }

        try
        {
            var hasher = await ReadKeyAsync(parsed.GetValue(KeyFile), parsed.GetValue(KeyEnvironment), cancellationToken);
            var hashes = Hash(values.Length > 0 ? values : await ReadValuesAsync(cancellationToken), hasher);
            foreach (var hash in hashes)
            {
                await output.WriteLineAsync(hash);
            }

            return ZephyrCommand.Ok;
        }
        catch (FormatException exception)
        {
            await error.WriteLineAsync($"zephyr: {exception.Message}.");
            return ZephyrCommand.Unusable;
        }
    }

    /// <exception cref="IOException">There is such a file.</exception>
    private static async Task WriteNewKeyAsync(string path, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteLineAsync(RandomNumberGenerator.GetHexString(2 * KeyLength, lowercase: true).AsMemory(), cancellationToken);
    }

    private static async Task<ListHasher> ReadKeyAsync(string? file, string? environment, CancellationToken cancellationToken)
    {
        var written = file is not null ? await File.ReadAllTextAsync(file, cancellationToken)
            : Environment.GetEnvironmentVariable(environment!) ?? throw new FormatException($"the environment variable {environment} is not set");
        try
        {
            return ListHasher.Parse(written);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{file ?? environment}: {exception.Message}", exception);
        }
    }

    /// <summary>The lines of standard input; an empty one is no value.</summary>
    private static async Task<IReadOnlyList<string>> ReadValuesAsync(CancellationToken cancellationToken)
    {
        var text = await Console.In.ReadToEndAsync(cancellationToken);
        return text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <returns>All or nothing: half a list would pass for a whole one.</returns>
    private static string[] Hash(IReadOnlyList<string> values, ListHasher hasher)
    {
        var hashes = new string[values.Count];
        for (var index = 0; index < values.Count; index++)
        {
            try
            {
                hashes[index] = hasher.Hash(values[index]);
            }
            catch (ArgumentException exception)
            {
                throw new FormatException($"value {index + 1}: it needs a letter or a digit and at most {ListHasher.MaxValueLength} characters", exception);
            }
        }

        return hashes;
    }
}
