using System.Collections.Frozen;
using System.Text;

namespace GuardedZephyr.Classification;

/// <summary>
/// Letters without what their canonical decomposition (Unicode Character Database, UnicodeData.txt) puts on them: characters of category Mn. The table
/// is here because <c>string.Normalize</c> changes nothing under invariant globalization. Ideographs of the compatibility blocks, and letters beyond the
/// basic plane, stay as they are.
/// </summary>
internal static class Accents
{
    // Hangul syllables are decomposed by a formula (The Unicode Standard, section 3.12).
    private const int LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, SyllableBase = 0xAC00, SyllableEnd = 0xD7A4;
    private const int Vowels = 21, Tails = 28;

    /// <summary>Characters below this have no accent.</summary>
    private const char First = '\u00C0';

    /// <summary>First the bare letter, then the letters that lose their marks to it.</summary>
    private const string Rows =
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ\u212B CÇĆĈĊČḈ EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ NÑŃŅŇǸṄṆṈṊ OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ " +
        "UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ YÝŶŸȲẎỲỴỶỸ aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ cçćĉċčḉ eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ iìíîïĩīĭįǐȉȋḭḯỉị nñńņňǹṅṇṉṋ " +
        "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự yýÿŷȳẏẙỳỵỷỹ DĎḊḌḎḐḒ dďḋḍḏḑḓ GĜĞĠĢǦǴḠ gĝğġģǧǵḡ HĤȞḢḤḦḨḪ hĥȟḣḥḧḩḫẖ JĴ jĵǰ " +
        "KĶǨḰḲḴ\u212A kķǩḱḳḵ LĹĻĽḶḸḺḼ lĺļľḷḹḻḽ RŔŖŘȐȒṘṚṜṞ rŕŗřȑȓṙṛṝṟ SŚŜŞŠȘṠṢṤṦṨ sśŝşšșṡṣṥṧṩ TŢŤȚṪṬṮṰ tţťțṫṭṯṱẗ WŴẀẂẄẆẈ wŵẁẃẅẇẉẘ ZŹŻŽẐẒẔ zźżžẑẓẕ ÆǢǼ " +
        "æǣǽ ƷǮ ʒǯ ØǾ øǿ ʹ\u0374 ;\u037E \u00A8\u0385\u1FC1\u1FED\u1FEE ΑΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺ\u1FBBᾼ \u00B7\u0387 ΕΈἘἙἚἛἜἝῈ\u1FC9 " +
        "ΗΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊ\u1FCBῌ ΙΊΪἸἹἺἻἼἽἾἿῘῙῚ\u1FDB ΟΌὈὉὊὋὌὍῸ\u1FF9 ΥΎΫὙὛὝὟῨῩῪ\u1FEB ΩΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺ\u1FFBῼ\u2126 " +
        "ιΐίϊἰἱἲἳἴἵἶἷὶ\u1F77\u1FBEῐῑῒ\u1FD3ῖῗ αάἀἁἂἃἄἅἆἇὰ\u1F71ᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ εέἐἑἒἓἔἕὲ\u1F73 ηήἠἡἢἣἤἥἦἧὴ\u1F75ᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ " +
        "υΰϋύὐὑὒὓὔὕὖὗὺ\u1F7Bῠῡῢ\u1FE3ῦῧ οόὀὁὂὃὄὅὸ\u1F79 ωώὠὡὢὣὤὥὦὧὼ\u1F7Dᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒϓϔ ЕЀЁӖ ГЃ ІЇ КЌ ИЍЙӢӤ УЎӮӰӲ ийѝӣӥ еѐёӗ гѓ ії кќ уўӯӱӳ ѴѶ ѵѷ " +
        "ЖӁӜ жӂӝ АӐӒ аӑӓ ӘӚ әӛ ЗӞ зӟ ОӦ оӧ ӨӪ өӫ ЭӬ эӭ ЧӴ чӵ ЫӸ ыӹ \u0627\u0622\u0623\u0625 \u0648\u0624 \u064A\u0626 \u06D5\u06C0 \u06C1\u06C2 " +
        "\u06D2\u06D3 \u0928\u0929 \u0930\u0931 \u0933\u0934 \u0915\u0958 \u0916\u0959 \u0917\u095A \u091C\u095B \u0921\u095C \u0922\u095D " +
        "\u092B\u095E \u092F\u095F \u09A1\u09DC \u09A2\u09DD \u09AF\u09DF \u0A32\u0A33 \u0A38\u0A36 \u0A16\u0A59 \u0A17\u0A5A \u0A1C\u0A5B " +
        "\u0A2B\u0A5E \u0B47\u0B48 \u0B21\u0B5C \u0B22\u0B5D \u0CD5\u0CC0\u0CC7 \u0CD6\u0CC8 \u0CC2\u0CCA \u0DD9\u0DDA \u0F42\u0F43 \u0F4C\u0F4D " +
        "\u0F51\u0F52 \u0F56\u0F57 \u0F5B\u0F5C \u0F40\u0F69 \u1025\u1026 \u1B35\u1B3B\u1B3D\u1B43 BḂḄḆ bḃḅḇ FḞ fḟ MḾṀṂ mḿṁṃ PṔṖ pṕṗ VṼṾ vṽṿ XẊẌ xẋẍ " +
        "ſẛ \u1FBF\u1FCD\u1FCE\u1FCF \u1FFE\u1FDD\u1FDE\u1FDF ρῤῥ ΡῬ `\u1FEF \u00B4\u1FFD \u2190\u219A \u2192\u219B \u2194\u21AE \u21D0\u21CD " +
        "\u21D4\u21CE \u21D2\u21CF \u2203\u2204 \u2208\u2209 \u220B\u220C \u2223\u2224 \u2225\u2226 \u223C\u2241 \u2243\u2244 \u2245\u2247 " +
        "\u2248\u2249 =\u2260 \u2261\u2262 \u224D\u226D <\u226E >\u226F \u2264\u2270 \u2265\u2271 \u2272\u2274 \u2273\u2275 \u2276\u2278 \u2277\u2279 " +
        "\u227A\u2280 \u227B\u2281 \u2282\u2284 \u2283\u2285 \u2286\u2288 \u2287\u2289 \u22A2\u22AC \u22A8\u22AD \u22A9\u22AE \u22AB\u22AF " +
        "\u227C\u22E0 \u227D\u22E1 \u2291\u22E2 \u2292\u22E3 \u22B2\u22EA \u22B3\u22EB \u22B4\u22EC \u22B5\u22ED \u3008\u2329 \u3009\u232A " +
        "\u2ADD\u2ADC かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はばぱ ひびぴ ふぶぷ へべぺ ほぼぽ うゔ ゝゞ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバパ ヒビピ フブプ " +
        "ヘベペ ホボポ ウヴ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ \u05D9\uFB1D\uFB39 \u05F2\uFB1F \u05E9\uFB2A\uFB2B\uFB2C\uFB2D\uFB49 \u05D0\uFB2E\uFB2F\uFB30 \u05D1\uFB31\uFB4C " +
        "\u05D2\uFB32 \u05D3\uFB33 \u05D4\uFB34 \u05D5\uFB35\uFB4B \u05D6\uFB36 \u05D8\uFB38 \u05DA\uFB3A \u05DB\uFB3B\uFB4D \u05DC\uFB3C " +
        "\u05DE\uFB3E \u05E0\uFB40 \u05E1\uFB41 \u05E3\uFB43 \u05E4\uFB44\uFB4E \u05E6\uFB46 \u05E7\uFB47 \u05E8\uFB48 \u05EA\uFB4A";

