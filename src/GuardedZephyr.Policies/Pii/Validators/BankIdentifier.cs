namespace GuardedZephyr.Policies;

/// <summary>
/// Business identifier codes of banks (SWIFT): ISO 9362 - four letters of the party, the country by ISO 3166-1, two characters of the place and
/// perhaps three of the branch. There is no check character, so nothing is proved valid.
/// </summary>
internal static class BankIdentifier
{
    private const int Party = 4;
    private const int Country = 2;

    // ISO 3166-1, alpha-2; XK is Kosovo's by use (SWIFT gives out codes with it).
    private const string Countries =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN "
        + "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
        + "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
        + "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
        + "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
        + "VN VU WF WS XK YE YT ZA ZM ZW";

    public static Validation Validate(ReadOnlySpan<char> candidate) =>
        candidate.Length is 8 or 11 && IsCountry(candidate.Slice(Party, Country)) ? Validation.Undecided(candidate) : Validation.Invalid;

    private static bool IsCountry(ReadOnlySpan<char> code) => char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1])
        && Countries.AsSpan().Contains(code, StringComparison.OrdinalIgnoreCase);
}
