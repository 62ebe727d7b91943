using System.Text.RegularExpressions;

namespace OrderPlatform.Host.Tests;

/// <summary>The table of keys in samples/README.md has exactly the keys that the loader knows: it is asked by its own errors.</summary>
public sealed partial class KeyTableTests
{
    private const string Unknown = "zzzzzz";

    [Test]
    public void The_table_has_the_keys_that_the_loader_knows()
    {
        string[] known = [.. KeysBelow([]).Order(StringComparer.Ordinal)];
        string[] documented = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "samples", "README.md"))
            .Select(static line => KeyOfRow().Match(line)).Where(static match => match.Success).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.That(known, Has.Length.GreaterThan(50));
        Assert.That(documented, Is.EqualTo(known));
    }

    private static IEnumerable<string> KeysBelow(string[] section)
    {
        foreach (string key in AllowedIn(section)!)
        {
            string[] path = [.. section, key];
            if (AllowedIn(path) is null)
            {
                yield return string.Join('.', path);
                continue;
            }

            foreach (string nested in KeysBelow(path))
            {
                yield return nested;
            }
        }
    }

    // The keys that the loader allows where it is given an unknown one; null if no keys may stand there, since it is no section.
    private static string[]? AllowedIn(string[] section)
    {
        StrategyText text = StrategyText.Runs;
        text = section switch
        {
            [] => text.With(Unknown, "1"),
            [var only] => text.With(only, $"{{{Joined(text.InnerOf(only), $"{Unknown}: 1")}}}"),
            [var first, .. var rest] => text.With(first, "{" + string.Join(": {", rest) + $": {{{Unknown}: 1" + new string('}', rest.Length + 1)),
        };
        string message = ConfigurationTests.ErrorOf(text.ToString(), out _);
        Match match = AllowedInText().Match(message);
        return match.Success && message.Contains($"'{string.Join('.', [.. section, Unknown])}'") ? match.Groups[1].Value.Split(", ") : null;
    }

    private static string Joined(string there, string more) => there.Length == 0 ? more : $"{there}{new string('}', there.Count(static c => c == '{'))}, {more}";

    [GeneratedRegex("^\\| `([a-z_.]+)` \\|")]
    private static partial Regex KeyOfRow();

    [GeneratedRegex("allowed here are (.+)$")]
    private static partial Regex AllowedInText();
}
