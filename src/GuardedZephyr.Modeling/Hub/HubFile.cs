namespace GuardedZephyr.Modeling.Hub;

/// <summary>A file of a repository.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of a large file (Git LFS); lower-case hexadecimal.</param>
/// <param name="BlobSha1">Git's name for the content of a small file; lower-case hexadecimal.</param>
internal sealed record HubFile(string Name, long Size, string? Sha256, string? BlobSha1);