    /// <summary>First the letter, then the two that stay of it: signs of vowels around a consonant.</summary>
    private const string Pairs =
        "\u09CB\u09C7\u09BE \u09CC\u09C7\u09D7 \u0B4B\u0B47\u0B3E \u0B4C\u0B47\u0B57 \u0B94\u0B92\u0BD7 \u0BCA\u0BC6\u0BBE \u0BCB\u0BC7\u0BBE " +
        "\u0BCC\u0BC6\u0BD7 \u0CCB\u0CC2\u0CD5 \u0D4A\u0D46\u0D3E \u0D4B\u0D47\u0D3E \u0D4C\u0D46\u0D57 \u0DDC\u0DD9\u0DCF \u0DDD\u0DD9\u0DCF " +
        "\u0DDE\u0DD9\u0DDF \u1B06\u1B05\u1B35 \u1B08\u1B07\u1B35 \u1B0A\u1B09\u1B35 \u1B0C\u1B0B\u1B35 \u1B0E\u1B0D\u1B35 \u1B12\u1B11\u1B35 " +
        "\u1B40\u1B3E\u1B35 \u1B41\u1B3F\u1B35";

    private static readonly FrozenDictionary<char, string> _bare = Rows.Split(' ').SelectMany(row => row.Skip(1).Select(letter => KeyValuePair.Create(letter, row[..1])))
        .Concat(Pairs.Split(' ').Select(pair => KeyValuePair.Create(pair[0], pair[1..])))
        .ToFrozenDictionary();

    /// <summary>The bare letter; the letter itself where there is none or where it is more than one.</summary>
    public static char Strip(char letter) => letter >= First && _bare.TryGetValue(letter, out var bare) && bare.Length == 1 ? bare[0] : letter;

    /// <summary>Appends what stays of a letter.</summary>
    public static void AppendBare(char letter, StringBuilder word)
    {
        if (letter < First)
        {
            word.Append(letter);
        }
        else if (letter is >= (char)SyllableBase and < (char)SyllableEnd)
        {
            var index = letter - SyllableBase;
            word.Append((char)(LeadBase + (index / (Vowels * Tails)))).Append((char)(VowelBase + (index / Tails % Vowels)));
            if (index % Tails > 0)
            {
                word.Append((char)(TailBase + (index % Tails)));
            }
        }
        else if (_bare.TryGetValue(letter, out var bare))
        {
            word.Append(bare);
        }
        else
        {
            word.Append(letter);
        }
    }
}
