namespace OrderPlatform.Analytics;

/// <summary>A column of a table: its title, and whether it holds numbers, which are set to the right.</summary>
internal readonly record struct Column(string Title, bool IsNumber = false)
{
    internal static Column Number(string title) => new(title, IsNumber: true);

    internal static Column Text(string title) => new(title);
}

/// <summary>The markup of tables, cell by cell.</summary>
internal static class Table
{
    internal static void Open(HtmlWriter html, params ReadOnlySpan<Column> columns)
    {
        html.Write($"<div class=\"scroll\"><table><thead><tr>");
        foreach (Column column in columns)
        {
            html.WriteRaw(column.IsNumber ? "<th class=\"n\">" : "<th>");
            html.Write($"{column.Title}</th>");
        }

        html.Write($"</tr></thead><tbody>\n");
    }

    internal static void Text(HtmlWriter html, string text) => html.Write($"<td>{text}</td>");

    internal static void Number(HtmlWriter html, string text, string tone = "")
    {
        html.Write($"<td class=\"n {tone}\">{text}</td>");
    }

    /// <summary>The one row of a table that has none.</summary>
    internal static void EmptyRow(HtmlWriter html, int columns, string reason) =>
        html.Write($"<tr><td colspan=\"{columns}\" class=\"empty\">{reason}</td></tr>");

    internal static void Close(HtmlWriter html) => html.Write($"</tbody></table></div>");
}
