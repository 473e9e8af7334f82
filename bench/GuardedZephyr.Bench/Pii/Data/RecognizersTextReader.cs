namespace GuardedZephyr.Bench;

/// <summary>Expectations of a recognizer library: an input, and what one model of it must find there.</summary>
internal static class RecognizersTextReader
{
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["EmailModel"] = Kind.Email,
        ["PhoneNumberModel"] = Kind.Phone,
        ["IpAddressModel"] = Kind.IpAddress,
        ["URLModel"] = Kind.Url,
    };

    public static Sample? Read(DataRow row)
    {
        var model = row.Labels.GetProperty("model").GetString()!;
        var kind = Kinds.GetValueOrDefault(model) ?? Kind.OutOfScope(model.Replace("Model", "", StringComparison.Ordinal));
        var gold = new List<Gold>();
        var position = 0;
        foreach (var value in row.Labels.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("text").GetString()!))
        {
            var start = row.Text.IndexOf(value, position, StringComparison.OrdinalIgnoreCase);
            if (start < 0)
            {
                return null;
            }

            gold.Add(new Gold(kind, start, value.Length));
            position = start + value.Length;
        }

        return new Sample("recognizers_text_sequence", row.Number, row.Text, gold, kind.IsOutOfScope ? new HashSet<Kind>() : new HashSet<Kind> { kind });
    }
}
