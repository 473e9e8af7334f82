using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ResponseLocaleTests : IDisposable
{
    private static readonly Verdict Sorry = new() { Outcome = Outcome.Blocked, Action = RuleAction.Respond, Rules = [], Findings = [], Response = "sorry" };

    private readonly PolicyFolder _folder = new(With("locale: en\nresponses: { en: texts.yaml, de: de.yaml, pt-BR: pt.yaml }"));

    public ResponseLocaleTests()
    {
        _folder.Write("de.yaml", "refusal: Nein.\nunjudged: Ungeprüft.\nsorry: Es tut mir leid.\n");
        _folder.Write("pt.yaml", "refusal: Não.\nunjudged: Não verificado.\nsorry: Lamento.\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "I am sorry.")]
    [InlineData("", "I am sorry.")]
    [InlineData("de", "Es tut mir leid.")]
    [InlineData("DE-at", "Es tut mir leid.")]
    [InlineData("de-Latn-AT-x-private", "Es tut mir leid.")]
    [InlineData("pt-br", "Lamento.")]
    [InlineData("pt", "I am sorry.")]
    [InlineData("fi, sv;q, de", "Es tut mir leid.")]
    [InlineData("en-GB,de", "I am sorry.")]
    [InlineData("xx,-,--,,", "I am sorry.")]
    public void An_answer_is_given_in_the_language_that_was_asked_for_or_else_in_the_policys_own(string? locales, string expected) =>
        Assert.Equal(expected, _folder.Load().ReplyFor(Sorry, locales));

    [Fact]
    public void A_policy_with_one_file_of_texts_answers_in_it_whatever_is_asked_for()
    {
        using var folder = new PolicyFolder();

        Assert.Equal("I am sorry.", folder.Load().ReplyFor(Sorry, "de"));
    }

    [Fact]
    public void The_policys_own_language_may_be_another()
    {
        _folder.Write("policy.yaml", With("locale: de\nresponses: { en: texts.yaml, de: de.yaml }"));

        Assert.Equal("Es tut mir leid.", _folder.Load().ReplyFor(Sorry, "fr"));
    }

    [Theory]
    [InlineData("locale: fr\nresponses: { en: texts.yaml }", "policy.yaml:3: there are no responses for the locale 'fr'; there are for en")]
    [InlineData("responses: { en: texts.yaml, d: de.yaml }", "policy.yaml:3: responses: 'd' is no language tag such as de or pt-BR")]
    [InlineData("responses: { en: texts.yaml, de: gone.yaml }", "policy.yaml:3: responses: gone.yaml: there is no such file")]
    [InlineData("responses: { en: texts.yaml, de: short.yaml }", "short.yaml:1: 'unjudged' is missing")]
    [InlineData("responses: { en: texts.yaml, de: short.yaml }", "rule 'hate': there is no response 'sorry' for the locale 'de'; known are refusal")]
    public void Texts_that_are_missing_in_a_language_are_errors(string responses, string error)
    {
        _folder.Write("policy.yaml", With(responses));
        _folder.Write("short.yaml", "refusal: Nein.\n");

        Assert.Contains(_folder.Errors(), line => line.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void Shipped_policies_have_every_text_in_seven_languages()
    {
        Assert.Equal(["de", "en", "es", "fr", "it", "nl", "pt"], ShippedPolicies.Standard.ResponsesByLocale.Keys.Order());
        Assert.All(ShippedPolicies.Standard.ResponsesByLocale.Values, texts =>
        {
            Assert.Equal(["crisis", "crisis-method", "crisis-third-person", "refusal", "unjudged"], texts.Keys.Order());
            Assert.All(texts.Where(text => text.Key.StartsWith("crisis", StringComparison.Ordinal)), text => Assert.Contains("findahelpline.com", text.Value, StringComparison.Ordinal));
        });
    }

    private static string With(string responses) => PolicyFolder.Policy.Replace("on-fault: allow\nresponses: texts.yaml", responses, StringComparison.Ordinal);
}
