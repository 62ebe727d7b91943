using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>An explanation as one self-contained page in the report's style: no script, nothing fetched, every text from outside escaped, well-formed XML.</summary>
public static class ExplanationPage
{
    /// <summary>Writes the page. It appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="explanation">What is shown.</param>
    /// <param name="text">Its links in words.</param>
    /// <param name="prices">The price over the time of the links.</param>
    /// <param name="subtitle">Whose it is: client, strategy, instrument.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, Explanation explanation, LinkText text, PricePath prices, string subtitle)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ReportFile.Write(path, writer => WritePage(new HtmlWriter(writer), explanation, text, prices, subtitle));
    }

    private static void WritePage(HtmlWriter html, Explanation explanation, LinkText text, PricePath prices, string subtitle)
    {
        string title = "Why: " + explanation.Subject;
        html.Write($"""
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <link rel="icon" href="data:,"/><title>{title}</title><style>
            """);
        html.WriteRaw(PageStyle.Css);
        html.WriteRaw("td.long{white-space:normal;overflow-wrap:anywhere}.event{stroke:var(--line);stroke-width:1}.event.Fill{stroke:var(--gain)}.event.Refusal{stroke:var(--loss)}");
        html.Write($"</style></head><body><main>\n<h1>{title}</h1><p class=\"facts\"><span>{subtitle}</span>");
        html.Write($"<span><b>{(explanation.IsComplete ? "complete" : "links are missing")}</b></span><span>{Count(explanation.Links.Count)} links</span></p>\n");
        WriteMissing(html, explanation);
        ExplanationTimeline.Write(html, explanation, text, prices);
        WriteChain(html, explanation, text);
        WriteFilters(html, explanation);
        WriteChecks(html, explanation);
        html.Write($"</main></body></html>\n");
    }

    private static void WriteMissing(HtmlWriter html, Explanation explanation)
    {
        if (explanation.Missing.Count == 0 && explanation.Notes.Count == 0)
        {
            return;
        }

        html.Write($"<section><h2>To be known</h2>");
        foreach (MissingLink missing in explanation.Missing)
        {
            html.Write($"<p class=\"neg\">missing: {missing.Kind.ToString()} at input {missing.Sequence}: {missing.What}</p>");
        }

        foreach (string note in explanation.Notes)
        {
            html.Write($"<p class=\"detail\">{note}</p>");
        }

        html.Write($"</section>\n");
    }

    private static void WriteChain(HtmlWriter html, Explanation explanation, LinkText text)
    {
        html.Write($"<section id=\"chain\"><h2>Chain</h2>");
        Table.Open(html, Column.Text("link"), Column.Number("input"), Column.Text("time (UTC)"), Column.Text("what"));
        foreach (Fact link in explanation.Links)
        {
            html.Write($"<tr><td>{link.Kind.ToString()}</td><td class=\"n\">{link.Sequence}</td><td>{TimeText.Iso(link.TimeNanos)}</td>");
            html.Write($"<td class=\"long\">{text.Of(link)}</td></tr>\n");
        }

        Table.Close(html);
        html.Write($"</section>\n");
    }

    private static void WriteFilters(HtmlWriter html, Explanation explanation)
    {
        List<Fact> filters = [.. explanation.Links.Where(static one => one.Kind == LinkKind.Filters)];
        if (filters.Count == 0)
        {
            return;
        }

        html.Write($"<section id=\"filters\"><h2>Filters</h2>");
        Table.Open(html, Column.Number("input"), Column.Text("filter"), Column.Number("value"), Column.Number("limit"), Column.Text("verdict"));
        foreach (Fact fact in filters)
        {
            foreach (FilterVerdict one in fact.Filters)
            {
                html.Write($"<tr><td class=\"n\">{fact.Sequence}</td><td>{one.Filter.ToString()}</td><td class=\"n\">{one.Value}</td><td class=\"n\">{one.Limit}</td>");
                html.Write($"<td>{one.Verdict.ToString()}</td></tr>\n");
            }
        }

        Table.Close(html);
        html.Write($"</section>\n");
    }

    private static void WriteChecks(HtmlWriter html, Explanation explanation)
    {
        List<CheckedLine> checks = [.. explanation.Links.Where(static one => one.Kind == LinkKind.Checks).SelectMany(CheckedLine.Of)];
        if (checks.Count == 0)
        {
            return;
        }

        html.Write($"<section id=\"checks\"><h2>Checks before the order</h2>");
        Table.Open(html, Column.Number("input"), Column.Text("check"), Column.Text("scope"), Column.Number("value"), Column.Number("limit"), Column.Text("verdict"));
        foreach (CheckedLine one in checks)
        {
            html.Write($"<tr><td class=\"n\">{one.Sequence}</td><td>{one.Check.ToString()}</td><td>{one.Scope.ToString()}</td>");
            html.Write($"<td class=\"n\">{FixedPointText.Format(one.Value)}</td><td class=\"n\">{(one.Limit == long.MaxValue ? "none" : FixedPointText.Format(one.Limit))}</td>");
            html.Write($"<td class=\"{(one.Passed ? "pos" : "neg")}\">{(one.Passed ? "passed" : "refused")}</td></tr>\n");
        }

        Table.Close(html);
        html.Write($"</section>\n");
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
