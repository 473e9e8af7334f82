using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>Postcodes as Royal Mail's Postcode Address File writes them: one of 124 areas, a district, a sector, a unit.</summary>
internal static class UkPostcode
{
    private static readonly FrozenSet<string> Areas = (
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX "
        + "IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
        + "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AreaOf = Areas.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Proves nothing: a postcode has no check digit. What ends as an ordinal does is rather a floor ("flat b1 2nd floor").</summary>
    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        if (candidate.Length > 2 && candidate[^2..] is "st" or "nd" or "rd" or "th")
        {
            return Validation.Invalid;
        }

        var text = Characters.LettersAndDigits(candidate, stackalloc char[7]);
        var area = text[..Math.Max(0, text.IndexOfAnyInRange('0', '9'))];
        return text.Length >= 5 && AreaOf.Contains(area) ? Validation.Undecided(candidate) : Validation.Invalid;
    }
}
