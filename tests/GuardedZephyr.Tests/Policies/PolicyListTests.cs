using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>The lists of a policy file.</summary>
public sealed class PolicyListTests
{
    private const string Lists = """
          lists:
            key: { file: lists.key }
            deny:
              - entity: PROJECT_NAME
                values: [Bluebird, 'Project Nightjar']
                hashes: [HASH]
                max-words: 2
            allow:
              - entity: PIN
                values: ['1234']
              - hashes: [HASH]

        """;

    private const string KeyText = "000102030405060708090a0b0c0d0e0f";

    private static readonly ListHasher Hasher = new(Convert.FromHexString(KeyText));

    [Fact]
    public void Denied_values_are_found_and_rules_may_name_their_entity()
    {
        using var folder = Folder(Lists, Hasher.Hash("Quiet Owl"), policy => policy.Replace("entity: PIN }", "entity: [PIN, PROJECT_NAME] }", StringComparison.Ordinal));
        var policy = folder.Load();
        const string Text = "bluebird, project nightjar and the QUIET owl";

        var findings = policy.Detectors.OfType<DenyListDetector>().Single().Find(Text);

        Assert.Equal(["control-token", "list", "pii"], policy.Detectors.Select(detector => detector.Name));
        Assert.Equal("[PROJECT_NAME], [PROJECT_NAME] and the [PROJECT_NAME]", Some.Operators(policy).ApplyToRequest(Text, policy.Replacements(Direction.Input, findings)));
    }

    [Fact]
    public void Allowed_value_is_explained_as_such()
    {
        using var folder = Folder(Lists, Hasher.Hash("9876"));

        var explanation = Assert.Single(folder.Load().Detectors.OfType<PiiDetector>().Single().Explain(GuardText.From("pin 1234")));

        Assert.Equal(PiiRejection.Allowed, explanation.Rejection);
    }

    [Theory]
    [InlineData("pin 1234", 0)]
    [InlineData("pin 1235", 1)]
    [InlineData("pin 9876", 0)] // by its hash
    public void Allowed_value_is_not_found(string text, int count)
    {
        using var folder = Folder(Lists, Hasher.Hash("9876"));

        Assert.Equal(count, folder.Load().Detectors.OfType<PiiDetector>().Single().Find(text).Count);
    }

    [Fact]
    public void Value_allowed_for_one_entity_is_found_as_another_and_what_it_covers_is_not_found()
    {
        var allow = new AllowList([("12 34", "LONG"), ("12", "SHORT")], [], null);
        var recognizers = new[] { Some.Recognizer("LONG", "[0-9]{2} [0-9]{2}", 0.9), Some.Recognizer("SHORT", "[0-9]{2}", 0.5), Some.Recognizer("OTHER", "12", 0.4) };

        Assert.Empty(new PiiDetector(recognizers, allow).Find("12 34"));
        Assert.Equal(["LONG"], new PiiDetector(recognizers, allow).Find("12 35").Select(finding => finding.Category));
        Assert.Equal(["OTHER"], new PiiDetector([recognizers[2]], allow).Find("12").Select(finding => finding.Category));
        Assert.Empty(new PiiDetector(recognizers, new AllowList([("12", null)], [], null)).Find("12"));
    }

