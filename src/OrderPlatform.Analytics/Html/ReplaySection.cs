namespace OrderPlatform.Analytics;

/// <summary>What proves the run, and how to run it again.</summary>
internal static class ReplaySection
{
    internal static void Write(HtmlWriter html, RunRecord run)
    {
        html.Write($"<section id=\"replay\"><h2>Replay</h2><p>The journal is the truth; this page is drawn from it. ");
        html.Write($"A replay of the journal gives the same digest at the same sequence.</p><dl class=\"wide\">");
        Item(html, "Journal", run.JournalPath);
        Item(html, "Final sequence", ReportText.Count(run.FinalSequence));
        Item(html, "Digest", run.Digest);
        Item(html, "Replay with", run.ReplayCommand);
        Item(html, "Inputs", $"{ReportText.Count(run.Inputs)}, {ReportText.Count(run.Signals)} of them signals");
        Item(html, "Speed", Describe.Speed(run));
        html.Write($"</dl></section>\n");
    }

    private static void Item(HtmlWriter html, string name, string value)
    {
        if (value.Length > 0)
        {
            html.Write($"<div><dt>{name}</dt><dd><code>{value}</code></dd></div>");
        }
    }
}
