using System.Text.RegularExpressions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Configuration;

/// <summary>
/// Every reason code has a meaning and a remedy in <c>docs/reason-codes.md</c>, and the document knows no other (issue 7: a documented list).
/// </summary>
internal sealed partial class ReasonCodeDocumentTests
{
    [Test]
    public void The_document_lists_every_reason_code_once_with_meaning_and_remedy()
    {
        (int Number, string Name, string Meaning, string Remedy)[] rows = [.. Rows()];
        (int, string)[] declared = [.. Enum.GetValues<ReasonCode>().Where(code => code != ReasonCode.NULL_VALUE).Select(code =>
            ((int)code, code.ToString())).Order()];
        Assert.That(rows.Select(row => (row.Number, row.Name)).Order(), Is.EqualTo(declared));
        Assert.That(rows.Where(row => row.Meaning.Length < 10 || row.Remedy.Length < 4).Select(row => row.Name), Is.Empty);
    }

    private static IEnumerable<(int, string, string, string)> Rows()
    {
        foreach (string line in File.ReadLines(Path.Combine(Root(), "docs", "reason-codes.md")))
        {
            if (Row().Match(line) is { Success: true } row)
            {
                yield return (int.Parse(row.Groups[1].Value, null), row.Groups[2].Value, row.Groups[3].Value.Trim(), row.Groups[4].Value.Trim());
            }
        }
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrderPlatform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder with OrderPlatform.sln above the tests");
    }

    [GeneratedRegex("^\\| ([0-9]+) \\| `([A-Za-z]+)` \\| ([^|]+)\\| ([^|]+)\\|$")]
    private static partial Regex Row();
}
