using GuardedZephyr.Audit;
using GuardedZephyr.Classification;
using GuardedZephyr.DirectML;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Policies;
using Microsoft.AspNetCore.Connections;

namespace GuardedZephyr.Service;

/// <summary>Starts the service, says where it is, and runs it until it is told to stop.</summary>
internal static class ServiceProgram
{
    private const int CannotStart = 2;

    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection, IConfiguration> compose)
    {
        try
        {
            await using var app = ServiceHost.Build(args, compose);
            if (!Console.IsOutputRedirected)
            {
                Console.WriteLine("Loading the model and the guard ...");
            }

            await app.StartAsync();
            Banner.Write(Console.Out, app.Urls, app.Services.GetRequiredService<Serving>(), app.Services.GetRequiredService<ApiKeys>());
            await app.WaitForShutdownAsync();
            return Environment.ExitCode;
        }
        catch (Exception exception) when (Explain(exception) is { } explanation)
        {
            await Console.Error.WriteLineAsync($"GuardedZephyr cannot start: {explanation}");
            return CannotStart;
        }
    }

    /// <summary>What a person can mend, in words; null for a fault of the program.</summary>
    private static string? Explain(Exception exception) => exception switch
    {
        StartupException or PolicyFileException or ModelFolderException or ModelDeviceException or EngineOptionsException or ClassifierFolderException or AuditUnavailableException => exception.Message,
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Stop what uses it, or take another port: --urls http://127.0.0.1:5081",
        // Kestrel's for a port that is forbidden, an address that is none, a setting of the wrong type, a settings file that is not JSON.
        IOException or FormatException or InvalidOperationException or InvalidDataException => exception.Message,
        _ => null,
    };
}
