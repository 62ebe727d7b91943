namespace OrderPlatform.HdrHistogram;

/// <summary>Draws one chart.</summary>
internal sealed class ChartDrawing
{
    private const double RightMarginMin = 28;
    private const double BottomMargin = 62;
    private const double TickFont = 12;
    private const double CurveWidth = 2;

    /// <summary>Told apart by people who see colours differently too, and dark enough on white.</summary>
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#AA3377", "#56B4E9", "#E69F00", "#000000"];

    /// <summary>Beyond the last colour they begin anew, with another dash.</summary>
    private static readonly string[] Dashes = ["", "7 4", "2 3", "9 3 2 3"];

    private readonly TextWriter _writer;
    private readonly PercentileChart _chart;
    private readonly IReadOnlyList<ChartSeries> _series;
    private readonly ValueAxis _values;
    private readonly ChartLegend _legend;
    private readonly int _nines;
    private readonly double _left;
    private readonly double _top;
    private readonly double _right;
    private readonly double _bottom;

    public ChartDrawing(TextWriter writer, PercentileChart chart, IReadOnlyList<ChartSeries> series)
    {
        _writer = writer;
        _chart = chart;
        _series = series;
        double max = series.Count == 0 ? 0 : series.Max(static one => one.ValueMax);
        double min = series.Select(static one => one.ValueMinPositive).Where(static value => value > 0).DefaultIfEmpty(0).Min();
        _values = chart.IsValueLogarithmic ? ValueAxis.Logarithmic(min, max) : ValueAxis.Linear(max);
        _nines = Math.Max(2, (int)Math.Ceiling((series.Count == 0 ? 0 : series.Max(static one => one.NinesMax)) - 1e-9));
        _left = 46 + _values.Ticks.Max(tick => SvgText.Width(_values.Label(tick), TickFont));
        _right = chart.Width - Math.Max(RightMarginMin, (SvgText.Width(PercentLabel(_nines), TickFont) / 2) + 8);
        _top = chart.Title is null ? 24 : 56;
        _bottom = chart.Height - BottomMargin;
        _legend = ChartLegend.Of(series, _right - _left);
    }

    public void Write()
    {
        double height = _chart.Height + (_legend.Rows * ChartLegend.RowHeight) + (_legend.Rows > 0 ? 10 : 0);
        string fonts = "font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\"";
        string size = $"width=\"{Px(_chart.Width)}\" height=\"{Px(height)}\" viewBox=\"0 0 {Px(_chart.Width)} {Px(height)}\"";
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\" {fonts}>");
        Line($"<title>{SvgText.Escaped(_chart.Title ?? "Percentiles")}</title>");
        Line("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>");
        if (_chart.Title is not null)
            Text(_chart.Width / 2.0, 32, "middle", 18, "#1A1A1A", _chart.Title, " font-weight=\"bold\"");
        WriteValueAxis();
        WritePercentileAxis();
        Line($"<path d=\"M{Px(_left)} {Px(_top)}V{Px(_bottom)}H{Px(_right)}\" fill=\"none\" stroke=\"#4D4D4D\"/>");
        for (int number = 0; number < _series.Count; number++)
            WriteCurve(number);
        if (_series.All(static one => one.TotalCount == 0))
            Text((_left + _right) / 2, (_top + _bottom) / 2, "middle", 15, "#666666", "nothing recorded");
        WriteLegend();
        Line("</svg>");
    }

    private void WriteValueAxis()
    {
        foreach (double tick in _values.MinorTicks)
            Line($"<path d=\"M{Px(_left)} {Px(Y(tick))}H{Px(_right)}\" stroke=\"#F2F2F2\"/>");
        foreach (double tick in _values.Ticks)
        {
            Line($"<path d=\"M{Px(_left)} {Px(Y(tick))}H{Px(_right)}\" stroke=\"#DDDDDD\"/>");
            Text(_left - 8, Y(tick) + 4, "end", TickFont, "#333333", _values.Label(tick));
        }

        string label = _chart.ValueUnit.Length == 0 ? _chart.ValueLabel : $"{_chart.ValueLabel} ({_chart.ValueUnit})";
        double middle = (_top + _bottom) / 2;
        Text(20, middle, "middle", 13, "#1A1A1A", label, $" transform=\"rotate(-90 20 {Px(middle)})\"");
    }

    private void WritePercentileAxis()
    {
        double widest = SvgText.Width(PercentLabel(_nines), TickFont) + 10;
        int every = (int)Math.Max(1, Math.Ceiling(widest / ((_right - _left) / _nines)));
        for (int nines = 0; nines <= _nines; nines++)
        {
            Line($"<path d=\"M{Px(X(nines))} {Px(_top)}V{Px(_bottom + 5)}\" stroke=\"#DDDDDD\"/>");
            if (nines % every == 0)
                Text(X(nines), _bottom + 21, "middle", TickFont, "#333333", PercentLabel(nines));
        }

        Text((_left + _right) / 2, _bottom + 46, "middle", 13, "#1A1A1A", "Percentile");
    }

    private void WriteCurve(int number)
    {
        IReadOnlyList<(double Nines, double Value)> points = _series[number].Points;
        if (points.Count == 0)
            return;
        _writer.Write("<path d=\"");
        string last = "";
        foreach ((double nines, double value) in points)
        {
            string place = $"{Px(X(nines))} {Px(Y(value))}";
            if (place != last)
                _writer.Write((last.Length == 0 ? "M" : "L") + place);
            last = place;
        }

        Line($"\" fill=\"none\" {Stroke(number)} stroke-linejoin=\"round\"/>");
        // The maximum. A curve of one value has no width, and would not be seen without it.
        Line($"<circle cx=\"{Px(X(points[^1].Nines))}\" cy=\"{Px(Y(points[^1].Value))}\" r=\"3\" fill=\"{Colour(number)}\"/>");
    }

    private void WriteLegend()
    {
        for (int number = 0; number < _legend.Items.Count; number++)
        {
            (string text, double left, int row) = _legend.Items[number];
            double x = _left + left;
            double y = _chart.Height + 4 + (row * ChartLegend.RowHeight);
            Line($"<path d=\"M{Px(x)} {Px(y)}h{Px(ChartLegend.SwatchWidth)}\" {Stroke(number)}/>");
            Text(x + ChartLegend.TextOffset, y + 4.5, "start", ChartLegend.FontSize, "#1A1A1A", text);
        }
    }

    private static string PercentLabel(int nines) => nines switch
    {
        0 => "0%",
        1 => "90%",
        2 => "99%",
        _ => $"99.{new string('9', nines - 2)}%",
    };

    private static string Colour(int number) => Colours[number % Colours.Length];

    private static string Stroke(int number)
    {
        string dash = Dashes[number / Colours.Length % Dashes.Length];
        return $"stroke=\"{Colour(number)}\" stroke-width=\"{Px(CurveWidth)}\"" + (dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"");
    }

    private static string Px(double value) => SvgText.Pixels(value);

    private double X(double nines) => _left + ((_right - _left) * nines / _nines);

    private double Y(double value) => _bottom - ((_bottom - _top) * _values.Share(value));

    private void Text(double x, double y, string anchor, double size, string colour, string text, string more = "") =>
        Line($"<text x=\"{Px(x)}\" y=\"{Px(y)}\" text-anchor=\"{anchor}\" font-size=\"{Px(size)}\" fill=\"{colour}\"{more}>{SvgText.Escaped(text)}</text>");

    private void Line(string text)
    {
        _writer.Write(text);
        _writer.Write('\n');
    }
}
