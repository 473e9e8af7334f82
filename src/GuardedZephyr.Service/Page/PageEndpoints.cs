namespace GuardedZephyr.Service;

/// <summary>The chat page. Its three files are in the assembly; it loads nothing from anywhere else, and its policy lets it load nothing.</summary>
internal static class PageEndpoints
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapPage(this WebApplication app)
    {
        MapFile(app, "/", "index.html", "text/html; charset=utf-8");
        MapFile(app, "/page.css", "page.css", "text/css; charset=utf-8");
        MapFile(app, "/page.js", "page.js", "text/javascript; charset=utf-8");
    }

    private static void MapFile(WebApplication app, string route, string name, string contentType)
    {
        var content = Read(name);
        app.MapGet(route, (HttpContext context) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-cache";
            return Results.Bytes(content, contentType);
        });
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream($"page/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