    [Fact]
    public void Key_may_stand_in_the_environment_and_in_base64()
    {
        var name = $"GUARDEDZEPHYR_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, Convert.ToBase64String(Convert.FromHexString(KeyText)));
        try
        {
            using var folder = Folder(Lists.Replace("file: lists.key", $"environment: {name}", StringComparison.Ordinal), Hasher.Hash("owl"));

            Assert.Single(folder.Load().Detectors.OfType<DenyListDetector>().Single().Find("an owl"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void Key_is_no_part_of_the_digest()
    {
        using var folder = Folder(Lists, Hasher.Hash("owl"));
        var digest = folder.Load().Identity.Sha256;

        folder.Write("lists.key", "0f0e0d0c0b0a09080706050403020100");

        Assert.Equal(digest, folder.Load().Identity.Sha256);
    }

    [Theory]
    [InlineData("file: lists.key", "file: gone.key", "policy.yaml:9: detectors.lists.key: gone.key: there is no such file")]
    [InlineData("file: lists.key", "environment: GUARDEDZEPHYR_NOT_SET", "policy.yaml:9: detectors.lists.key: the environment variable GUARDEDZEPHYR_NOT_SET is not set")]
    [InlineData("file: lists.key", "file: lists.key, environment: X", "policy.yaml:9: detectors.lists.key: needs either 'file' or 'environment'")]
    [InlineData("{ file: lists.key }", "{}", "policy.yaml:9: detectors.lists.key: needs either 'file' or 'environment'")]
    [InlineData("file: lists.key", "file: short.key", "policy.yaml:9: detectors.lists.key: the key must be at least 16 bytes in hexadecimal or base64")]
    [InlineData("file: lists.key", "file: words.key", "policy.yaml:9: detectors.lists.key: the key must be at least 16 bytes in hexadecimal or base64")]
    [InlineData("file: lists.key", "file: lists.key, length: 3", "policy.yaml:9: detectors.lists.key: unknown key 'length'; known are file, environment")]
    [InlineData("    deny:", "    denied: x\n    deny:", "policy.yaml:10: detectors.lists: unknown key 'denied'; known are key, deny, allow")]
    [InlineData("entity: PROJECT_NAME\n        ", "", "policy.yaml:11: detectors.lists.deny: 'entity' is missing")]
    [InlineData("[Bluebird, 'Project Nightjar']", "[]", "policy.yaml:12: detectors.lists.deny: 'values' is empty")]
    [InlineData("Bluebird", "' '", "policy.yaml:12: detectors.lists.deny: a value needs a character that shows and at most 128 of them")]
    [InlineData("hashes: [HASH]\n        max", "hashes: [9f86]\n        max", "policy.yaml:13: detectors.lists.deny: a hash must be 64 hexadecimal digits (HMAC-SHA256), not 4 characters as this one")]
    [InlineData("max-words: 2", "max-words: 9", "policy.yaml:14: detectors.lists.deny: 'max-words' must be at most 8: each word of a text is hashed so many times")]
    [InlineData("max-words: 2", "max-word: 2", "policy.yaml:14: detectors.lists.deny: unknown key 'max-word'; known are entity, values, hashes, max-words")]
    [InlineData("hashes: [HASH]\n        max", "max", "policy.yaml:13: detectors.lists.deny: 'max-words' goes with 'hashes' alone")]
    [InlineData("entity: PIN", "entity: PAN", "policy.yaml:16: detectors.lists.allow: no pack finds the entity 'PAN'; known are PIN")]
    [InlineData("entity: PIN\n        values: ['1234']", "entity: PIN", "policy.yaml:16: detectors.lists.allow: 'values' or 'hashes' is missing")]
    public void Broken_list_is_refused_with_file_line_and_list(string part, string broken, string error)
    {
        Assert.Contains(part, Lists, StringComparison.Ordinal);
        using var folder = Folder(Lists.Replace(part, broken, StringComparison.Ordinal), new string('0', 64));

        Assert.Equal([error], folder.Errors());
    }

    [Theory]
    [InlineData("  lists: {}\n", "policy.yaml:8: detectors.lists: 'deny' or 'allow' is missing")]
    [InlineData("  lists: { deny: [] }\n", "policy.yaml:8: detectors.lists: 'deny' is empty")]
    [InlineData("  lists:\n    deny:\n      - { entity: X, hashes: [HASH] }\n", "policy.yaml:10: detectors.lists.deny: 'hashes' need the key they were made with: detectors.lists.key is missing")]
    public void List_that_says_nothing_or_lacks_its_key_is_refused(string lists, string error)
    {
        using var folder = Folder(lists, new string('0', 64));

        Assert.Equal([error], folder.Errors());
    }

    [Fact]
    public void Allow_list_without_anything_to_allow_from_is_refused()
    {
        using var folder = Folder(
            "  lists: { allow: [{ values: [x] }] }\n",
            "",
            policy => policy.Replace("  pii: { packs: [own], min-score: 0.4 }\n", "", StringComparison.Ordinal).Replace("entity: PIN", "entity: control-token", StringComparison.Ordinal));

        Assert.Equal(["policy.yaml:7: detectors: detectors.lists.allow keeps values from being found by detectors.pii, which is missing"], folder.Errors());
    }

    private static PolicyFolder Folder(string lists, string hash, Func<string, string>? edit = null)
    {
        var withLists = PolicyFolder.Policy.Replace("  harm: {", lists.Replace("HASH", hash, StringComparison.Ordinal) + "  harm: {", StringComparison.Ordinal);
        var folder = new PolicyFolder(edit?.Invoke(withLists) ?? withLists);
        folder.Write("lists.key", KeyText + "\n");
        folder.Write("short.key", "0001");
        folder.Write("words.key", "this is not a key at all");
        return folder;
    }
}
