namespace OrderPlatform.Analytics;

/// <summary>
/// The frame of a chart: caption, labels as page text, a grid and the plot. Labels are placed by percent outside the drawing, so they keep their
/// size at any width; the plot itself has no size of its own and stretches.
/// </summary>
internal static class ChartFrame
{
    /// <summary>Opens a chart. <paramref name="kind"/> is its id and style class.</summary>
    internal static void Open(HtmlWriter html, string kind, string caption, string note, List<Tick> rows, List<Tick> columns)
    {
        html.Write($"<figure class=\"chart {kind}\" id=\"{kind}\"><figcaption><h2>{caption}</h2><span>{note}</span></figcaption>");
        html.Write($"<div class=\"frame\"><div class=\"ys\">");
        foreach (Tick row in rows)
        {
            html.Write($"<span style=\"top:{row.Percent}%\">{row.Label}</span>");
        }

        html.Write($"</div><svg class=\"plot\" role=\"img\" aria-label=\"{caption}\">");
        foreach (Tick row in rows)
        {
            html.Write($"<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{row.Percent}%\" y2=\"{row.Percent}%\"/>");
        }

        foreach (Tick column in columns)
        {
            html.Write($"<line class=\"grid\" x1=\"{column.Percent}%\" x2=\"{column.Percent}%\" y1=\"0\" y2=\"100%\"/>");
        }
    }

    /// <summary>Closes the plot and writes the labels below it.</summary>
    internal static void Close(HtmlWriter html, List<Tick> columns)
    {
        html.Write($"</svg><div class=\"xs\">");
        for (int i = 0; i < columns.Count; i++)
        {
            html.Write($"<span class=\"{(i % 2 == 0 ? "even" : "odd")}\" style=\"left:{columns[i].Percent}%\">{columns[i].Label}</span>");
        }

        html.Write($"</div></div></figure>\n");
    }

    /// <summary>A chart that has nothing to show says so.</summary>
    internal static void WriteEmpty(HtmlWriter html, string kind, string caption, string reason) =>
        html.Write($"<figure class=\"chart {kind}\" id=\"{kind}\"><figcaption><h2>{caption}</h2></figcaption><p class=\"empty\">{reason}</p></figure>\n");
}
