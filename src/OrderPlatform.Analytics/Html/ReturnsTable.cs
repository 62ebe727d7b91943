using System.Globalization;

namespace OrderPlatform.Analytics;

/// <summary>Returns by date: up to three months as a calendar of days, more as a table of months and years. Under two days there is none.</summary>
internal static class ReturnsTable
{
    private const int CalendarDaysMax = 93;

    internal static void Write(HtmlWriter html, ReturnStatistics returns)
    {
        if (returns.IsHourly || returns.Periods.Count < 2)
        {
            return;
        }

        bool isCalendar = returns.Periods.Count <= CalendarDaysMax;
        html.Write($"<section id=\"returns\"><h2>{(isCalendar ? "Daily" : "Monthly")} returns</h2><div class=\"scroll\"><table class=\"heat\">");
        if (isCalendar)
        {
            WriteDays(html, returns.Periods);
        }
        else
        {
            WriteMonths(html, returns.Periods);
        }

        html.Write($"</table></div></section>\n");
    }

    private static void WriteDays(HtmlWriter html, IReadOnlyList<PeriodReturn> days)
    {
        WriteHead(html, "Week of", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], "Week");
        double largest = days.Max(d => Math.Abs(d.Return));
        foreach (IGrouping<DateTime, PeriodReturn> week in days.GroupBy(d => Monday(TimeText.Utc(d.StartNanos))))
        {
            html.Write($"<tr><th>{week.Key.ToString("d MMM", CultureInfo.InvariantCulture)}</th>");
            Dictionary<int, double> byDay = week.ToDictionary(d => (TimeText.Utc(d.StartNanos) - week.Key).Days, d => d.Return);
            for (int day = 0; day < 7; day++)
            {
                WriteCell(html, byDay.TryGetValue(day, out double value) ? value : null, largest, "");
            }

            WriteCell(html, Compound(week), double.PositiveInfinity, "sum");
            html.Write($"</tr>");
        }

        html.Write($"</tbody>");
    }

    private static void WriteMonths(HtmlWriter html, IReadOnlyList<PeriodReturn> days)
    {
        WriteHead(html, "Year", CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.AsSpan(0, 12), "Year");
        Dictionary<(int Year, int Month), double> months = days
            .GroupBy(d => (TimeText.Utc(d.StartNanos).Year, TimeText.Utc(d.StartNanos).Month))
            .ToDictionary(g => g.Key, Compound);
        double largest = months.Values.Max(Math.Abs);
        foreach (IGrouping<int, PeriodReturn> year in days.GroupBy(d => TimeText.Utc(d.StartNanos).Year))
        {
            html.Write($"<tr><th>{year.Key}</th>");
            for (int month = 1; month <= 12; month++)
            {
                WriteCell(html, months.TryGetValue((year.Key, month), out double value) ? value : null, largest, "");
            }

            WriteCell(html, Compound(year), double.PositiveInfinity, "sum");
            html.Write($"</tr>");
        }

        html.Write($"</tbody>");
    }

    private static void WriteHead(HtmlWriter html, string first, ReadOnlySpan<string> names, string last)
    {
        html.Write($"<thead><tr><th>{first}</th>");
        foreach (string name in names)
        {
            html.Write($"<th>{name}</th>");
        }

        html.Write($"<th>{last}</th></tr></thead><tbody>");
    }

    // The deepest colour goes to the largest return of the table.
    private static void WriteCell(HtmlWriter html, double? value, double largest, string kind)
    {
        if (value is not { } known)
        {
            html.Write($"<td></td>");
            return;
        }

        double heat = largest > 0 ? Math.Round(55 * Math.Abs(known) / largest) : 0;
        html.Write($"<td class=\"{kind} {SummarySection.Tone(known)}\" style=\"--heat:{heat}%\">{ReportText.Number(100 * known, 2)}</td>");
    }

    private static double Compound(IEnumerable<PeriodReturn> returns) => returns.Aggregate(1.0, (growth, r) => growth * (1 + r.Return)) - 1;

    private static DateTime Monday(DateTime day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
