using System.Runtime.InteropServices;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Memory of one thread that is used again by its next call, at addresses that are multiples of 64.</summary>
internal sealed unsafe class NativeBuffer
{
    private const nuint Alignment = 64;
    private byte* _start;
    private nuint _length;

    ~NativeBuffer() => Free();

    /// <summary>At least so many bytes, with any content; valid until the next call.</summary>
    public byte* Take(nuint length)
    {
        if (length > _length)
        {
            Free();
            _start = (byte*)NativeMemory.AlignedAlloc(length, Alignment);
            _length = length;
        }

        return _start;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
        _length = 0;
    }
}
