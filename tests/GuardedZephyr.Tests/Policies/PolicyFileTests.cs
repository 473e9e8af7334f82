using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PolicyFileTests
{
    [Fact]
    public void Policy_is_read()
    {
        using var folder = new PolicyFolder();

        var policy = folder.Load();

        Assert.Equal(("small", 3), (policy.Identity.Name, policy.Identity.Version));
        Assert.Equal(OnFault.Allow, policy.OnFault);
        Assert.Equal(new HarmSettings(Path.GetFullPath(Path.Combine(folder.Path, "../models/some")), new DetectorLimits { Timeout = TimeSpan.FromMilliseconds(250) }), policy.Harm);
        Assert.Equal((TimeSpan.FromSeconds(5), new CacheSettings(10_000, 16)), (policy.Deadline, policy.Cache));
        Assert.Equal(["control-token", "pii"], policy.Detectors.Select(detector => detector.Name));
        Assert.Equal(["hate", "threat"], policy.RequiredLabels);
        Assert.Equal("I am sorry.", policy.Responses["sorry"]);
    }

    [Fact]
    public void Rules_are_read()
    {
        using var folder = new PolicyFolder();

        var rules = folder.Load().Rules;

        Assert.Collection(
            rules,
            pin =>
            {
                Assert.Equal(("pin", RuleAction.Redact, RuleMode.Enforce, 0.4), (pin.Id, pin.Action, pin.Mode, pin.MinScore));
                Assert.Equal(["PIN"], pin.Categories);
                Assert.Equal([Direction.Input, Direction.Tool], pin.On.Order());
            },
            hate =>
            {
                Assert.Equal(("hate", RuleAction.Respond, RuleMode.Shadow, 0.7), (hate.Id, hate.Action, hate.Mode, hate.MinScore));
                Assert.Equal(["hate", "threat"], hate.Categories.Order());
                Assert.Equal("sorry", hate.Response);
                Assert.Equal([Direction.Output], hate.On);
            });
    }

    [Fact]
    public void Limits_are_read()
    {
        using var folder = new PolicyFolder(PolicyFolder.Policy
            .Replace("on-fault: allow\n", "on-fault: allow\ndeadline: 3s\ncache: { entries: 20, megabytes: 2 }\n", StringComparison.Ordinal)
            .Replace("timeout: 250ms", "timeout: 250ms, bulkhead: { concurrent: 3, queue: 0 }, breaker: { failure-ratio: 0.25, min-calls: 4, window: 10s, pause: 500ms }", StringComparison.Ordinal)
            .Replace("    action: redact\n", "    action: redact\n    on-fault: block\n", StringComparison.Ordinal));

        var policy = folder.Load();

        Assert.Equal((TimeSpan.FromSeconds(3), new CacheSettings(20, 2)), (policy.Deadline, policy.Cache));
        Assert.Equal(
            new DetectorLimits
            {
                Timeout = TimeSpan.FromMilliseconds(250),
                Concurrent = 3,
                Queue = 0,
                BreakerFailureRatio = 0.25,
                BreakerMinCalls = 4,
                BreakerWindow = TimeSpan.FromSeconds(10),
                BreakerPause = TimeSpan.FromMilliseconds(500),
            },
            policy.LimitsOf("harm"));
        Assert.Equal([OnFault.Block, null], policy.Rules.Select(rule => rule.OnFault));
        Assert.Equal(["pii", "harm"], policy.Rules.SelectMany(rule => rule.Detectors));
    }

    [Fact]
    public void A_deadline_below_the_usual_timeout_shortens_it()
    {
        using var folder = new PolicyFolder(PolicyFolder.Policy.Replace("on-fault: allow\n", "deadline: 1s\n", StringComparison.Ordinal).Replace(", timeout: 250ms", "", StringComparison.Ordinal));

        Assert.Equal(TimeSpan.FromSeconds(1), folder.Load().LimitsOf("harm").Timeout);
    }

    [Theory]
    [InlineData("", ClientSystem.Judge, 0)]
    [InlineData("client-system: allow\non-output-block: refuse\n", ClientSystem.Allow, 0)]
    [InlineData("client-system: forbid\non-output-block: retry\n", ClientSystem.Forbid, 2)]
    [InlineData("client-system: judge\non-output-block: retry\nretries: 5\n", ClientSystem.Judge, 5)]
    public void What_holds_for_turns_is_read(string lines, ClientSystem clientSystem, int retries)
    {
        using var folder = new PolicyFolder(lines + PolicyFolder.Policy);

        var policy = folder.Load();

        Assert.Equal((clientSystem, retries), (policy.ClientSystem, policy.Retries));
    }

    [Theory]
    [InlineData("pseudonymise", RuleAction.Pseudonymise, 0)]
    [InlineData("hash", RuleAction.Hash, 0)]
    [InlineData("mask", RuleAction.Mask, 4)]
    [InlineData("mask\n    keep-last: 0", RuleAction.Mask, 0)]
    [InlineData("mask\n    keep-last: 8", RuleAction.Mask, 8)]
    public void Operators_are_read(string action, RuleAction expected, int keepLast)
    {
        using var folder = new PolicyFolder(PolicyFolder.Policy.Replace("action: redact", $"action: {action}", StringComparison.Ordinal));

        var rule = folder.Load().Rules[0];

        Assert.Equal((expected, keepLast), (rule.Action, rule.KeepLast));
    }

    [Fact]
    public void Pack_stands_for_all_that_its_recognizers_find()
    {
        using var folder = new PolicyFolder(PolicyFolder.Policy.Replace("entity: PIN", "entity: control-token, pack: own", StringComparison.Ordinal));

        Assert.Equal(["PIN", "control-token"], folder.Load().Rules[0].Categories.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("US_SN", "closest of 13 are US_SSN, ")]
    [InlineData("email", "closest of 13 are EMAIL_ADDRESS, ")]
    public void Of_many_names_the_closest_are_shown(string wrong, string expected) =>
        Assert.StartsWith(
            expected,
            Spelling.Known(wrong, ["A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8", "I9", "US_SSN", "EMAIL_ADDRESS", "IBAN_CODE", "UK_NHS"]),
            StringComparison.Ordinal);

    [Fact]
    public void What_is_left_out_has_the_safe_default()
    {
        using var folder = new PolicyFolder(PolicyFolder.Policy
            .Replace("on-fault: allow\n", "", StringComparison.Ordinal)
            .Replace(", min-score: 0.4", "", StringComparison.Ordinal)
            .Replace(", min-score: 0.7", "", StringComparison.Ordinal)
            .Replace(", timeout: 250ms", "", StringComparison.Ordinal)
            .Replace("    on: [input, tool]\n", "", StringComparison.Ordinal));

        var policy = folder.Load();

        Assert.Equal(OnFault.Block, policy.OnFault);
        Assert.Equal(TimeSpan.FromSeconds(2), policy.Harm?.Limits.Timeout);
        Assert.All(policy.Rules, rule => Assert.Equal(0.5, rule.MinScore));
        Assert.Equal([Direction.Input, Direction.Tool, Direction.Output], policy.Rules[0].On.Order());
    }

    [Theory]
    [InlineData("name: small\n", "", "policy.yaml:1: 'name' is missing")]
    [InlineData("version: 3", "version: 0", "policy.yaml:2: 'version' must be a whole number of at least 1, not '0'")]
    [InlineData("version: 3\n", "", "policy.yaml:1: 'version' is missing")]
    [InlineData("version: 3", "version: [3]", "policy.yaml:2: 'version' must be a single value, not a list")]
    [InlineData("on-fault: allow", "on-fault: open", "policy.yaml:3: unknown on-fault 'open'; known are block, allow")]
    [InlineData("name: small", "name: small\nnam: x", "policy.yaml:2: unknown key 'nam'; known are name, version, on-fault, client-system, on-output-block, retries, locale, responses, deadline, cache, detectors, rules")]
    [InlineData("name: small", "name: small\nname: x", "policy.yaml:2: 'name' stands here twice")]
    [InlineData("on-fault: allow", "client-system: ask", "policy.yaml:3: unknown client-system 'ask'; known are allow, judge, forbid")]
    [InlineData("on-fault: allow", "on-output-block: again", "policy.yaml:3: unknown on-output-block 'again'; known are refuse, retry")]
    [InlineData("on-fault: allow", "on-output-block: retry\nretries: 6", "policy.yaml:4: 'retries' must be a whole number from 1 to 5, not '6'")]
    [InlineData("on-fault: allow", "on-output-block: refuse\nretries: 2", "policy.yaml:4: 'retries' goes with on-output-block retry alone")]
    [InlineData("on-fault: allow", "retries: 2", "policy.yaml:3: 'retries' goes with on-output-block retry alone")]
    [InlineData("  - id: pin", "  - id: client-system", "policy.yaml:10: rule 'client-system': this id is that of the policy's own 'client-system'")]
    [InlineData("responses: texts.yaml", "responses: gone.yaml", "policy.yaml:4: responses: gone.yaml: there is no such file")]
    [InlineData("packs: [own]", "packs: [own, other]", "policy.yaml:7: detectors.pii: pack 'other': pii/other.yaml: there is no such file")]
    [InlineData("packs: [own]", "packs: [own, own]", "policy.yaml:7: detectors.pii: pack 'own' stands here twice")]
    [InlineData("packs: [own]", "packs: [../own]", "policy.yaml:7: detectors.pii: '../own' is no name of a pack: letters, digits and dashes, without folder and ending")]
    [InlineData("min-score: 0.4", "min-score: 1.4", "policy.yaml:7: detectors.pii: 'min-score' must be a number from 0 to 1, not '1.4'")]
    [InlineData("timeout: 250ms", "timeout: 2", "policy.yaml:8: detectors.harm: 'timeout' must be a time as 250ms or 2s, not '2'")]
    [InlineData("on-fault: allow", "deadline: soon", "policy.yaml:3: 'deadline' must be a time as 250ms or 2s, not 'soon'")]
    [InlineData("on-fault: allow", "deadline: 200ms", "policy.yaml:8: detectors.harm: 'timeout' is longer than the policy's deadline of 200ms and would never be reached")]
    [InlineData("on-fault: allow", "cache: { entries: -1 }", "policy.yaml:3: cache: 'entries' must be a whole number from 0 to 10000000, not '-1'")]
    [InlineData("on-fault: allow", "cache: { bytes: 1 }", "policy.yaml:3: cache: unknown key 'bytes'; known are entries, megabytes")]
    [InlineData("timeout: 250ms", "bulkhead: { concurrent: 0 }", "policy.yaml:8: detectors.harm.bulkhead: 'concurrent' must be a whole number from 1 to 1024, not '0'")]
    [InlineData("timeout: 250ms", "bulkhead: { wait: 1 }", "policy.yaml:8: detectors.harm.bulkhead: unknown key 'wait'; known are concurrent, queue")]
    [InlineData("timeout: 250ms", "breaker: { min-calls: 1 }", "policy.yaml:8: detectors.harm.breaker: 'min-calls' must be a whole number from 2 to 100000, not '1'")]
    [InlineData("timeout: 250ms", "breaker: { failure-ratio: 2 }", "policy.yaml:8: detectors.harm.breaker: 'failure-ratio' must be a number from 0 to 1, not '2'")]
    [InlineData("timeout: 250ms", "breaker: { pause: 100ms }", "policy.yaml:8: detectors.harm.breaker: 'pause' must be from 500ms to 86400s")]
    [InlineData("action: redact", "action: redact\n    on-fault: ask", "policy.yaml:14: rule 'pin': unknown on-fault 'ask'; known are block, allow")]
    [InlineData("mode: shadow", "mode: shadow\n    on-fault: block", "policy.yaml:20: rule 'hate': 'on-fault' has no meaning with mode shadow: such a rule never stops a text")]
    [InlineData("model: ../models/some, ", "", "policy.yaml:8: detectors.harm: 'model' is missing")]
    [InlineData("  control-tokens: {}", "  control-tokens: { x: 1 }", "policy.yaml:6: detectors.control-tokens: unknown key 'x'; known are none")]
    [InlineData("  harm: { model: ../models/some, timeout: 250ms }\n", "", "policy.yaml:14: rule 'hate': a label needs the classifier: detectors.harm is missing")]
    [InlineData("  - id: pin", "  - id: hate", "policy.yaml:14: rule 'hate': an earlier rule has this id")]
    [InlineData("  - id: pin\n    when", "  - when", "policy.yaml:10: rule: 'id' is missing")]
    [InlineData("entity: PIN", "entity: PAN", "policy.yaml:11: rule 'pin': no detector finds the entity 'PAN'; known are control-token, PIN")]
    [InlineData("entity: PIN", "entity: PIN, label: hate", "policy.yaml:11: rule 'pin': 'when' needs 'entity' or 'pack' or both, or else 'label'")]
    [InlineData("{ entity: PIN }", "{}", "policy.yaml:11: rule 'pin': 'when' needs 'entity' or 'pack' or both, or else 'label'")]
    [InlineData("{ entity: PIN }", "{ pack: us }", "policy.yaml:11: rule 'pin': detectors.pii does not load the pack 'us'; it loads own")]
    [InlineData("{ entity: PIN }", "PIN", "policy.yaml:11: rule 'pin': 'when' must be a mapping, not a single value")]
    [InlineData("entity: PIN", "entity: []", "policy.yaml:11: rule 'pin': 'entity' is empty")]
    [InlineData("entity: PIN", "entity: PIN, score: 1", "policy.yaml:11: rule 'pin': unknown key 'score'; known are entity, pack, label, with, min-score")]
    [InlineData("[input, tool]", "[input, user]", "policy.yaml:12: rule 'pin': unknown on 'user'; known are input, tool, output")]
    [InlineData("action: redact", "action: encrypt", "policy.yaml:13: rule 'pin': unknown action 'encrypt'; known are allow, flag, pseudonymise, mask, hash, redact, respond, block")]
    [InlineData("action: redact", "action: redact\n    keep-last: 4", "policy.yaml:14: rule 'pin': 'keep-last' goes with action mask alone")]
    [InlineData("action: redact", "action: hash\n    keep-last: 4", "policy.yaml:14: rule 'pin': 'keep-last' goes with action mask alone")]
    [InlineData("action: redact", "action: mask\n    keep-last: 9", "policy.yaml:14: rule 'pin': 'keep-last' must be a whole number from 0 to 8, not '9'")]
    [InlineData("action: redact", "action: mask\n    keep-last: -1", "policy.yaml:14: rule 'pin': 'keep-last' must be a whole number from 0 to 8, not '-1'")]
    [InlineData("    action: redact\n", "", "policy.yaml:10: rule 'pin': 'action' is missing; known are allow, flag, pseudonymise, mask, hash, redact, respond, block")]
    [InlineData("action: redact", "action: redact\n    response: sorry", "policy.yaml:14: rule 'pin': 'response' goes with action respond alone")]
    [InlineData("action: respond\n    response: sorry", "action: redact", "policy.yaml:17: rule 'hate': a label is a judgement on the whole text: action redact is for entities alone")]
    [InlineData("action: respond\n    response: sorry", "action: hash", "policy.yaml:17: rule 'hate': a label is a judgement on the whole text: action hash is for entities alone")]
    [InlineData("action: respond\n    response: sorry", "action: mask", "policy.yaml:17: rule 'hate': a label is a judgement on the whole text: action mask is for entities alone")]
    [InlineData("action: respond\n    response: sorry", "action: pseudonymise", "policy.yaml:17: rule 'hate': a label is a judgement on the whole text: action pseudonymise is for entities alone")]
    [InlineData("    response: sorry\n", "", "policy.yaml:17: rule 'hate': action respond needs a 'response'")]
    [InlineData("response: sorry", "response: sory", "policy.yaml:18: rule 'hate': there is no response 'sory'; known are refusal, unjudged, sorry")]
    [InlineData("mode: shadow", "mode: dark", "policy.yaml:19: rule 'hate': unknown mode 'dark'; known are enforce, shadow")]
    [InlineData("name: small", "name: 'small", "policy.yaml:1: not valid YAML: ")]
    [InlineData("name: small", "name: &n small", "policy.yaml:1: not valid YAML: anchors and aliases are not supported")]
    [InlineData("name: small", "- name: small", "policy.yaml:2: not valid YAML: ")]
    [InlineData("name: small", "--- \n...\n--- \nname: small", "policy.yaml:3: the file must hold one YAML document")]
    public void Broken_policy_is_refused_with_file_line_and_rule(string part, string broken, string error)
    {
        Assert.Contains(part, PolicyFolder.Policy, StringComparison.Ordinal);
        using var folder = new PolicyFolder(PolicyFolder.Policy.Replace(part, broken, StringComparison.Ordinal));

        var found = Assert.Single(folder.Errors());

        Assert.StartsWith(error, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_without_rules_is_refused()
    {
        var text = PolicyFolder.Policy[..PolicyFolder.Policy.IndexOf("rules:", StringComparison.Ordinal)];
        using var none = new PolicyFolder(text);
        using var empty = new PolicyFolder(text + "rules: []\n");

        Assert.Equal(["policy.yaml:1: 'rules' is missing"], none.Errors());
        Assert.Equal(["policy.yaml:9: 'rules' is empty"], empty.Errors());
    }

    [Fact]
    public void Policy_that_is_not_there_or_empty_is_refused()
    {
        using var folder = new PolicyFolder("");

        Assert.Equal(["policy.yaml:1: the file is empty"], folder.Errors());
        folder.Delete("policy.yaml");
        Assert.Equal(["policy.yaml: there is no such file"], folder.Errors());
    }

    [Fact]
    public void Responses_without_a_text_that_every_policy_needs_are_refused()
    {
        using var folder = new PolicyFolder(responses: "sorry: Sorry.\nrefusal:\n");

        Assert.Equal(["texts.yaml:1: 'unjudged' is missing", "texts.yaml:2: 'refusal' is empty"], folder.Errors());
    }

    [Fact]
    public void All_errors_of_all_files_come_at_once_and_in_order()
    {
        var policy = PolicyFolder.Policy
            .Replace("version: 3", "version: three", StringComparison.Ordinal)
            .Replace("action: redact", "action: erase", StringComparison.Ordinal)
            .Replace("mode: shadow", "mood: shadow", StringComparison.Ordinal);
        using var folder = new PolicyFolder(policy, PolicyFolder.Pack.Replace("score: 0.2", "score: 2", StringComparison.Ordinal), "sorry: Sorry.\nunjudged: Unchecked.\n");

        var thrown = Assert.Throws<PolicyFileException>(folder.Load);

        Assert.Equal(
            [
                "policy.yaml:2: 'version' must be a whole number of at least 1, not 'three'",
                "policy.yaml:13: rule 'pin': unknown action 'erase'; known are allow, flag, pseudonymise, mask, hash, redact, respond, block",
                "policy.yaml:19: rule 'hate': unknown key 'mood'; known are id, on, mode, on-fault, action, keep-last, response, when",
                "texts.yaml:1: 'refusal' is missing",
                "pii/own.yaml:9: recognizer 'PIN', pattern 'four digits': 'score' must be a number from 0 to 1, not '2'",
            ],
            thrown.Errors.Select(error => error));
        Assert.StartsWith($"policy file '{folder.PolicyPath}' has 5 error(s):\n  - policy.yaml:2: ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_changes_with_every_file_that_the_policy_names()
    {
        using var folder = new PolicyFolder();
        var digests = new HashSet<string> { folder.Load().Identity.Sha256 };

        folder.Write("texts.yaml", PolicyFolder.Responses + "# seen\n");
        Assert.True(digests.Add(folder.Load().Identity.Sha256));
        folder.Write("pii/own.yaml", PolicyFolder.Pack + "# seen\n");
        Assert.True(digests.Add(folder.Load().Identity.Sha256));
        folder.Write("policy.yaml", PolicyFolder.Policy + "# seen\n");
        Assert.True(digests.Add(folder.Load().Identity.Sha256));
        Assert.All(digests, digest => Assert.Matches("^[0-9a-f]{64}$", digest));
    }

    [Fact]
    public void Digest_is_the_same_in_a_checkout_with_other_line_ends()
    {
        using var lines = new PolicyFolder();
        using var windows = new PolicyFolder(Windows(PolicyFolder.Policy), Windows(PolicyFolder.Pack), Windows(PolicyFolder.Responses));

        Assert.Equal(lines.Load().Identity.Sha256, windows.Load().Identity.Sha256);
        Assert.Equal(lines.Load().Responses["sorry"], windows.Load().Responses["sorry"]);

        static string Windows(string text) => "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal);
    }
}
