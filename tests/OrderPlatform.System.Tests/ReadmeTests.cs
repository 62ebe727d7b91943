using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrderPlatform.System.Tests;

/// <summary>What the README shows is what the program does.</summary>
[TestFixture]
internal sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Test]
    public void Its_digest_is_the_pinned_one_of_the_sample()
    {
        using JsonDocument pinned = JsonDocument.Parse(Repository.Read("tests/OrderPlatform.Host.Tests/pinned-digests.json"));
        JsonElement sample = pinned.RootElement.GetProperty("btc-ma-cross");
        Assert.That(Digest().Match(Readme).Groups[1].Value, Is.EqualTo(sample.GetProperty("Digest").GetString()));
        Assert.That(Sequence().Match(Readme).Groups[1].Value, Is.EqualTo(sample.GetProperty("FinalSequence").GetInt64().ToString()));
    }

    [Test]
    public void Every_file_that_it_links_to_is_there() =>
        Assert.That(Link().Matches(Readme).Select(static link => link.Groups[1].Value).Where(static path => !Path.Exists(Path.Combine(Repository.Root, path))), Is.Empty);

    [GeneratedRegex("^digest ([0-9a-f]{32})$", RegexOptions.Multiline)]
    private static partial Regex Digest();

    [GeneratedRegex("^final sequence ([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex Link();
}
