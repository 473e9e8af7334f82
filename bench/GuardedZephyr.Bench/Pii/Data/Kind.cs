namespace GuardedZephyr.Bench;

/// <summary>A kind of personal data across the sets' names and ours.</summary>
/// <param name="Name">The entity's name where it is one.</param>
/// <param name="Entities">Our entities that are this kind: their findings count for its precision.</param>
/// <param name="Also">Our entities that find it too.</param>
internal sealed record Kind(string Name, string[] Entities, params string[] Also)
{
    private static readonly string[] Places = ["LOCATION", "GPE", "CITY", "POSTAL_CODE", "POSTCODE", "ZIP_CODE", "US_ZIP_CODE", "UK_POSTCODE", "CA_POSTAL_CODE"];
    private static readonly string[] Streets = ["STREET_ADDRESS", "ADDRESS"];

    public static readonly Kind Person = new("PERSON", ["PERSON"]);
    public static readonly Kind Email = new("EMAIL_ADDRESS", ["EMAIL_ADDRESS"]);
    public static readonly Kind Phone = new("PHONE_NUMBER", ["PHONE_NUMBER"]);
    public static readonly Kind Ssn = new("US_SSN", ["US_SSN"], "US_ITIN");
    public static readonly Kind CreditCard = new("CREDIT_CARD", ["CREDIT_CARD"]);
    public static readonly Kind Address = new("STREET_ADDRESS", Streets, Places);
    public static readonly Kind Location = new("LOCATION", Places, Streets);
    public static readonly Kind IpAddress = new("IP_ADDRESS", ["IP_ADDRESS"]);
    public static readonly Kind Url = new("URL", ["URL", "DOMAIN_NAME"]);
    public static readonly Kind MedicalRecord = new("MEDICAL_RECORD_NUMBER", ["MEDICAL_RECORD_NUMBER", "MEDICAL_RECORD", "MRN"]);
    public static readonly Kind Npi = new("US_NPI", ["US_NPI"]);

    /// <summary>Keys, tokens and passwords: every entity that is of no other kind.</summary>
    public static readonly Kind Secret = new("SECRET", []);

    /// <summary>In the order of the report.</summary>
    public static readonly IReadOnlyList<Kind> InScope = [Person, Email, Phone, Ssn, CreditCard, Address, Location, IpAddress, Url, MedicalRecord, Npi, Secret];

    /// <summary>No structure tells them: counted, and expected of nobody.</summary>
    public bool IsOutOfScope => !InScope.Contains(this);

    public static Kind OutOfScope(string name) => new(name, []);

    public bool IsHomeOf(string entity) => this == Secret
        ? InScope.All(kind => !kind.Entities.Contains(entity))
        : Entities.Contains(entity);

    public bool Accepts(string entity) => IsHomeOf(entity) || Also.Contains(entity);

    public bool Equals(Kind? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
