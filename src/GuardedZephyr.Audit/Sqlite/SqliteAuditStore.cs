using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GuardedZephyr.Audit;

/// <summary>Writes records to one SQLite file. A connection that failed is thrown away, and the next write tries a new one. Not thread-safe.</summary>
internal sealed class SqliteAuditStore(string path) : IDisposable
{
    /// <summary>How long SQLite itself waits for a lock, in seconds: under the log's deadline, so that the error can say what is wrong.</summary>
    private const int LockTimeout = 1;

    private const string Insert =
        $"INSERT INTO decisions ({AuditSchema.Columns}) VALUES (@time, @turn, @conversation, @direction, @outcome, @action, @rules, @shadow, @findings, @failed, "
        + "@policy, @version, @sha256, @model, @guardMs, @hmac, @key, @start, @length, @shadowOutcome, @shadowAction)";

    private const string Probe = "INSERT INTO probe (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1";

    private SqliteConnection? _connection;

    public void Open() => Attempt(() => Connect());

    /// <summary>All of the records or none; without records, a write that leaves none.</summary>
    public void Write(IReadOnlyList<AuditRecord> records) => Attempt(() =>
    {
        var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        if (records.Count == 0)
        {
            command.CommandText = Probe;
            command.ExecuteNonQuery();
        }

        foreach (var record in records)
        {
            Fill(command, record);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Dispose();
            if (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new AuditUnavailableException($"Audit database '{path}' cannot be written: {Reason(exception)}", exception);
            }

            throw;
        }
    }

    private SqliteConnection Connect()
    {
        // A file that was deleted would go on taking records that nobody can ever read.
        if (_connection is not null && File.Exists(path))
        {
            return _connection;
        }

        Dispose();
        PrivateFiles.CreateFolderOf(path);
        PrivateFiles.Touch(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = LockTimeout }.ToString());
        _connection.Open();
        AuditSchema.Prepare(_connection);
        return _connection;
    }

    private static void Fill(SqliteCommand command, AuditRecord record)
    {
        command.CommandText = Insert;
        var parameters = command.Parameters;
        parameters.Clear();
        parameters.AddWithValue("@time", record.Time.UtcDateTime.ToString(AuditSchema.TimeFormat, CultureInfo.InvariantCulture));
        parameters.AddWithValue("@turn", record.Turn);
        parameters.AddWithValue("@conversation", (object?)record.Conversation ?? DBNull.Value);
        parameters.AddWithValue("@direction", record.Direction);
        parameters.AddWithValue("@outcome", record.Outcome);
        parameters.AddWithValue("@action", record.Action);
        parameters.AddWithValue("@rules", JsonSerializer.Serialize(record.Rules, AuditJson.Default.IReadOnlyListString));
        parameters.AddWithValue("@shadow", JsonSerializer.Serialize(record.ShadowRules, AuditJson.Default.IReadOnlyListString));
        parameters.AddWithValue("@findings", JsonSerializer.Serialize(record.Findings, AuditJson.Default.IReadOnlyListAuditFinding));
        parameters.AddWithValue("@failed", JsonSerializer.Serialize(record.FailedDetectors, AuditJson.Default.IReadOnlyListString));
        parameters.AddWithValue("@policy", record.PolicyName);
        parameters.AddWithValue("@version", record.PolicyVersion);
        parameters.AddWithValue("@sha256", record.PolicySha256);
        parameters.AddWithValue("@model", (object?)record.Model ?? DBNull.Value);
        parameters.AddWithValue("@guardMs", record.GuardMilliseconds);
        parameters.AddWithValue("@hmac", record.TextHmac);
        parameters.AddWithValue("@key", record.KeyId);
        parameters.AddWithValue("@start", record.TextStart);
        parameters.AddWithValue("@length", record.TextLength);
        parameters.AddWithValue("@shadowOutcome", (object?)record.ShadowOutcome ?? DBNull.Value);
        parameters.AddWithValue("@shadowAction", (object?)record.ShadowAction ?? DBNull.Value);
    }

    private static string Reason(Exception exception) => exception is SqliteException { SqliteErrorCode: 26 }
        ? "it is a file of another kind."
        : exception.Message.ReplaceLineEndings(" ");
}
