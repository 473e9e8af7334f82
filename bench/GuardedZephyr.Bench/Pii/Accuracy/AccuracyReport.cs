using System.Globalization;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

/// <summary>The figures as tables: counts, shares and names, never a text.</summary>
internal static class AccuracyReport
{
    private const string Command = "dotnet run -c Release --project bench/GuardedZephyr.Bench -- pii-accuracy --data ../shared/data --out bench/results/pii-accuracy.md";

    private static readonly string[] Columns = ["kind", "gold", "found", "recall", "recall, plausible values", "precision", "F2", "exact", "covered by any finding"];

    public static Document Write(PiiScanner scanner, LabelledRun labelled, BenignRun benign, string picture, string svg)
    {
        var document = new Document("How well personal data is found")
            .Paragraph($"`{Command}`")
            .Paragraph($"Policy `{scanner.Policy.Identity.Name}` version {scanner.Policy.Identity.Version} (SHA-256 `{scanner.Policy.Identity.Sha256[..12]}`), packs {string.Join(", ", scanner.Settings.Packs.Select(pack => $"`{pack}`"))}, findings with a score of at least {scanner.Settings.MinScore.ToString(CultureInfo.InvariantCulture)}. No language model: names, places and the like are found by structure or not at all.")
            .Heading("By kind, all sets together")
            .Table(Columns, labelled.Kinds.Select(kind => Row(kind.Name, labelled.Count(kind: kind))).Append(Row("all", labelled.Sum())))
            .Picture("Precision and recall by kind", picture, svg);
        WriteHeldOut(document, labelled, benign);
        foreach (var set in LabelledSet.All.Where(set => labelled.Rows.ContainsKey(set.Name)))
        {
            WriteSet(document, labelled, set);
        }

        WriteBenign(document, benign);
        WriteOutside(document, labelled);
        document.Heading("Rows to look at").Paragraph("Numbers of lines in the sets, from 0; of long lists the first.").Table(
            ["set", "what", "kind", "rows", "which"],
            [
                .. labelled.ErrorRows.Select(row => (string[])[$"`{row.Set}`", row.What, row.Kind, Cells.Number(row.Rows.Count), Cells.First(row.Rows)]),
                .. benign.Rows.Select(row => (string[])[$"`{row.Set}`", "found in a benign text", row.Entity, Cells.Number(row.Rows.Count), Cells.First(row.Rows)]),
            ]);
        return document.Heading("How it is counted").List(
        [
            "A place is found when findings of its kind, taken together, cover every letter and digit of it; exact when one finding has the same ends. Covered by any finding: whatever the kind - for hiding a value that is what counts.",
            "A finding is right when it shares a letter or digit with a place of its kind that was found; every other finding of a kind that the set marks is a false alarm, also one that covers a place in part.",
            "F2 gives recall twice the weight of precision. Plausible values: card numbers that hold their check digit and SSNs in ranges that are issued; made sets are full of others, which a recognizer is right to refuse.",
            "Which of our entities find which kind: " + string.Join("; ", Kind.InScope.Select(kind => $"{kind.Name} {(kind == Kind.Secret ? "by every entity of no other kind" : string.Join(", ", kind.Entities.Concat(kind.Also).Select(entity => $"`{entity}`")))}")) + ".",
        ]);
    }

    private static void WriteHeldOut(Document document, LabelledRun labelled, BenignRun benign)
    {
        document
            .Heading("Rows looked at, and rows held out")
            .Paragraph("Rows with an even number were open during development: their misses and false alarms were read (`--errors`). Those of rows with an odd number are never listed, so their figures tell what new texts of the same making would give. Sets hold many texts of one template, so the two halves are not strangers to each other.")
            .Table(
                ["kind", "recall, looked at", "recall, held out", "precision, looked at", "precision, held out", "F2, looked at", "F2, held out"],
                labelled.Kinds.Select(kind =>
                {
                    var (open, held) = (labelled.Count(kind: kind, heldOut: false), labelled.Count(kind: kind, heldOut: true));
                    return (string[])[kind.Name, Cells.Share(open.Recall), Cells.Share(held.Recall), Cells.Share(open.Precision), Cells.Share(held.Precision), Cells.Share(open.F), Cells.Share(held.F)];
                }));
        var (openTexts, _, openChanged) = benign.Count(heldOut: false);
        var (heldTexts, _, heldChanged) = benign.Count(heldOut: true);
        document.Paragraph($"Benign texts that the policy would change: {Cells.Percent(openChanged, openTexts)} of those looked at, {Cells.Percent(heldChanged, heldTexts)} of those held out.");
    }

