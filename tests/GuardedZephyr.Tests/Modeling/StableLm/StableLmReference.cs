namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>
/// StableLM's forward pass in float64, written from the formulae and sharing no code with the exporter: layer norm with bias, rotary
/// positions on the first dimensions of each head (half-split), causal attention with grouped key heads, SiLU-gated MLP;
/// biases, norms of heads and the parallel residual where the model has them.
/// </summary>
internal sealed class StableLmReference(ReferenceShape config, Func<string, float[]> weights)
{
    private readonly Dictionary<string, double[]> _weights = [];

    /// <summary>Logits after each token, [tokens][vocabulary].</summary>
    public double[][] Logits(IReadOnlyList<int> ids)
    {
        var embeddings = Weight("model.embed_tokens.weight");
        var hidden = ids.Select(id => embeddings[(id * config.Hidden)..((id + 1) * config.Hidden)]).ToArray();
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}";
            var normed = Norm(hidden, $"{prefix}.input_layernorm");
            var mixed = Attention(normed, $"{prefix}.self_attn");
            if (config.Parallel)
            {
                Add(hidden, Mlp(normed, $"{prefix}.mlp"));
                Add(hidden, mixed);
            }
            else
            {
                Add(hidden, mixed);
                Add(hidden, Mlp(Norm(hidden, $"{prefix}.post_attention_layernorm"), $"{prefix}.mlp"));
            }
        }

        return Linear(Norm(hidden, "model.norm"), "lm_head.weight");
    }

    private double[][] Attention(double[][] rows, string prefix)
    {
        var queries = Projected(rows, $"{prefix}.q_proj");
        var keys = Projected(rows, $"{prefix}.k_proj");
        var values = Projected(rows, $"{prefix}.v_proj");
        var size = config.HeadSize;
        for (var position = 0; position < rows.Length; position++)
        {
            if (config.HeadNorms)
            {
                NormHeads(queries[position], config.Heads, $"{prefix}.q_layernorm");
                NormHeads(keys[position], config.KeyValueHeads, $"{prefix}.k_layernorm");
            }

            Rotate(queries[position], config.Heads, position);
            Rotate(keys[position], config.KeyValueHeads, position);
        }

        var mixed = rows.Select(_ => new double[config.Hidden]).ToArray();
        for (var position = 0; position < rows.Length; position++)
        {
            for (var head = 0; head < config.Heads; head++)
            {
                var query = queries[position].AsSpan(head * size, size).ToArray();
                var group = head / (config.Heads / config.KeyValueHeads) * size;
                var scores = Enumerable.Range(0, position + 1).Select(other => Dot(query, keys[other].AsSpan(group, size)) / Math.Sqrt(size)).ToArray();
                var largest = scores.Max();
                var weights = scores.Select(score => Math.Exp(score - largest)).ToArray();
                var total = weights.Sum();
                for (var other = 0; other <= position; other++)
                {
                    for (var i = 0; i < size; i++)
                    {
                        mixed[position][(head * size) + i] += weights[other] / total * values[other][group + i];
                    }
                }
            }
        }

        return Linear(mixed, $"{prefix}.o_proj.weight");
    }

    private double[][] Projected(double[][] rows, string name)
    {
        var projected = Linear(rows, $"{name}.weight");
        if (config.Bias)
        {
            var bias = Weight($"{name}.bias");
            foreach (var row in projected)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += bias[i];
                }
            }
        }

        return projected;
    }

    /// <summary>A LayerNorm of each head's own, without a shift.</summary>
    private void NormHeads(double[] row, int heads, string name)
    {
        for (var head = 0; head < heads; head++)
        {
            var part = row.AsSpan(head * config.HeadSize, config.HeadSize);
            var normed = Normed(part.ToArray());
            var scale = Weight($"{name}.norms.{head}.weight");
            for (var i = 0; i < part.Length; i++)
            {
                part[i] = normed[i] * scale[i];
            }
        }
    }

    private void Rotate(double[] row, int heads, int position)
    {
        var half = config.RotaryWidth / 2;
        for (var head = 0; head < heads; head++)
        {
            for (var i = 0; i < half; i++)
            {
                var angle = position / Math.Pow(config.RopeTheta, 2.0 * i / config.RotaryWidth);
                var (first, second) = ((head * config.HeadSize) + i, (head * config.HeadSize) + half + i);
                (row[first], row[second]) = (
                    (row[first] * Math.Cos(angle)) - (row[second] * Math.Sin(angle)),
                    (row[second] * Math.Cos(angle)) + (row[first] * Math.Sin(angle)));
            }
        }
    }

    private double[][] Mlp(double[][] rows, string prefix)
    {
        var gate = Linear(rows, $"{prefix}.gate_proj.weight");
        var up = Linear(rows, $"{prefix}.up_proj.weight");
        var gated = gate.Zip(up, (g, u) => g.Zip(u, (x, y) => x / (1 + Math.Exp(-x)) * y).ToArray()).ToArray();
        return Linear(gated, $"{prefix}.down_proj.weight");
    }

    private double[][] Norm(double[][] rows, string name)
    {
        var (scale, shift) = (Weight($"{name}.weight"), Weight($"{name}.bias"));
        return rows.Select(row => Normed(row).Select((x, i) => (x * scale[i]) + shift[i]).ToArray()).ToArray();
    }

    private double[] Normed(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)) + config.Epsilon);
        return Array.ConvertAll(values, x => (x - mean) / deviation);
    }

    private double[][] Linear(double[][] rows, string name)
    {
        var matrix = Weight(name);
        var inputs = rows[0].Length;
        return rows.Select(row => Enumerable.Range(0, matrix.Length / inputs).Select(output => Dot(row, matrix.AsSpan(output * inputs, inputs))).ToArray()).ToArray();
    }

    private double[] Weight(string name) => _weights.TryGetValue(name, out var values) ? values : _weights[name] = Array.ConvertAll(weights(name), value => (double)value);

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Add(double[][] rows, double[][] updates)
    {
        for (var r = 0; r < rows.Length; r++)
        {
            for (var i = 0; i < rows[r].Length; i++)
            {
                rows[r][i] += updates[r][i];
            }
        }
    }
}
