using System.Text.RegularExpressions;

namespace OrderPlatform.Admin.Tests;

/// <summary>What the README shows of <c>op-admin</c> is what it prints: each command that needs no running engine is run, and each line that is shown must come, in that order.</summary>
internal sealed partial class ReadmeTests
{
    private const string Section = "## Ask the past";
    private const string Cut = "…";

    private static readonly string[] OfARunningEngine = ["watch", "limit", "halt", "resume", "doctor"];

    [Test]
    public void Its_answers_are_real()
    {
        using var folder = new WorkFolder();
        (string Command, string[] Lines)[] shown = [.. Shown()];
        Assert.That(shown, Has.Length.GreaterThanOrEqualTo(11));
        foreach ((string command, string[] lines) in shown)
        {
            string[] arguments = [.. Words().Matches(command).Select(word => word.Value.Trim('"')
                .Replace("journal/btc_ma_cross_v1", SampleJournals.Month, StringComparison.Ordinal).Replace("out/", folder.FullPath + "/", StringComparison.Ordinal))];
            if (OfARunningEngine.Contains(arguments[0]))
            {
                continue;
            }

            AdminResult result = AdminProcess.Run(arguments).Succeeded();
            Compare(command, lines, result.Output.Split('\n').Select(static line => line.TrimEnd()).ToArray());
        }
    }

    private static void Compare(string command, string[] shown, string[] output)
    {
        int place = 0;
        foreach (string line in shown.Where(static line => line != Cut && line.Length > 0))
        {
            bool isCut = line.EndsWith(Cut, StringComparison.Ordinal);
            string begin = isCut ? line[..^1].TrimEnd() : line;
            int found = Array.FindIndex(output, place, one => isCut ? one.StartsWith(begin, StringComparison.Ordinal) : one == begin);
            Assert.That(found, Is.GreaterThanOrEqualTo(0), $"op-admin {command} does not print: {line}");
            place = found + 1;
        }
    }

    private static IEnumerable<(string Command, string[] Lines)> Shown()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        string section = readme[readme.IndexOf(Section, StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        foreach (Match block in Blocks().Matches(section))
        {
            foreach (string part in block.Groups[1].Value.Split("$ op-admin ", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = part.TrimEnd('\n').Split('\n');
                yield return (lines[0], lines[1..]);
            }
        }
    }

    [GeneratedRegex("```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
