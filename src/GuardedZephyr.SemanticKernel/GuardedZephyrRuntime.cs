using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Inference.Chat;
using GuardedZephyr.Inference.Engine;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.SemanticKernel;

/// <summary>The loaded model, guard and audit log behind one <c>AddGuardedZephyr</c>. The only way to chat with the model is <see cref="Client"/>.</summary>
public sealed class GuardedZephyrRuntime : IDisposable
{
    private readonly DecodeEngine _engine;
    private readonly SqliteAuditLog _audit;

    internal GuardedZephyrRuntime(DecodeEngine engine, GuardPolicies policies, SqliteAuditLog audit)
    {
        _engine = engine;
        _audit = audit;
        Policies = policies;
        Client = ClientOf(GuardPolicies.Default);
    }

    /// <summary>The guarded model, judged by the default policy.</summary>
    public IChatClient Client { get; }

    public GuardPolicies Policies { get; }

    /// <summary>The model's id, as clients name it.</summary>
    public string ModelId => _engine.Model.Name;

    /// <summary>The audit log's file.</summary>
    public string AuditPath => _audit.Path;

    public EngineStatus Engine => _engine.Status;

    /// <summary>The guarded model, judged by a policy of another name.</summary>
    /// <exception cref="UnknownPolicyException">There is none of that name.</exception>
    public IChatClient ClientOf(string policy)
    {
        Policies.Require(policy);
        return new GuardrailsChatClient(new ChatClientBuilder(new ZephyrChatClient(_engine)).UseModelTelemetry().Build(), Policies, policy);
    }

    /// <exception cref="AuditUnavailableException">A decision could not be recorded now.</exception>
    public ValueTask CheckAuditAsync(CancellationToken cancellationToken) => _audit.CheckAsync(cancellationToken);

    public void Dispose() => _engine.Dispose();
}
