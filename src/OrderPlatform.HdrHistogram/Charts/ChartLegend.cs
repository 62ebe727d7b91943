namespace OrderPlatform.HdrHistogram;

/// <summary>Places the names of curves in columns below a chart, as many as fit beside each other.</summary>
internal sealed class ChartLegend
{
    public const double RowHeight = 22;
    public const double SwatchWidth = 28;
    public const double FontSize = 13;

    private const double SwatchGap = 8;
    private const double ColumnGap = 28;
    private const string Ellipsis = "…";

    private ChartLegend(List<(string Text, double Left, int Row)> items, int rows)
    {
        Items = items;
        Rows = rows;
    }

    /// <summary>Where a name begins, from its item's left.</summary>
    public static double TextOffset => SwatchWidth + SwatchGap;

    /// <summary>One for each curve, in the curves' order.</summary>
    public IReadOnlyList<(string Text, double Left, int Row)> Items { get; }

    public int Rows { get; }

    public static ChartLegend Of(IReadOnlyList<ChartSeries> series, double width)
    {
        if (series.Count == 0)
            return new ChartLegend([], 0);
        string[] texts = [.. series.Select(one => Shortened(one.TotalCount == 0 ? one.Name + " (empty)" : one.Name, width - TextOffset))];
        double column = texts.Max(static text => TextOffset + SvgText.Width(text, FontSize));
        int columns = Math.Clamp((int)((width + ColumnGap) / (column + ColumnGap)), 1, texts.Length);
        double margin = Math.Max(0, (width + ColumnGap - (columns * (column + ColumnGap))) / 2);
        List<(string Text, double Left, int Row)> items =
            [.. texts.Select((text, number) => (text, margin + (number % columns * (column + ColumnGap)), number / columns))];
        return new ChartLegend(items, items[^1].Row + 1);
    }

    private static string Shortened(string text, double width)
    {
        if (SvgText.Width(text, FontSize) <= width)
            return text;
        while (text.Length > 1 && SvgText.Width(text + Ellipsis, FontSize) > width)
            text = text[..^(char.IsLowSurrogate(text[^1]) && text.Length > 2 ? 2 : 1)];
        return text + Ellipsis;
    }
}
