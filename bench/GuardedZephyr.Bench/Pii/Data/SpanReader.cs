using System.Text.Json;

namespace GuardedZephyr.Bench;

/// <summary>Sets that mark spans by offsets in code points, with the value beside them.</summary>
internal static class SpanReader
{
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["PERSON"] = Kind.Person,
        ["EMAIL"] = Kind.Email,
        ["EMAIL_ADDRESS"] = Kind.Email,
        ["PHONE"] = Kind.Phone,
        ["PHONE_NUMBER"] = Kind.Phone,
        ["SSN"] = Kind.Ssn,
        ["US_SSN"] = Kind.Ssn,
        ["CREDIT_CARD"] = Kind.CreditCard,
        ["ADDRESS"] = Kind.Address,
        ["STREET_ADDRESS"] = Kind.Address,
        ["LOCATION"] = Kind.Location,
        ["GPE"] = Kind.Location,
        ["ZIP_CODE"] = Kind.Location,
        ["MRN"] = Kind.MedicalRecord,
        ["NPI"] = Kind.Npi,
        ["IP_ADDRESS"] = Kind.IpAddress,
        ["URL"] = Kind.Url,
        ["DOMAIN_NAME"] = Kind.Url,
    };

    private static readonly HashSet<Kind> PresidioKinds = [Kind.Person, Kind.Email, Kind.Phone, Kind.Ssn, Kind.CreditCard, Kind.Address, Kind.Location, Kind.IpAddress, Kind.Url];
    private static readonly HashSet<Kind> AmbientMetaKinds = [Kind.Person, Kind.Email, Kind.Phone, Kind.Ssn, Kind.CreditCard, Kind.Location, Kind.MedicalRecord, Kind.Npi];

    public static Sample? Presidio(DataRow row) => Read("presidio_generated_large", row, PresidioKinds);

    public static Sample? AmbientMeta(DataRow row) => Read("ambientmeta_pii", row, AmbientMetaKinds);

    private static Sample? Read(string set, DataRow row, HashSet<Kind> annotated)
    {
        var gold = row.Labels.GetProperty("spans").EnumerateArray().Select(span => Read(row.Text, span)).ToArray();
        return gold.Contains(null) ? null : new Sample(set, row.Number, row.Text, gold!, annotated);
    }

    /// <returns>Null when the text does not hold the value at its place.</returns>
    private static Gold? Read(string text, JsonElement span)
    {
        var entity = span.GetProperty("entity").GetString()!;
        var value = span.GetProperty("value").GetString()!;
        var start = Units(text, span.GetProperty("start").GetInt32());
        var holds = start + value.Length <= text.Length && string.CompareOrdinal(text, start, value, 0, value.Length) == 0;
        return holds ? new Gold(Kinds.GetValueOrDefault(entity) ?? Kind.OutOfScope(entity), start, value.Length) : null;
    }

    /// <summary>How many UTF-16 code units the first code points take.</summary>
    private static int Units(string text, int codePoints)
    {
        var index = 0;
        for (var i = 0; i < codePoints && index < text.Length; i++)
        {
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }
}
