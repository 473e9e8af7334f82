using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// The policies that judge, by name, kept at the state of their files. Whoever judges takes a lease: it stays what it is until it is given back. Thread-safe.
/// </summary>
public sealed class GuardPolicies : IDisposable
{
    /// <summary>Name of the policy that judges where no other is named.</summary>
    public const string Default = "default";

    private readonly Dictionary<string, ServedPolicy> _policies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PolicyReloader> _reloaders = [];
    private readonly Func<LoadedPolicy, LoadedPolicy, GuardPipeline> _join;
    private bool _disposed;

    private GuardPolicies(Func<LoadedPolicy, LoadedPolicy, GuardPipeline> join) => _join = join;

    public IReadOnlyList<string> Names => [.. _policies.Keys];

    /// <summary>Of each policy, the default one first.</summary>
    public IReadOnlyList<PolicyStatus> Status => [.. _policies.Values.Select(policy => policy.Status)];

    /// <summary>Loads all policies of the options and the models that they name.</summary>
    /// <exception cref="PolicyFileException">A policy cannot be used, or it names labels that a model lacks.</exception>
    /// <exception cref="ClassifierFolderException">A model cannot be used.</exception>
    public static GuardPolicies Load(GuardrailsOptions options, IAuditLog audit, AuditKey auditKey, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        var shelf = new ModelShelf();
        ILogger logger = loggers?.CreateLogger<GuardPolicies>() ?? NullLogger<GuardPolicies>.Instance;
        var policies = new GuardPolicies((first, second) => GuardPipeline.Of(
            first.Policy.TightenedBy(second.Policy), PolicyTightening.Joined([.. first.Models, .. second.Models]), audit, auditKey, time, loggers));
        try
        {
            policies.Add(Default, options.Policy.Path, Load, options.Reload, time, logger);
            foreach ((string name, string path) in options.Policies)
            {
                policies.Add(name, path, Load, options.Reload, time, logger);
            }
        }
        catch
        {
            policies.Dispose();
            throw;
        }

        return policies;

        PolicyEdition Load(string path, Action<string> looking)
        {
            LoadedPolicy loaded = LoadedPolicy.Load(path, shelf, looking);
            return new PolicyEdition(loaded, GuardPipeline.Of(loaded.Policy, loaded.Models, audit, auditKey, time, loggers), time.GetUtcNow());
        }
    }

    /// <summary>One policy that stays as it is. The pipeline is not disposed with this.</summary>
    public static GuardPolicies Of(GuardPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var policies = new GuardPolicies((_, _) => throw new InvalidOperationException("There is one policy alone."));
        policies._policies.Add(Default, new ServedPolicy(Default, new PolicyEdition(new LoadedPolicy(pipeline.Policy, []), pipeline, pipeline.Time.GetUtcNow())));
        return policies;
    }

    /// <summary>Takes the current edition of a policy.</summary>
    /// <param name="policy">Its name; the default one when null.</param>
    /// <param name="tightenedBy">Name of a policy that judges too, so that the more severe verdict holds; none when null.</param>
    /// <exception cref="UnknownPolicyException">There is none of that name.</exception>
    public PolicyLease Take(string? policy = null, string? tightenedBy = null)
    {
        ServedPolicy served = Named(policy ?? Default);
        if (tightenedBy is null)
        {
            PolicyEdition edition = served.Take();
            return new PolicyLease(edition.Pipeline, edition);
        }

        PolicyEdition second = Named(tightenedBy).Take();
        PolicyEdition first = ReferenceEquals(served, Named(tightenedBy)) ? second : served.Take();
        return ReferenceEquals(first, second) ? new PolicyLease(first.Pipeline, first) : new PolicyLease(first.TightenedBy(second, _join), first, second);
    }

    /// <exception cref="UnknownPolicyException">There is none of that name.</exception>
    public void Require(string policy) => Named(policy);

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _reloaders.ForEach(reloader => reloader.Dispose());
            foreach (ServedPolicy policy in _policies.Values)
            {
                policy.Close();
            }
        }
    }

    private ServedPolicy Named(string policy) => _policies.TryGetValue(policy, out ServedPolicy? served) ? served : throw new UnknownPolicyException(Names);

    private void Add(string name, string path, Func<string, Action<string>, PolicyEdition> load, ReloadOptions options, TimeProvider time, ILogger logger)
    {
        if (_policies.ContainsKey(name))
        {
            throw new ArgumentException($"The policy name '{name}' is taken: '{Default}' is the policy of Policy.Path.");
        }

        string resolved = AssetPath.Resolve(path);
        var states = new FileStates();
        var served = new ServedPolicy(name, load(resolved, states.Look));
        _policies.Add(name, served);
        if (options.Enabled)
        {
            _reloaders.Add(new PolicyReloader(served, looking => load(resolved, looking), states, options, time, logger));
        }
    }
}
