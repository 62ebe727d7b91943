using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>The catalogue of rules as a Markdown table.</summary>
public static class RuleDocument
{
    /// <summary>The whole document.</summary>
    public static string Write()
    {
        var page = new MarkdownPage();
        page.Line("# Diagnostics of the SBE schema compiler").Line();
        page.Line("Generated from `Compiler/Diagnostics/Rules.cs` and `Remedies.cs` by `sbe rules --out tools/OrderPlatform.SbeTool/DIAGNOSTICS.md`. "
            + "A message carries the rule's id, the file, line and column, and the names and numbers concerned; errors stop the generation, warnings do "
                + "not.").Line();
        page.Line("| id | | rule | remedy |").Line("| --- | --- | --- | --- |");
        foreach (Rule rule in Rules.All.OrderBy(static rule => rule.Id, StringComparer.Ordinal))
        {
            page.Line($"| {rule.Id} | {(rule.IsError ? "error" : "warning")} | {MarkdownPage.Cell(rule.Title)} | {MarkdownPage.Cell(Remedies.Of(rule))} |");
        }

        return page.ToString();
    }
}
