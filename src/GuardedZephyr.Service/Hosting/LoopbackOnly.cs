using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuardedZephyr.Service;

/// <summary>Without keys, whoever reaches the port may use the model: so only this machine may.</summary>
internal static class LoopbackOnly
{
    public static string[] HostNames { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Runs for every address from whatever setting, before it is bound.</summary>
    public static void Require(ListenOptions listen, ApiKeys keys)
    {
        if (!keys.AreRequired && listen.EndPoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address))
        {
            throw new StartupException($"Refusing to listen on {listen.EndPoint}: without API keys only loopback addresses are allowed, such as {ServiceHost.DefaultAddress}. 'zephyr key new' makes a key.");
        }
    }
}
