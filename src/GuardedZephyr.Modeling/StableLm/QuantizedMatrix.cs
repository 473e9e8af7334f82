using System.Buffers;
using System.Runtime.InteropServices;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Quantization;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>A matrix as MatMulNBits has it: codes [out, blocks, bytes] and scales [out, blocks]. The scales are found while the codes are written, so they are written after them.</summary>
internal sealed class QuantizedMatrix(WeightRows rows, BlockQuantizer quantizer, bool halfScales)
{
    private readonly int _blocks = (rows.Columns + quantizer.BlockSize - 1) / quantizer.BlockSize;
    private float[]? _scales;

    public OnnxTensor Codes(string name) => new(name, OnnxType.U8, [rows.Count, _blocks, quantizer.BytesPerBlock], WriteCodes);

    public OnnxTensor Scales(string name) => new(name, halfScales ? OnnxType.F16 : OnnxType.F32, [rows.Count, _blocks], WriteScales);

    private void WriteCodes(Stream stream)
    {
        var scales = new float[rows.Count * _blocks];
        var (width, first) = (_blocks * quantizer.BytesPerBlock, 0);
        foreach (var chunk in rows.Chunks())
        {
            var codes = ArrayPool<byte>.Shared.Rent(chunk.Count * width);
            chunk.ForEachRow(_blocks * quantizer.BlockSize, (row, values) =>
            {
                if (!quantizer.TryQuantize(values, codes.AsSpan(row * width, width), scales.AsSpan((first + row) * _blocks, _blocks)))
                {
                    throw rows.Unfit("has values that are not finite numbers");
                }
            });
            stream.Write(codes.AsSpan(0, chunk.Count * width));
            ArrayPool<byte>.Shared.Return(codes);
            first += chunk.Count;
        }

        _scales = scales;
    }

    private void WriteScales(Stream stream)
    {
        var scales = _scales ?? throw new InvalidOperationException("The codes are written before their scales.");
        stream.Write(halfScales ? MemoryMarshal.AsBytes(Array.ConvertAll(scales, scale => (Half)scale).AsSpan()) : MemoryMarshal.AsBytes(scales.AsSpan()));
        _scales = null;
    }
}
