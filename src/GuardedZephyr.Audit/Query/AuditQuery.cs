using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace GuardedZephyr.Audit;

/// <summary>Reads an audit database, also while a service writes to it.</summary>
public sealed class AuditQuery(string path)
{
    private const string Where =
        "(@turn IS NULL OR turn = @turn) AND (@conversation IS NULL OR conversation = @conversation) AND (@direction IS NULL OR direction = @direction) "
        + "AND (@outcome IS NULL OR outcome = @outcome) AND (@since IS NULL OR time >= @since) AND (@until IS NULL OR time < @until) "
        + "AND (@after IS NULL OR sequence > @after) AND (@rule IS NULL OR EXISTS (SELECT 1 FROM json_each(rules) WHERE value = @rule))";

    /// <summary>The records in order of sequence.</summary>
    /// <exception cref="AuditUnavailableException">There is no such database or it cannot be read; the message names it.</exception>
    public IReadOnlyList<AuditRecord> Find(AuditFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Limit);
        if (!File.Exists(path))
        {
            throw new AuditUnavailableException($"There is no audit database '{path}'.");
        }

        try
        {
            return Read(filter);
        }
        catch (SqliteException exception)
        {
            throw new AuditUnavailableException($"Audit database '{path}' cannot be read: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private List<AuditRecord> Read(AuditFilter filter)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 2 };
        using var connection = new SqliteConnection(source.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        var columns = $"SELECT sequence, {AuditSchema.ColumnsOf(connection)} FROM decisions WHERE {Where} ORDER BY sequence";
        command.CommandText = filter.AfterSequence is null ? $"SELECT * FROM ({columns} DESC LIMIT @limit) ORDER BY sequence" : $"{columns} LIMIT @limit";
        var parameters = command.Parameters;
        parameters.AddWithValue("@turn", (object?)filter.Turn ?? DBNull.Value);
        parameters.AddWithValue("@conversation", (object?)filter.Conversation ?? DBNull.Value);
        parameters.AddWithValue("@direction", (object?)filter.Direction ?? DBNull.Value);
        parameters.AddWithValue("@outcome", (object?)filter.Outcome ?? DBNull.Value);
        parameters.AddWithValue("@rule", (object?)filter.Rule ?? DBNull.Value);
        parameters.AddWithValue("@since", Text(filter.Since));
        parameters.AddWithValue("@until", Text(filter.Until));
        parameters.AddWithValue("@after", (object?)filter.AfterSequence ?? DBNull.Value);
        parameters.AddWithValue("@limit", filter.Limit);

        var records = new List<AuditRecord>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            records.Add(Record(reader));
        }

        return records;
    }

    private static object Text(DateTimeOffset? time) =>
        time is { } value ? value.UtcDateTime.ToString(AuditSchema.TimeFormat, CultureInfo.InvariantCulture) : DBNull.Value;

    private static AuditRecord Record(SqliteDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        Time = DateTimeOffset.ParseExact(reader.GetString(1), AuditSchema.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Turn = reader.GetString(2),
        Conversation = reader.IsDBNull(3) ? null : reader.GetString(3),
        Direction = reader.GetString(4),
        Outcome = reader.GetString(5),
        Action = reader.GetString(6),
        Rules = JsonSerializer.Deserialize(reader.GetString(7), AuditJson.Default.IReadOnlyListString)!,
        ShadowRules = JsonSerializer.Deserialize(reader.GetString(8), AuditJson.Default.IReadOnlyListString)!,
        Findings = JsonSerializer.Deserialize(reader.GetString(9), AuditJson.Default.IReadOnlyListAuditFinding)!,
        FailedDetectors = JsonSerializer.Deserialize(reader.GetString(10), AuditJson.Default.IReadOnlyListString)!,
        PolicyName = reader.GetString(11),
        PolicyVersion = reader.GetInt32(12),
        PolicySha256 = reader.GetString(13),
        Model = reader.IsDBNull(14) ? null : reader.GetString(14),
        GuardMilliseconds = reader.GetDouble(15),
        TextHmac = reader.GetString(16),
        KeyId = reader.GetString(17),
        TextStart = reader.GetInt32(18),
        TextLength = reader.GetInt32(19),
        ShadowOutcome = reader.IsDBNull(20) ? null : reader.GetString(20),
        ShadowAction = reader.IsDBNull(21) ? null : reader.GetString(21),
    };
}
