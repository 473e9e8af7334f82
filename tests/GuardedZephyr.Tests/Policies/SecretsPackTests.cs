namespace GuardedZephyr.Tests.Policies;

public sealed class SecretsPackTests
{
    public static TheoryData<string, string> Keys => new()
    {
        { "AWS access key id", "AKIA" + SomeSecrets.Drawn(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") },
        { "Azure storage key", SomeSecrets.Drawn(76, SomeSecrets.Base64) + "+ASt" + SomeSecrets.Drawn(6) + "==" },
        { "Entra client secret", SomeSecrets.Drawn(3) + "8Q~" + SomeSecrets.Drawn(34) },
        { "Google API key", "AIza" + SomeSecrets.Drawn(35, SomeSecrets.Base64Url) },
        { "Google access token", "ya29." + SomeSecrets.Drawn(120, SomeSecrets.Base64Url) },
        { "Google client secret", "GOCSPX-" + SomeSecrets.Drawn(28, SomeSecrets.Base64Url) },
        { "GitHub token", "ghp_" + SomeSecrets.Drawn(36) },
        { "GitHub fine-grained token", "github_pat_" + SomeSecrets.Drawn(22) + "_" + SomeSecrets.Drawn(59) },
        { "GitLab token", "glpat-" + SomeSecrets.Drawn(20, SomeSecrets.Base64Url) },
        { "GitLab agent token", "glagent-" + SomeSecrets.Drawn(50, SomeSecrets.Base64Url) },
        { "npm token", "npm_" + SomeSecrets.Drawn(36) },
        { "PyPI token", "pypi-AgEIcHlwaS5vcmc" + SomeSecrets.Drawn(150, SomeSecrets.Base64Url) },
        { "NuGet key", "oy2" + SomeSecrets.Drawn(43, "abcdefghijklmnopqrstuvwxyz234567") },
        { "Slack token", "xoxb-" + SomeSecrets.Drawn(12, "0123456789") + "-" + SomeSecrets.Drawn(24) },
        { "Discord token", "MTIzNDU2Nzg5MDEyMzQ1Njc4." + SomeSecrets.Drawn(6) + "." + SomeSecrets.Drawn(38, SomeSecrets.Base64Url) },
        { "Telegram token", "123456789:AA" + SomeSecrets.Drawn(33, SomeSecrets.Base64Url) },
        { "Twilio key", "SK" + SomeSecrets.Drawn(32, SomeSecrets.Hex) },
        { "SendGrid key", "SG." + SomeSecrets.Drawn(22, SomeSecrets.Base64Url) + "." + SomeSecrets.Drawn(43, SomeSecrets.Base64Url) },
        { "Mailgun key", "key-" + SomeSecrets.Drawn(32, SomeSecrets.Hex) },
        { "Mailchimp key", SomeSecrets.Drawn(32, SomeSecrets.Hex) + "-us12" },
        { "Stripe key", "sk_live_" + SomeSecrets.Drawn(24) },
        { "Square token", "sq0atp-" + SomeSecrets.Drawn(22, SomeSecrets.Base64Url) },
        { "Shopify token", "shpat_" + SomeSecrets.Drawn(32, SomeSecrets.Hex) },
        { "OpenAI key", "sk-" + SomeSecrets.Drawn(20) + "T3BlbkFJ" + SomeSecrets.Drawn(20) },
        { "OpenAI project key", "sk-proj-" + SomeSecrets.Drawn(74, SomeSecrets.Base64Url) + "T3BlbkFJ" + SomeSecrets.Drawn(74, SomeSecrets.Base64Url) },
        { "Anthropic key", "sk-ant-api03-" + SomeSecrets.Drawn(93, SomeSecrets.Base64Url) + "AA" },
        { "Hugging Face token", "hf_" + SomeSecrets.Drawn(34, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") },
        { "DigitalOcean token", "dop_v1_" + SomeSecrets.Drawn(64, SomeSecrets.Hex) },
        { "Atlassian token", "ATATT3" + SomeSecrets.Drawn(180, SomeSecrets.Base64Url) },
        { "Databricks token", "dapi" + SomeSecrets.Drawn(32, SomeSecrets.Hex) },
        { "Artifactory key", "AKCp8" + SomeSecrets.Drawn(68) },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_of_a_service_is_replaced_whole_wherever_it_stands(string service, string key)
    {
        Assert.Equal($"{service}: [API_KEY].", SomeSecrets.Redacted($"{service}: {key}."));
        Assert.Equal($"(\"[API_KEY]\")", SomeSecrets.Redacted($"(\"{key}\")"));
        Assert.Equal("[API_KEY]", SomeSecrets.Redacted(key));
    }

    [Theory]
    [InlineData("aws_secret_access_key = {0}", 40, SomeSecrets.Alphanumeric)]
    [InlineData("our softlayer credentials: {0}", 64, SomeSecrets.Hex)]
    [InlineData("The Azure DevOps personal access token is {0}", 52, "abcdefghijklmnopqrstuvwxyz234567")]
    [InlineData("my IBM Cloud API key: {0}", 44, SomeSecrets.Base64Url)]
    [InlineData("twilio auth token {0}", 32, SomeSecrets.Hex)]
    public void Format_that_other_things_share_needs_a_word_beside_it(string text, int length, string alphabet)
    {
        var key = SomeSecrets.Drawn(length, alphabet);
        var withKey = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, key);

        Assert.Equal(withKey.Replace(key, "[API_KEY]", StringComparison.Ordinal), SomeSecrets.Redacted(withKey));
        Assert.Equal($"the id {key} it is", SomeSecrets.Redacted($"the id {key} it is"));
    }

    [Theory]
    [InlineData("password = \"hunter2!\"", "password = \"[PASSWORD]\"")]
    [InlineData("DB_PASSWORD=abc12345", "DB_PASSWORD=[PASSWORD]")]
    [InlineData("{\"pwd\": \"p4ss-w0rd\"}", "{\"pwd\": \"[PASSWORD]\"}")]
    [InlineData("My password is Tr0ub4dor, keep it.", "My password is [PASSWORD], keep it.")]
    [InlineData("curl -u admin:s3cret-word https://example.org", "curl -u admin:[PASSWORD] https://example.org")]
    [InlineData("clone https://ada:pw@example.org/repo.git", "clone [CONNECTION_STRING]/repo.git")]
    [InlineData("postgres://app:n0t-one@db.example.org:5432/shop", "[CONNECTION_STRING]:5432/shop")]
    [InlineData("mongodb+srv://u:pw@c0.example.net/?w=1", "[CONNECTION_STRING]/?w=1")]
    [InlineData("amqp://guest:guest@localhost", "[CONNECTION_STRING]")]
    [InlineData("Server=db;Database=shop;User Id=sa;Password=weak;Encrypt=True", "[CONNECTION_STRING];Encrypt=True")]
    [InlineData("client_secret: Zx81kQp07LmNv52Rt", "client_secret: [API_KEY]")]
    [InlineData("curl -H 'Authorization: Bearer Zx81kQp07LmNv52RtYc'", "curl -H 'Authorization: Bearer [ACCESS_TOKEN]'")]
    public void Password_or_assigned_secret_is_replaced(string text, string redacted) => Assert.Equal(redacted, SomeSecrets.Redacted(text));

    [Theory]
    [InlineData("password = \"changeme\"")]
    [InlineData("password: <your password 1>")]
    [InlineData("password=${DB_PASSWORD_1}")]
    [InlineData("password = os.environ[\"DB_PASSWORD_1\"]")]
    [InlineData("password = Environment.GetEnvironmentVariable(\"PW1\")")]
    [InlineData("password = xxxxxxxx1")]
    [InlineData("api_key: YOUR_API_KEY_2_HERE")]
    [InlineData("api_key = \"example-key-0123456789\"")]
    [InlineData("api_key = config[\"key1\"]")]
    [InlineData("secret: %SECRET_1%")]
    [InlineData("token = tokens[0]; max_tokens=4096, next_token: end-of-turn-2")]
    [InlineData("postgres://app:{password}@localhost")]
    [InlineData("I forgot my password, is there a secret key to success?")]
    [InlineData("The token is expired and the password is wrong.")]
    [InlineData("commit 356a192b7913b04c54574d18c28d46e6395428ab of the main branch")]
    [InlineData("integrity sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  file.txt")]
    [InlineData("see task-based-learning, risk-free, hf_hub_download and npm_config_cache")]
    public void Placeholder_name_or_digest_is_left_alone(string text) => Assert.Equal(text, SomeSecrets.Redacted(text));

    [Theory]
    [InlineData(0, 43)]
    [InlineData(5, 86)]
    [InlineData(12, 342)]
    [InlineData(30, 256)]
    public void Json_web_token_of_any_length_is_replaced_as_one(int claims, int signatureLength)
    {
        var token = SomeSecrets.Jwt(claims, signatureLength);

        Assert.Equal("my token [JWT] is", SomeSecrets.Redacted($"my token {token} is"));
    }

    [Theory]
    [InlineData("PRIVATE KEY", 26, "\n", 64)]
    [InlineData("RSA PRIVATE KEY", 30, "\r\n", 64)]
    [InlineData("EC PRIVATE KEY", 3, "\n    ", 64)]
    [InlineData("PRIVATE KEY", 26, "\\n", 64)]
    [InlineData("PRIVATE KEY", 26, " ", 64)]
    [InlineData("OPENSSH PRIVATE KEY", 38, "\n", 70)]
    [InlineData("PGP PRIVATE KEY BLOCK", 40, "\n", 64)]
    [InlineData("PRIVATE KEY", 1, "\n", 64)]
    public void Private_key_is_replaced_as_one_whatever_its_length(string label, int lines, string lineEnd, int width)
    {
        var key = SomeSecrets.Pem(label, lines, lineEnd, width);

        Assert.Equal("look:[PRIVATE_KEY], there", SomeSecrets.Redacted($"look:{key}, there"));
    }

    [Fact]
    public void Base64_of_a_picture_is_left_alone()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 40).Select(line => SomeSecrets.Drawn(76, SomeSecrets.Base64, line)));
        var uri = $"data:image/png;base64,{SomeSecrets.Drawn(4000, SomeSecrets.Base64)}==";

        Assert.Equal(lines, SomeSecrets.Redacted(lines));
        Assert.Equal(uri, SomeSecrets.Redacted(uri));
    }
}
