using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The price with what happened on it: decisions, orders sent, the venue's answers, refusals, fills.</summary>
internal static class ExplanationTimeline
{
    /// <summary>Happenings drawn; more would make the drawing black.</summary>
    private const int MarksMax = 500;

    private const double Scale = FixedPoint.One;

    public static void Write(HtmlWriter html, Explanation explanation, LinkText text, PricePath prices)
    {
        List<Fact> shown = [.. explanation.Links.Where(static one => one.Kind is LinkKind.Signal or LinkKind.Cause or LinkKind.Request or LinkKind.Sent or LinkKind.Answer
            or LinkKind.Refusal or LinkKind.Fill or LinkKind.Trade).Take(MarksMax)];
        if (prices.Points.Count == 0 || shown.Count == 0)
        {
            ChartFrame.WriteEmpty(html, "price", "Timeline", "The journal has no price of that time.");
            return;
        }

        var times = new Axis(Math.Min(prices.Points[0].TimeNanos, shown[0].TimeNanos), Math.Max(prices.Points[^1].TimeNanos, shown[^1].TimeNanos));
        Axis values = Axis.Around(prices.Points.Select(static one => one.Price / Scale).Concat(shown.Select(PriceOf).OfType<double>()));
        List<Tick> columns = TimeTicks.Between((long)times.Min, (long)times.Max);
        ChartFrame.Open(html, "price", "Timeline", "▲ buy  ▼ sell; lines: what began it, sent, answered, refused", ValueTicks.Vertical(values), columns);
        Curve.Draw(html, [.. prices.Points.Select(static one => new SeriesPoint(one.TimeNanos, one.Price / Scale))], times, values, null,
            static value => ReportText.Amount((long)(value * Scale)));
        html.WriteRaw("<defs><path id=\"buy\" d=\"M0 0L5 10L-5 10z\"/><path id=\"sell\" d=\"M0 0L5 -10L-5 -10z\"/></defs>");
        foreach (Fact one in shown)
        {
            Draw(html, one, text, times, values);
        }

        ChartFrame.Close(html, columns);
    }

    private static void Draw(HtmlWriter html, Fact fact, LinkText text, Axis times, Axis values)
    {
        double x = times.Along(fact.TimeNanos);
        string what = $"{fact.Kind}: {text.Of(fact)} ({TimeText.Iso(fact.TimeNanos)})";
        if (fact.Kind == LinkKind.Fill && OrderEventDecoder.TryWrap(fact.Message, out OrderEventDecoder order))
        {
            string side = order.Side == Side.Buy ? "buy" : "sell";
            html.Write($"<use class=\"mark {side}\" href=\"#{side}\" x=\"{x}%\" y=\"{values.Down(order.LastPrice / Scale)}%\"><title>{what}</title></use>");
        }
        else
        {
            html.Write($"<line class=\"event {fact.Kind.ToString()}\" x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"100%\"><title>{what}</title></line>");
        }
    }

    private static double? PriceOf(Fact fact) =>
        fact.Kind == LinkKind.Fill && OrderEventDecoder.TryWrap(fact.Message, out OrderEventDecoder order) ? order.LastPrice / Scale : null;
}
