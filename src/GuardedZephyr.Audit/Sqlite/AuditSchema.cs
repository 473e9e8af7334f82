using Microsoft.Data.Sqlite;

namespace GuardedZephyr.Audit;

/// <summary>The tables of an audit database. Lists are JSON; times are UTC in ISO 8601 with seven decimals, so that they sort as text.</summary>
internal static class AuditSchema
{
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    public const string Columns =
        "time, turn, conversation, direction, outcome, action, rules, shadow_rules, findings, failed_detectors, "
        + "policy_name, policy_version, policy_sha256, model, guard_ms, text_hmac, key_id, text_start, text_length, shadow_outcome, shadow_action";

    private const long Version = 2;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS decisions (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          time TEXT NOT NULL,
          turn TEXT NOT NULL,
          conversation TEXT,
          direction TEXT NOT NULL,
          outcome TEXT NOT NULL,
          action TEXT NOT NULL,
          rules TEXT NOT NULL,
          shadow_rules TEXT NOT NULL,
          findings TEXT NOT NULL,
          failed_detectors TEXT NOT NULL,
          policy_name TEXT NOT NULL,
          policy_version INTEGER NOT NULL,
          policy_sha256 TEXT NOT NULL,
          model TEXT,
          guard_ms REAL NOT NULL,
          text_hmac TEXT NOT NULL,
          key_id TEXT NOT NULL,
          text_start INTEGER NOT NULL,
          text_length INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS decisions_turn ON decisions (turn);
        CREATE INDEX IF NOT EXISTS decisions_conversation ON decisions (conversation) WHERE conversation IS NOT NULL;
        CREATE INDEX IF NOT EXISTS decisions_time ON decisions (time);
        CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
        """;

    /// <summary>What format 2 has more than format 1.</summary>
    private const string ShadowColumns = """
        ALTER TABLE decisions ADD COLUMN shadow_outcome TEXT;
        ALTER TABLE decisions ADD COLUMN shadow_action TEXT;
        """;

    /// <summary>The columns as far as the database has them: one of format 1 that nobody has written to since is read as it is.</summary>
    public static string ColumnsOf(SqliteConnection connection) =>
        (long)Execute(connection, "PRAGMA user_version")! < Version ? Columns.Replace("shadow_outcome, shadow_action", "NULL, NULL", StringComparison.Ordinal) : Columns;

    public static void Prepare(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA journal_mode = WAL");
        // In WAL mode only FULL makes each commit durable; NORMAL may lose the last ones at a power failure.
        Execute(connection, "PRAGMA synchronous = FULL");
        var version = (long)Execute(connection, "PRAGMA user_version")!;
        if (version > Version)
        {
            throw new AuditUnavailableException($"Audit database '{connection.DataSource}' has format {version}; this version knows up to {Version}.");
        }

        if (version < Version)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            Execute(connection, Tables);
            Execute(connection, ShadowColumns);
            Execute(connection, $"PRAGMA user_version = {Version}");
            transaction.Commit();
        }
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
