using System.Globalization;
using System.Net;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A sweep as one SVG file without anything from elsewhere: net result, orders and refusals over the values.</summary>
public static class SweepChart
{
    private const double Width = 960;
    private const double Left = 110;
    private const double Right = 30;
    private const double PanelHeight = 150;
    private const double Gap = 46;
    private const double Top = 54;
    private const double One = FixedPoint.One;

    private const string Style =
        "text{font:12px sans-serif;fill:#222}.t{font-size:15px;font-weight:bold}.g{stroke:#ddd}.z{stroke:#888;stroke-dasharray:4 3}"
        + ".n{stroke:#1f6fb2;fill:none;stroke-width:2}.o{stroke:#3a923a;fill:none;stroke-width:2}.r{stroke:#c03d3e;fill:none;stroke-width:2}.e{text-anchor:end}.m{text-anchor:middle}";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, SweepAnswer sweep)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(sweep);
        double height = Top + (3 * (PanelHeight + Gap));
        writer.Write(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width:0} {height:0}\" role=\"img\">\n<style>{Style}</style>\n"));
        writer.Write(Text($"<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text class=\"t\" x=\"{Left}\" y=\"24\">{WebUtility.HtmlEncode(sweep.Range.Path)}</text>\n"));
        double[] values = [.. sweep.Rows.Select(static row => FixedPointText.TryParse(row.Value, out long raw) ? raw / One : 0)];
        Panel(writer, 0, "net result", "n", values, [.. sweep.Rows.Select(static row => (double)row.Totals.All.Net / One)],
            (double)sweep.ReferenceTotals.All.Net / One);
        Panel(writer, 1, "orders", "o", values, [.. sweep.Rows.Select(static row => (double)row.Totals.Orders)], sweep.ReferenceTotals.Orders);
        Panel(writer, 2, "refusals", "r", values, [.. sweep.Rows.Select(static row => (double)row.Totals.Refusals)], sweep.ReferenceTotals.Refusals);
        writer.Write("</svg>\n");
    }

    private static void Panel(TextWriter writer, int number, string name, string style, double[] xs, double[] ys, double reference)
    {
        double top = Top + (number * (PanelHeight + Gap));
        (double low, double high) = (Math.Min(ys.Min(), reference), Math.Max(ys.Max(), reference));
        double span = high - low > 0 ? high - low : 1;
        double X(double value) => Left + ((Width - Left - Right) * (xs[^1] - xs[0] > 0 ? (value - xs[0]) / (xs[^1] - xs[0]) : 0));
        double Y(double value) => top + (PanelHeight * (1 - ((value - low) / span)));
        writer.Write(Text($"<text x=\"{Left}\" y=\"{top - 8:0.##}\">{name} (dashed: without the limit, or as configured)</text>\n"));
        foreach (double share in (double[])[0, 0.5, 1])
        {
            double at = low + (span * share);
            writer.Write(Text($"<line class=\"g\" x1=\"{Left}\" x2=\"{Width - Right:0.##}\" y1=\"{Y(at):0.##}\" y2=\"{Y(at):0.##}\"/><text class=\"e\" x=\"{Left - 8:0.##}\" y=\"{Y(at) + 4:0.##}\">{at:#,0.##}</text>\n"));
            double value = xs[0] + ((xs[^1] - xs[0]) * share);
            writer.Write(Text($"<text class=\"m\" x=\"{X(value):0.##}\" y=\"{top + PanelHeight + 16:0.##}\">{value:0.########}</text>\n"));
        }

        writer.Write(Text($"<line class=\"z\" x1=\"{Left}\" x2=\"{Width - Right:0.##}\" y1=\"{Y(reference):0.##}\" y2=\"{Y(reference):0.##}\"/>\n"));
        string points = string.Join(" ", xs.Zip(ys, (x, y) => Text($"{X(x):0.##},{Y(y):0.##}")));
        writer.Write(Text($"<polyline class=\"{style}\" points=\"{points}\"/>\n"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
