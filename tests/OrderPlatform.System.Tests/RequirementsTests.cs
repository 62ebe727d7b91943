using System.Text.RegularExpressions;

namespace OrderPlatform.System.Tests;

/// <summary>
/// The table of requirements, <c>docs/requirements.md</c>: each requirement of sections B to J and each decision has a row that says where it lives and which test
/// shows it, and each named test exists. A row says plainly what is left out.
/// </summary>
[TestFixture]
internal sealed partial class RequirementsTests
{
    private const int FirstRequirement = 22;
    private const int LastRequirement = 129;
    private const int LastDecision = 20;

    private static readonly Dictionary<string, string[]> Rows = Read();

    [Test]
    public void Every_requirement_and_every_decision_has_a_row()
    {
        IEnumerable<string> needed = Enumerable.Range(FirstRequirement, LastRequirement - FirstRequirement + 1).Select(static number => $"R{number}")
            .Concat(Enumerable.Range(1, LastDecision).Select(static number => $"D{number}"));
        Assert.That(needed.Except(Rows.Keys), Is.Empty);
    }

    [Test]
    public void No_row_is_empty() =>
        Assert.That(Rows.Where(static row => row.Value.Length < 4 || row.Value.Any(static cell => cell.Trim().Length < 2)).Select(static row => row.Key), Is.Empty);

    [Test]
    public void Every_place_that_a_row_names_exists()
    {
        IEnumerable<string> missing = Rows.SelectMany(static row => Quoted().Matches(row.Value[2]).Select(match => (row.Key, Path: match.Groups[1].Value)))
            .Where(static place => place.Path.Contains('/') && !File.Exists(Path.Combine(Repository.Root, place.Path)) && !Directory.Exists(Path.Combine(Repository.Root, place.Path)))
            .Select(static place => $"{place.Key}: {place.Path}");
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_test_that_a_row_names_exists()
    {
        Dictionary<string, string> tests = Repository.Files(".cs", "tests").GroupBy(Path.GetFileNameWithoutExtension)
            .ToDictionary(static files => files.Key!, static files => string.Join('\n', files.Select(Repository.Read)));
        var missing = new List<string>();
        foreach ((string requirement, string[] cells) in Rows)
        {
            foreach (Match match in Quoted().Matches(cells[3]))
            {
                string[] name = match.Groups[1].Value.Split('.');
                bool exists = tests.TryGetValue(name[0], out string? text) && (name.Length == 1 || Regex.IsMatch(text, $@"\b{Regex.Escape(name[1])}\("));
                if (!exists)
                {
                    missing.Add($"{requirement}: {match.Groups[1].Value}");
                }
            }
        }

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_row_names_a_test_or_says_what_is_left_out() =>
        Assert.That(
            Rows.Where(static row => !Quoted().IsMatch(row.Value[3]) && !row.Value[3].Contains("left out", StringComparison.Ordinal)).Select(static row => row.Key), Is.Empty);

    private static Dictionary<string, string[]> Read()
    {
        var rows = new Dictionary<string, string[]>();
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "docs/requirements.md")))
        {
            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim())];
            if (Key().IsMatch(cells[0]))
            {
                rows[cells[0]] = cells;
            }
        }

        return rows;
    }

    [GeneratedRegex("^[RD][0-9]+$")]
    private static partial Regex Key();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
