using System.Text;

namespace GuardedZephyr.Inference.Models;

/// <summary>Reads a protobuf message from a stream, field by field; what is not asked for is skipped without reading it.</summary>
/// <param name="end">Where the message ends in the stream.</param>
internal sealed class ProtobufReader(Stream stream, long end)
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;
    private int _wireType;

    /// <returns>The field's number; 0 at the end of the message.</returns>
    public int Next()
    {
        if (stream.Position == end)
        {
            return 0;
        }

        var tag = ReadVarint();
        _wireType = (int)(tag & 7);
        return tag >> 3 is > 0 and <= int.MaxValue and var field ? (int)field : throw new InvalidDataException("a field has no number");
    }

    public long Integer() => _wireType == Varint ? (long)ReadVarint() : throw new InvalidDataException("a number is not one");

    public string Text(int limit)
    {
        var bytes = new byte[Length() is var length && length <= limit ? length : throw new InvalidDataException($"a name has {length} bytes")];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A message inside this one; it must be read to its end before this one goes on.</summary>
    public ProtobufReader Message() => new(stream, Length() is var length ? stream.Position + length : 0);

    public void Skip()
    {
        switch (_wireType)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                Move(8);
                break;
            case LengthDelimited:
                Move(Length());
                break;
            case Fixed32:
                Move(4);
                break;
            default:
                throw new InvalidDataException($"wire type {_wireType}");
        }
    }

    private void Move(long by)
    {
        if (by > end - stream.Position)
        {
            throw new InvalidDataException("a field goes beyond its message");
        }

        stream.Seek(by, SeekOrigin.Current);
    }

    private long Length()
    {
        if (_wireType != LengthDelimited)
        {
            throw new InvalidDataException("a message is not one");
        }

        var length = ReadVarint();
        return length <= (ulong)(end - stream.Position) ? (long)length : throw new InvalidDataException("a field goes beyond its message");
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.Position < end ? stream.ReadByte() : -1;
            if (next < 0)
            {
                throw new InvalidDataException("it ends inside a number");
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number does not end");
    }
}
