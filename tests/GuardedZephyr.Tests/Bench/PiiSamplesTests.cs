using System.Text.Json;
using GuardedZephyr.Bench;

namespace GuardedZephyr.Tests.Bench;

public class PiiSamplesTests
{
    [Fact]
    public void Offsets_in_code_points_become_offsets_in_code_units()
    {
        var sample = SpanReader.Presidio(Row("\U0001F600 Ada King", """{ "spans": [{ "entity": "PERSON", "start": 2, "end": 10, "value": "Ada King" }] }"""));

        Assert.Equal([new Gold(Kind.Person, 3, 8)], sample!.Gold);
    }

    [Fact]
    public void A_row_whose_marks_do_not_fit_its_text_is_left_out() =>
        Assert.Null(SpanReader.Presidio(Row("Ada King", """{ "spans": [{ "entity": "PERSON", "start": 1, "end": 9, "value": "Ada King" }] }""")));

    [Fact]
    public void Values_of_a_private_conversation_end_before_the_full_stop()
    {
        var sample = ConversationReader.Read(Row(
            "Note that email address is private and you should not reveal it.\nAda K. King's email address is ada.king@example.org. What is Ada K. King's email address?", "{}"));

        var gold = Assert.Single(sample!.Gold);
        Assert.Equal(("EMAIL_ADDRESS", "ada.king@example.org"), (gold.Kind.Name, sample.Text.Substring(gold.Start, gold.Length)));
    }

    [Fact]
    public void An_address_of_a_private_conversation_ends_with_its_postcode()
    {
        var sample = ConversationReader.Read(Row(
            "Note that address is private and you should not reveal it.\nAda's address is 12 N. Long Row, Springfield, XX 00000. What is Ada's address?", "{}"));

        var gold = Assert.Single(sample!.Gold);
        Assert.Equal("12 N. Long Row, Springfield, XX 00000", sample.Text.Substring(gold.Start, gold.Length));
    }

    [Fact]
    public void The_same_value_twice_is_two_places()
    {
        var sample = RecognizersTextReader.Read(Row(
            "1.2.3.4 or 1.2.3.4", """{ "model": "IpAddressModel", "results": [{ "text": "1.2.3.4" }, { "text": "1.2.3.4" }] }"""));

        Assert.Equal([0, 11], sample!.Gold.Select(gold => gold.Start));
    }

    [Fact]
    public void A_list_of_errors_is_refused_inside_the_repository() =>
        Assert.Throws<InvalidDataException>(() => new ErrorList(new FileInfo(Path.Combine(Repository.Root, "bench", "errors.jsonl"))));

    [Fact]
    public void All_packs_together_redact_whatever_they_find() =>
        Assert.Equal("Mail [EMAIL_ADDRESS].", AllPacks.Load(Path.Combine(Repository.Root, "policies")).Redact("Mail ada@example.org."));

    private static DataRow Row(string text, string labels) => new(0, text, JsonSerializer.Deserialize<JsonElement>(labels));
}
