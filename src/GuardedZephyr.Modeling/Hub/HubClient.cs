using System.Net;
using System.Net.Http.Headers;

namespace GuardedZephyr.Modeling.Hub;

/// <summary>
/// Speaks to a hub in Hugging Face's layout. The token goes to the hub and nowhere else: a redirect to another host, where the weights often
/// lie, is followed without it.
/// </summary>
internal sealed class HubClient : IDisposable
{
    private const int MaxRedirects = 10;
    private const int MaxListing = 16_000_000;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _endpoint;
    private readonly string? _token;
    private readonly TimeSpan _stallTimeout;

    /// <exception cref="HubException">The endpoint is no address, or the token would travel unencrypted.</exception>
    public HubClient(HubOptions options)
    {
        _endpoint = Uri.TryCreate(options.Endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var endpoint) && endpoint.Scheme is "https" or "http"
            ? endpoint! : throw new HubException("HF_ENDPOINT is not an http or https address.");
        _stallTimeout = options.StallTimeout;
        _token = string.IsNullOrWhiteSpace(options.Token) ? null : options.Token.Trim();
        if (_token is not null && _endpoint.Scheme == "http" && !_endpoint.IsLoopback)
        {
            throw new HubException("HF_TOKEN would travel unencrypted: give HF_ENDPOINT an https address, or unset HF_TOKEN.");
        }

        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("GuardedZephyr", null));
    }

    public void Dispose() => _http.Dispose();

    public async Task<HubListing> ListAsync(HubRepository repository, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(repository, $"api/models/{repository.Name}/revision/{Uri.EscapeDataString(repository.Revision)}?blobs=true", 0, cancellationToken);
        if (response.Content.Headers.ContentLength > MaxListing)
        {
            throw new HubException($"The hub's list of files of {repository} is too long to be one; check HF_ENDPOINT.");
        }

        using var stalled = StallAfter(cancellationToken);
        await response.Content.LoadIntoBufferAsync(MaxListing, stalled.Token);
        return HubListing.Parse(repository, await response.Content.ReadAsByteArrayAsync(stalled.Token));
    }

    /// <summary>The file from an offset on; the hub may still answer with all of it.</summary>
    public Task<HttpResponseMessage> OpenAsync(HubRepository repository, string commit, string file, long offset, CancellationToken cancellationToken) =>
        SendAsync(repository, $"{repository.Name}/resolve/{commit}/{file}", offset, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HubRepository repository, string path, long offset, CancellationToken cancellationToken)
    {
        var address = new Uri(_endpoint, path);
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (_token is not null && IsHub(address))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            }

            if (offset > 0)
            {
                request.Headers.Range = new RangeHeaderValue(offset, null);
            }

            using var stalled = StallAfter(cancellationToken);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return response;
            }

            using (response)
            {
                if (response.Headers.Location is not { } location || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    throw HubFailure.Of(response, repository, _endpoint, _token is not null);
                }

                var next = new Uri(address, location);
                address = next.Scheme == "https" || (next.Scheme == "http" && address.Scheme == "http")
                    ? next : throw new HubException($"The hub sends on to an address that is not https; {repository} is not downloaded.");
            }
        }

        throw new HubException($"The hub sends {repository} in circles; check HF_ENDPOINT.");
    }

    private CancellationTokenSource StallAfter(CancellationToken cancellationToken)
    {
        var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(_stallTimeout);
        return stalled;
    }

    private bool IsHub(Uri address) => address.Scheme == _endpoint.Scheme && address.Authority == _endpoint.Authority;
}
