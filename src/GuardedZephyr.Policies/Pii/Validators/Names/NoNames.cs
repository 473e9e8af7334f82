namespace GuardedZephyr.Policies;

/// <summary>Words, most of them English, that stand, often with a capital, where a person's name could stand and are none.</summary>
internal static class NoNames
{
    private static readonly WordSet Words = new(
        // the calendar
        "january february march may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
        "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight spring autumn winter christmas easter",
        // whom one greets without knowing the name
        "sir sirs madam maam ma'am customer customers client clients team all everyone everybody anyone someone nobody folks friends friend guys guy there colleague",
        "colleagues hiring manager managers recruiter resources admin administrator support staff committee member members reader readers user users guest guests people",
        "neighbor neighbour neighbors neighbours diary santa god lord world class kids children parents mom mum mother dad father mommy daddy grandma grandpa aunt uncle",
        "brother sister son daughter husband wife dude bro man girl boy baby honey darling sweetheart love buddy pal mate chief boss",
        "doktor damen herren kollegen kolleginnen freunde zusammen tous toutes amigos amigo todos tutti allen iedereen señores señor señora monsieur frau herr",
        // titles and occupations
        "mr mrs ms mx miss mister mstr master madame dr doctor prof professor president ceo cfo cto coo director officer engineer developer teacher student nurse lawyer attorney agent",
        "assistant secretary chairman chair captain king queen prince princess judge senator governor mayor minister pope vice senior junior head lead software",
        "accountant analyst consultant designer editor programmer scientist researcher architect intern employee employer candidate applicant patient chef artist actor writer author",
        // origins and beliefs
        "american british english irish scottish welsh french german italian spanish portuguese dutch belgian swiss austrian polish czech russian ukrainian greek turkish",
        "swedish norwegian danish finnish european asian african australian canadian mexican brazilian indian pakistani chinese japanese korean vietnamese thai filipino",
        "israeli arab egyptian nigerian kenyan hispanic latino latina black white christian catholic protestant muslim jewish hindu buddhist atheist republican democrat",
        // places and parts of their names
        "america africa asia europe usa us uk eu england britain scotland ireland wales france germany italy spain portugal netherlands belgium switzerland austria poland",
        "russia ukraine greece turkey sweden norway denmark finland canada mexico brazil india pakistan china japan korea australia israel egypt nigeria north south east west",
        "northern southern eastern western new san santa los las st saint city town county state states river lake mount island bay beach valley university college school",
        "street avenue road hospital airport london paris berlin rome madrid york angeles chicago boston texas california florida",
        // things that have a voice or a brand
        "alexa siri cortana bixby chatgpt gpt claude bard gemini copilot bot chatbot ai assistant computer google apple amazon microsoft facebook meta twitter instagram",
        "netflix uber paypal visa mastercard nike tesla samsung sony disney medicare medicaid congress parliament senate government council court inc ltd llc corp corporation company bank group pepper",
        // forms
        "name names first last middle full family given maiden surname date birth dob age gender sex male female phone telephone mobile fax email mail address zip postcode",
        "country title position department subject message password username id number order invoice account accounts savings checking retirement investment loan mortgage credit money marketing sales finance billing contact details info information description status type value",
        "null none nil nan undefined true false unknown anonymous n/a na tbd required optional empty string integer text placeholder approved pending rejected denied cancelled canceled completed confirmed assigned unassigned active inactive example sample test default item product",
        "file folder project version task event category model table column row field list page section chapter part group",
        // words of sentences
        "a an the this that these those and or but nor so if then than as at by for from in into of off on onto out over to under up with without about after before between",
        "i i'm i’m i've i’ve i'd i’d i'll me my mine you your yours he him his she her hers it its it's it’s we us our ours they them their theirs who whom whose which what when where why how",
        "is isn't isn’t am are aren't was were be been being do does did don't don’t didn't have has had having will won't would can can't could should shall might must not no yes ok okay",
        "please thanks thank sorry hello hi hey dear welcome good great fine happy sad glad sure right wrong well just only also too very really still already now here again ever never always often",
        "back later soon instead anymore maybe perhaps because since while until though although however therefore each every some any many much more most few less least other another such same own both",
        "one two three four five six seven eight nine ten hundred thousand first second third next last old young big small long short high low best better worse worst",
        "go going gone get getting got make making made take taking took come coming see seeing look looking know think want need like let call called calling ask tell say said speak",
        "speaking write read use using find give given show keep put send sent set try work working help helping run buy pay paid play talk believe hope feel wait live living",
        "trying writing reading calling hoping wondering interested looking unable able ready afraid aware tired sick confused concerned excited pleased late new currently not unhappy",
        "important common unique different special private secret wrong spelled misspelled listed registered changed missing known hidden mentioned used based",
        "merry congratulations welcome attention regards sincerely yours cheers best kind warm respectfully morning afternoon evening night day week month year time");

    // Behind a given name or a title these are as good a family name as any.
    private static readonly WordSet FamilyNames = new(
        "may march spring winter christmas love day week king prince judge pope minister governor chief boss black white christian english french",
        "german irish scottish welsh west north london paris berlin lake bay beach mount city page field file young long short small big good best",
        "low high first sample pepper buddy man boy kind friend guy senior read hope work street nurse");

    /// <param name="isFamilyName">Whether it stands where a family name does: behind a given name or a title.</param>
    public static bool Contains(ReadOnlySpan<char> word, bool isFamilyName) => Words.Contains(word) && !(isFamilyName && FamilyNames.Contains(word));
}
