using System.Collections.Frozen;

namespace GuardedZephyr.Classification;

/// <summary>
/// Words that tell English: everyday ones, and a few that requests for harm share. A word is looked up by its shape, the distances of its letters
/// from the first, so that one look-up tells under which Caesar shifts it is a common word.
/// </summary>
internal static class CommonWords
{
    /// <summary>No word in the list is longer.</summary>
    public const int Longest = 12;

    private const int BitsPerLetter = 5;

    private const string List = """
        a able about above accept access account across act action add address after again against age ago agree air alive all allow almost alone along already also always am an and anger angry animal another answer any anybody anyone anything anyway apart apply are area arm army around arrest arrive art article as ask asked asking assistant at attack attention away
        baby back bad bag ban bank base basic be beat beautiful became because become bed been before begin behind being believe belong best better between big bill bit black blood blow blue board body book born both bottle bottom bought box boy brain break bring broke brother brought build building built burn business but buy by
        call called came can cannot car card care carry case cash cat catch cause cell center chain chance change cheap check child children choose church citizen city class clean clear clearly close code cold color come coming common community company complete computer consider contact control cook cool copy correct cost could country couple course court cover crazy create credit crime cross cry current customer cut
        damage dad dark data date day days dead deal dear death decide decode deep describe design destroy detail did die died different difficult dirty do doctor does doing dog done door double down draw dream drink drive drop drug drugs dry during
        each early earth easy eat effect either else email end enemy enjoy enough enter entire escape even evening event ever every everyone everything exact exactly example except execute expect explain explosive eye eyes
        face fact fail fake fall false family far fast father fear feel feet fell felt few field fight figure file fill final finally find fine finger fire first five fix floor fly follow food foot for force forever forget form forward found four free fresh friend friends from front full fun future
        game gas gave gay get girl give given go god goes going gold gone good got government great green ground group grow guard guess guide gun guns guy
        hack had hair half hall hand happen happy hard harm has hate have having he head health hear heard heart heat heavy held hell hello help her here hers herself hide high him himself his history hit hold hole home hope horse hospital hot hour hours house how however huge human hundred hurt husband
        i idea identity if ignore illegal image important in inside instead instruction instructions internet into invent is island issue it its itself
        jail job join joke judge jump just
        keep kept key kid kids kill killed killing kind king kitchen knew knife know known
        lady land language large last late later laugh law lay lead learn least leave left leg legal less let letter level lie life light like line list listen little live lives living local lock long look looking lose lost lot love low luck
        machine made main make makes making man many map mark market marry matter may maybe me mean means medicine meet member memory men message method methods middle might mile milk million mind mine minute miss mix model mom moment money month more morning most mother mouth move movie much murder music must my myself
        name nation nature near nearly need needs network never new news next nice night no nobody none nor normal north not note nothing notice now number
        of off offer office often oh oil ok old on once one only open opinion or order other others our out outside over own
        page paid pain paper parent parents part party pass password past pay peace people perfect perhaps person phone photo pick picture piece place plan plane plant play please plenty plus point poison police poor porn possible post power present president press pretend pretty price print prison private probably problem process program promise prompt protect provide public pull push put
        quality question quick quickly quiet quite
        race radio rain ran rape rate rather reach read ready real really reason receive recipe record red release remember remove repeat reply report request rest result return reveal reverse rich ride right ring rise river road rob room round rule rules run running
        sad safe safety said same sand sat save saw say says school science sea search season second secret secretly secure see seem seen self sell send sense sent sentence serious server set seven several sex shall shape share she shit shoot shop short should show shut sick side sign silver simple simply since sing sister sit site six size skin sky sleep slow small smell smile smoke snow so social soft software some somebody someone something sometimes son song soon sorry sort sound south space speak special spell spend stand star start state stay steal step steps still stole stop store story straight strange street string strong student study stuff stupid such suddenly suicide sun sure surprise sweet system
        table take taken taking talk tax teach team tear tell ten terrible test text than thank thanks that the their them themselves then there these they thing things think third this those though thought thousand three through throw time times to today together told tomorrow tonight too took tool top total touch toward town track trade train translate travel tree trick tried trouble true trust truth try turn tv twelve twenty two type
        ugly under understand until up upon us use used user using usually
        value very victim video view village virus visit voice vote
        wait walk wall want wanted war warm was wash watch water way ways we weapon weapons wear weather website week weeks well went were west what whatever when where which while white who whole whom whose why wife wild will win wind window wish with within without woman women wonder word words work works world worry worse worst would write writing written wrong wrote
        yard yeah year years yellow yes yesterday yet you young your yours yourself
        """;

    /// <summary>For each shape the first letters that make it a word: bit 0 is a.</summary>
    private static readonly FrozenDictionary<ulong, uint> FirstLetters = List
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(word => Shape(word, reversed: false))
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate(0u, (bits, word) => bits | (1u << (word[0] - 'a'))));

    /// <param name="word">ASCII letters, in any case.</param>
    public static bool Contains(ReadOnlySpan<char> word) => (FirstLettersOf(word) & Bit(word[0])) != 0;

    /// <summary>Whether it is a common word from its end to its start.</summary>
    /// <inheritdoc cref="Contains"/>
    public static bool ContainsReversed(ReadOnlySpan<char> word) => (FirstLettersOf(word, reversed: true) & Bit(word[^1])) != 0;

    /// <summary>Every letter that its first letter can be shifted to, all others by the same number, to give a common word: bit 0 is a.</summary>
    /// <inheritdoc cref="Contains"/>
    public static uint FirstLettersOf(ReadOnlySpan<char> word, bool reversed = false) =>
        word.Length <= Longest && FirstLetters.TryGetValue(Shape(word, reversed), out var letters) ? letters : 0;

    private static uint Bit(char letter) => 1u << ((letter | 0x20) - 'a');

    private static ulong Shape(ReadOnlySpan<char> word, bool reversed)
    {
        var shape = (ulong)word.Length;
        var first = (reversed ? word[^1] : word[0]) | 0x20;
        for (var i = 1; i < word.Length; i++)
        {
            var distance = (word[reversed ? ^(i + 1) : i] | 0x20) - first;
            shape = (shape << BitsPerLetter) | (uint)(distance < 0 ? distance + 26 : distance);
        }

        return shape;
    }
}
