using System.Buffers.Binary;
using System.Numerics;

namespace GuardedZephyr.Policies;

/// <summary>
/// Keccak with a digest of 256 bits: G. Bertoni and others, "The Keccak reference" 3.0 (2011), padded as submitted to NIST (10*1), which
/// Ethereum kept. FIPS 202 pads otherwise, so the platform's SHA3-256 gives other digests.
/// </summary>
internal static class Keccak256
{
    public const int DigestBytes = 32;

    private const int RateBytes = 136;
    private const int Lanes = 25;
    private const int Rounds = 24;

    private static readonly ulong[] RoundConstants = Constants();

    /// <param name="digest">32 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        while (message.Length >= RateBytes)
        {
            Absorb(state, message[..RateBytes]);
            message = message[RateBytes..];
        }

        Span<byte> last = stackalloc byte[RateBytes];
        last.Clear();
        message.CopyTo(last);
        last[message.Length] = 0x01;
        last[^1] |= 0x80;
        Absorb(state, last);
        for (var lane = 0; lane < DigestBytes / sizeof(ulong); lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(lane * sizeof(ulong))..], state[lane]);
        }
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var lane = 0; lane < RateBytes / sizeof(ulong); lane++)
        {
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }

        Permute(state);
    }

    /// <summary>Keccak-f[1600]; lane (x, y) is at x + 5y.</summary>
    private static void Permute(Span<ulong> state)
    {
        Span<ulong> columns = stackalloc ulong[5];
        Span<ulong> moved = stackalloc ulong[Lanes];
        for (var round = 0; round < Rounds; round++)
        {
            for (var x = 0; x < 5; x++)
            {
                columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            }

            for (var lane = 0; lane < Lanes; lane++)
            {
                state[lane] ^= columns[(lane + 4) % 5] ^ BitOperations.RotateLeft(columns[(lane + 1) % 5], 1); // theta
            }

            Move(state, moved);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var row = lane - (lane % 5);
                state[lane] = moved[lane] ^ (~moved[row + ((lane + 1) % 5)] & moved[row + ((lane + 2) % 5)]); // chi
            }

            state[0] ^= RoundConstants[round]; // iota
        }
    }

    /// <summary>The steps rho and pi: lane (x, y) is turned by a triangular number of bits and goes to (y, 2x + 3y).</summary>
    private static void Move(ReadOnlySpan<ulong> state, Span<ulong> moved)
    {
        moved[0] = state[0];
        var (x, y) = (1, 0);
        for (var step = 1; step < Lanes; step++)
        {
            var next = ((2 * x) + (3 * y)) % 5;
            moved[y + (5 * next)] = BitOperations.RotateLeft(state[x + (5 * y)], step * (step + 1) / 2 % 64);
            (x, y) = (y, next);
        }
    }

    /// <summary>The output of a shift register over x^8 + x^6 + x^5 + x^4 + 1 sets the bits 0, 1, 3, 7, 15, 31 and 63 of each round's constant.</summary>
    private static ulong[] Constants()
    {
        var constants = new ulong[Rounds];
        var register = 1;
        for (var round = 0; round < Rounds; round++)
        {
            for (var power = 0; power < 7; power++)
            {
                constants[round] |= (ulong)(register & 1) << ((1 << power) - 1);
                register = (register << 1) ^ (register >> 7 == 0 ? 0 : 0x171);
            }
        }

        return constants;
    }
}
