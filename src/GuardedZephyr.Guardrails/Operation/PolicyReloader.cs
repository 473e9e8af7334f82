using GuardedZephyr.Classification;
using GuardedZephyr.Policies;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Keeps a policy at the state of its files. When they have changed and then stood still for a while, they are loaded and checked completely, and turns that begin
/// from then on are judged by the new edition. Files that cannot be used leave the old one in place.
/// </summary>
internal sealed partial class PolicyReloader : IDisposable
{
    private readonly ServedPolicy _policy;
    private readonly Func<Action<string>, PolicyEdition> _load;
    private readonly ReloadOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly FileWatch _watch;
    private readonly ITimer _timer;
    private FileStates _settled;
    private FileStates? _pending;
    private bool _disposed;

    /// <param name="load">Loads the files; it tells of each before it reads it, also where it throws.</param>
    /// <param name="states">Of the files that the first edition was read from, before they were read.</param>
    public PolicyReloader(
        ServedPolicy policy, Func<Action<string>, PolicyEdition> load, FileStates states, ReloadOptions options, TimeProvider time, ILogger logger)
    {
        _policy = policy;
        _load = load;
        _options = options;
        _time = time;
        _logger = logger;
        _settled = states;
        _timer = time.CreateTimer(_ => Look(), null, options.PollInterval, Timeout.InfiniteTimeSpan);
        _watch = new FileWatch(() => Wait(_options.Quiet));
        Watch();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _watch.Dispose();
        _timer.Dispose();
    }

    private void Watch()
    {
        if (_options.Watch)
        {
            _watch.Watch(_settled.Paths);
        }
    }

    private void Wait(TimeSpan time)
    {
        try
        {
            _timer.Change(time, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The file system told of a change while the service ended.
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Compare();
                Wait(_pending is null ? _options.PollInterval : _options.Quiet);
            }
        }
    }

    private void Compare()
    {
        FileStates now = _settled.Again();
        if (now.IsSameAs(_settled))
        {
            _pending = null;
        }
        else if (_pending is null || !now.IsSameAs(_pending))
        {
            _pending = now; // they must stand still first
        }
        else
        {
            Reload(now);
        }
    }

    private void Reload(FileStates before)
    {
        PolicyEdition? next = null;
        Exception? problem = null;
        var read = new FileStates();
        try
        {
            next = _load(read.Look);
        }
        catch (Exception exception)
        {
            problem = exception;
        }

        if (!before.Again().IsSameAs(before) || !read.Again().IsSameAs(read))
        {
            next?.Users.Release(); // written to while they were read: nobody knows what was read
            _pending = before.Again();
            return;
        }

        _settled = read;
        _pending = null;
        if (problem is not null)
        {
            _settled.AddFrom(before); // what is broken may name fewer files than it will when it is whole
        }

        Watch();
        if (next is not null)
        {
            _policy.Replace(next);
            PolicyIdentity identity = next.Pipeline.Policy.Identity;
            PolicyMetrics.Reloaded(_policy.Name, succeeded: true);
            LogReloaded(_policy.Name, identity.Name, identity.Version, identity.Sha256);
        }
        else
        {
            IReadOnlyList<string> errors = Errors(problem!);
            _policy.Keep(new PolicyFault(_time.GetUtcNow(), errors));
            PolicyIdentity identity = _policy.Status.Policy;
            PolicyMetrics.Reloaded(_policy.Name, succeeded: false);
            LogKept(_policy.Name, identity.Name, identity.Version, identity.Sha256, string.Join("; ", errors));
        }
    }

    private static IReadOnlyList<string> Errors(Exception exception) => exception switch
    {
        PolicyFileException policy => policy.Errors,
        ClassifierFolderException => [exception.Message],
        _ => [$"the files cannot be loaded: {exception.GetType().Name}"],
    };

    [LoggerMessage(LogLevel.Information, "Policy '{Policy}' has changed; from now on {Name} v{Version} (SHA-256 {Sha256}) judges.")]
    private partial void LogReloaded(string policy, string name, int version, string sha256);

    [LoggerMessage(LogLevel.Error, "Policy '{Policy}' has changed and cannot be used; {Name} v{Version} (SHA-256 {Sha256}) goes on judging. {Errors}")]
    private partial void LogKept(string policy, string name, int version, string sha256, string errors);
}