    private static void WriteSet(Document document, LabelledRun labelled, LabelledSet set)
    {
        document.Heading($"`{set.Name}`")
            .Paragraph($"{Cells.Number(labelled.Rows[set.Name])} texts; {set.Note}.{(labelled.LeftOut.TryGetValue(set.Name, out var left) ? $" {Cells.Number(left)} more are left out: their marks do not fit the text." : "")}")
            .Table(Columns, labelled.Kinds.Select(kind => (kind, counts: labelled.Count(set.Name, kind))).Where(row => row.counts is { Gold: > 0 } or { Findings: > 0 }).Select(row => Row(row.kind.Name, row.counts)));
        var groups = labelled.Groups(set.Name).ToArray();
        if (groups.Length > 0)
        {
            document.Table(
                ["group", "texts", "gold", "found", "covered by any finding", "findings", "false alarms"],
                groups.Select(group => (string[])[$"`{group.Group}`", .. new[] { group.Texts, group.Counts.Gold, group.Counts.Found, group.Counts.Covered, group.Counts.Findings, group.Counts.Findings - group.Counts.Right }.Select(number => Cells.Number(number))]));
        }
    }

    private static void WriteBenign(Document document, BenignRun benign)
    {
        var (texts, found, changed) = benign.Count();
        document
            .Heading("Benign texts")
            .Paragraph($"{Cells.Number(texts)} texts that people ask an assistant; some of them do hold an address or a number to work on, so not every finding is wrong. Changed: an enforced rule of the policy would redact or block. At most {BenignRun.Bound * 100:0.0} % may be: {(changed <= BenignRun.Bound * texts ? "held" : "NOT held")}.")
            .Table(
                ["set", "texts", "with a finding", "changed", "share changed"],
                [.. BenignRun.Sets.Select(set => BenignRow($"`{set}`", benign.Count(set))), BenignRow("all", (texts, found, changed))])
            .Table(
                ["entity", "texts with it", "share of all", "changed for it alone", "share of all"],
                benign.Entities.Select(row => (string[])[$"`{row.Entity}`", Cells.Number(row.Found), Cells.Percent(row.Found, texts), Cells.Number(row.Changed), Cells.Percent(row.Changed, texts)]));
    }

    private static void WriteOutside(Document document, LabelledRun labelled)
    {
        document
            .Heading("What is not expected to be found")
            .Paragraph("Organisations, titles, ages, groups of people and free-form words have no structure that tells them; GUIDs, mentions, hashtags and canaries are no personal data. Counted here, in no sum above.")
            .Table(
                ["label", "gold", "covered by any finding"],
                labelled.OutOfScope.Select(kind => (kind, counts: labelled.Count(kind: kind))).Select(row => (string[])[$"`{row.kind.Name}`", Cells.Number(row.counts.Gold), Cells.Number(row.counts.Covered)]))
            .Heading("What is found that a set does not mark")
            .Paragraph("Neither right nor wrong: the set says nothing of these kinds.")
            .Table(["set", "entity", "findings"], labelled.Unmarked.Select(row => (string[])[$"`{row.Set}`", $"`{row.Entity}`", Cells.Number(row.Findings)]));
    }

    private static string[] BenignRow(string name, (int Texts, int Found, int Changed) row) =>
        [name, Cells.Number(row.Texts), Cells.Number(row.Found), Cells.Number(row.Changed), Cells.Percent(row.Changed, row.Texts)];

    private static string[] Row(string name, Counts counts) =>
    [
        name,
        Cells.Number(counts.Gold),
        Cells.Number(counts.Found),
        Cells.Share(counts.Recall),
        Cells.Share(counts.PlausibleRecall),
        Cells.Share(counts.Precision),
        Cells.Share(counts.F),
        Cells.Share(counts.ExactShare),
        Cells.Share(counts.CoveredShare),
    ];
}
