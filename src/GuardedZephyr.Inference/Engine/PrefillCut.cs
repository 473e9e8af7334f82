namespace GuardedZephyr.Inference.Engine;

/// <summary>Cuts a prompt into prefills of which each is a multiple of the decoder's number, where that can be.</summary>
internal static class PrefillCut
{
    /// <summary>
    /// The next prefill of a prompt of which <paramref name="done"/> tokens are cached. A rest that is no multiple is filled up with tokens before it,
    /// which are run again; a prompt shorter than the multiple is run as it is.
    /// </summary>
    /// <param name="chunk">Most tokens of one prefill, give or take one multiple.</param>
    public static (int Start, int Count) Next(int done, int total, int chunk, int multiple)
    {
        var rest = total - done;
        if (rest > chunk)
        {
            return (done, Math.Max(multiple, chunk - (chunk % multiple)));
        }

        var missing = (multiple - (rest % multiple)) % multiple;
        return done >= missing ? (done - missing, rest + missing)
            : rest > multiple ? (done, rest - (rest % multiple))
            : (0, total);
    }
}
