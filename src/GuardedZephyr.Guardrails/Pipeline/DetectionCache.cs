using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// What detectors said about texts, so that a conversation's history, which the client sends again with every turn, costs nothing again: n turns cost n
/// texts. Holds findings and no text; keys are HMAC-SHA256 under a key that lives as long as the cache. The least recently used goes first. Thread-safe.
/// </summary>
/// <remarks>Rests on detectors whose answer depends on the text, what was said before it and its direction alone. Those of whom that is not true need a policy with <c>cache: { entries: 0 }</c>.</remarks>
internal sealed class DetectionCache(PolicyIdentity policy, CacheSettings settings, GuardMetrics metrics)
{
    /// <summary>Of the nodes of dictionary and list, the detection and its lists, in bytes; rounded up.</summary>
    private const int EntrySize = 320;

    /// <summary>Of one finding, in bytes; its names are shared.</summary>
    private const int FindingSize = 40;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _policy = Encoding.UTF8.GetBytes(policy.Sha256);
    private readonly long _mostBytes = (long)settings.Megabytes << 20;
    private readonly Dictionary<CacheKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Lock _lock = new();
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Estimated.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <param name="detect">Asked when the text is not known; what it gives is kept when every detector has answered.</param>
    public async ValueTask<Detection> GetAsync(GuardText text, Direction direction, Func<ValueTask<Detection>> detect)
    {
        if (settings.Entries == 0)
        {
            return await detect();
        }

        CacheKey key = KeyOf(text, direction);
        if (Find(key) is { } known)
        {
            metrics.CacheHit();
            return known;
        }

        metrics.CacheMiss();
        Detection detection = await detect();
        if (detection.IsComplete)
        {
            Keep(key, detection);
        }

        return detection;
    }

    private CacheKey KeyOf(GuardText text, Direction direction)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(_policy);
        hash.AppendData([(byte)direction]);
        Append(hash, text.Original);
        foreach (GuardText before in text.Before)
        {
            Append(hash, before.Original);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new CacheKey(BinaryPrimitives.ReadUInt128LittleEndian(digest), BinaryPrimitives.ReadUInt128LittleEndian(digest[16..]));
    }

    /// <summary>As UTF-16 with its length before it: in UTF-8 all lone surrogates would be the same.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private Detection? Find(CacheKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Detection;
        }
    }

    private void Keep(CacheKey key, Detection detection)
    {
        var entry = new Entry(key, detection, EntrySize + (detection.Findings.Count * FindingSize));
        lock (_lock)
        {
            if (entry.Size > _mostBytes || _entries.ContainsKey(key))
            {
                return;
            }

            _entries[key] = _byUse.AddFirst(entry);
            _bytes += entry.Size;
            while (_entries.Count > settings.Entries || _bytes > _mostBytes)
            {
                Entry oldest = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _entries.Remove(oldest.Key);
                _bytes -= oldest.Size;
            }
        }
    }

    private readonly record struct Entry(CacheKey Key, Detection Detection, int Size);
}
