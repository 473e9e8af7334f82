using System.Net;

namespace GuardedZephyr.Modeling.Hub;

/// <summary>What a refusal of the hub means and what to do about it.</summary>
internal static class HubFailure
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <returns>A <see cref="HubException"/> where trying again is in vain, else a <see cref="HubBusyException"/>.</returns>
    public static Exception Of(HttpResponseMessage response, HubRepository repository, Uri endpoint, bool withToken)
    {
        var code = response.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.First() : "";
        var status = (int)response.StatusCode;
        if (status is 408 or 429 or >= 500)
        {
            var wait = response.Headers.RetryAfter?.Delta;
            return new HubBusyException($"the hub answers {status}", wait > LongestWait ? LongestWait : wait);
        }

        var page = new Uri(endpoint, repository.Name);
        return new HubException((response.StatusCode, code) switch
        {
            (_, "GatedRepo") when withToken => $"{repository.Name} is gated: accept its terms at {page} with the account that HF_TOKEN belongs to, then pull again.",
            (_, "GatedRepo") => $"{repository.Name} is gated: accept its terms at {page}, set HF_TOKEN to a token of that account, then pull again.",
            (HttpStatusCode.Unauthorized, _) when withToken => $"The hub does not accept HF_TOKEN for {repository.Name}: it is expired, or the repository does not exist. Make a new token, or check the name.",
            (HttpStatusCode.Unauthorized, _) => $"{repository.Name} does not exist or is private: check the name, or set HF_TOKEN to a token that may read it.",
            (HttpStatusCode.Forbidden, _) => $"HF_TOKEN may not read {repository.Name}: give it read access, or accept the model's terms at {page}.",
            (HttpStatusCode.NotFound, "RevisionNotFound") => $"{repository.Name} has no revision '{repository.Revision}': see its branches and tags at {page}.",
            (HttpStatusCode.NotFound, _) => $"There is no {repository} on the hub: check the name and the revision{(withToken ? "" : ", or set HF_TOKEN if it is private")}.",
            _ => $"The hub answers {status} for {repository}; check HF_ENDPOINT.",
        });
    }
}
