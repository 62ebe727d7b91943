using System.Globalization;
using System.Xml.Linq;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>The picture is a document that every viewer reads, is the same each time, and shows what is in the histograms.</summary>
[TestFixture]
internal sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Test]
    public void Any_name_makes_a_well_formed_document_that_runs_nothing()
    {
        const string Name = "<script>alert(\"&'\")</script> ü 漢字 \u0001 \uD800 \uFFFF\n";
        var chart = new PercentileChart { Title = Name, ValueLabel = Name, ValueUnit = Name };
        chart.Add(Name, Golden.Recorded("lcg-100k"));
        XDocument document = XDocument.Parse(chart.ToSvg());
        Assert.Multiple(() =>
        {
            Assert.That(document.Descendants(Svg + "script"), Is.Empty);
            Assert.That(document.Descendants(Svg + "text").Select(static text => text.Value), Has.Some.StartsWith("<script>alert(\"&'\")</script> ü"));
        });
    }

    [Test]
    public void The_same_histograms_make_the_same_bytes()
    {
        string first = Drawn(false);
        Assert.That(Drawn(false), Is.EqualTo(first));
    }

    [Test]
    public void The_axis_has_as_many_nines_as_there_are_counts()
    {
        string[] labels = [.. Texts(Drawn(false)).Where(static text => text.EndsWith('%'))];
        Assert.That(labels, Is.EqualTo((string[])["0%", "90%", "99%", "99.9%", "99.99%", "99.999%"]));
    }

    [Test]
    public void Linear_and_logarithmic_ticks_are_round_numbers_around_the_values() => Assert.Multiple(() =>
    {
        Assert.That(Texts(Drawn(false)).Where(IsNumber), Is.EqualTo((string[])["0", "200", "400", "600", "800", "1,000"]));
        Assert.That(Texts(Drawn(true)).Where(IsNumber), Is.EqualTo((string[])["0.001", "0.01", "0.1", "1", "10", "100", "1,000"]));
        Assert.That(ValueAxis.Linear(0.37).Ticks.Select(ValueAxis.Linear(0.37).Label), Is.EqualTo((string[])["0.0", "0.1", "0.2", "0.3", "0.4"]));
    });

    [Test]
    public void A_curve_rises_from_the_lowest_value_to_the_highest()
    {
        var series = ChartSeries.Of("one", Golden.Recorded("lcg-100k"), 1);
        Assert.Multiple(() =>
        {
            Assert.That(series.Points[0], Is.EqualTo((0.0, 1.0)));
            Assert.That(series.Points[^1], Is.EqualTo((5.0, 951807.0)));
            Assert.That(series.Points, Is.Ordered.By("Item1"));
            Assert.That(series.Points.Zip(series.Points.Skip(1)).All(static pair => pair.First.Value <= pair.Second.Value), Is.True);
        });
    }

    [Test]
    public void Everything_lies_inside_the_picture([Values] bool isLogarithmic, [Values(320, 960)] int width, [Values(0, 1, 7, 15)] int curves)
    {
        var chart = new PercentileChart { Width = width, Height = 300, IsValueLogarithmic = isLogarithmic };
        for (int number = 0; number < curves; number++)
        {
            var histogram = new LongHistogram(1, long.MaxValue, 2);
            histogram.RecordValueWithCount(number * number * 1000L, 1L << (number * 4));
            histogram.RecordValue(1 + number);
            chart.Add($"a curve with number {number} and a name that is rather long for a legend", histogram);
        }

        XElement root = XDocument.Parse(chart.ToSvg()).Root!;
        double height = double.Parse(root.Attribute("height")!.Value, CultureInfo.InvariantCulture);
        foreach (XElement text in root.Descendants(Svg + "text"))
        {
            double size = SvgText.Width(text.Value, double.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture));
            double x = double.Parse(text.Attribute("x")!.Value, CultureInfo.InvariantCulture);
            double left = text.Attribute("text-anchor")!.Value switch { "start" => x, "end" => x - size, _ => x - (size / 2) };
            bool isTurned = text.Attribute("transform") is not null;
            Assert.That(isTurned || (left >= 0 && left + size <= width), Is.True, text.ToString());
            Assert.That(double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture), Is.InRange(0, height), text.ToString());
        }

        Assert.That(root.Descendants(Svg + "circle").Count(), Is.EqualTo(curves));
    }

    [Test]
    public void An_empty_chart_says_so_and_an_empty_histogram_is_named()
    {
        var chart = new PercentileChart();
        Assert.That(Texts(chart.ToSvg()), Has.Some.EqualTo("nothing recorded"));
        chart.Add("idle", new LongHistogram(1000, 3));
        Assert.That(Texts(chart.ToSvg()), Has.Some.EqualTo("nothing recorded").And.Some.EqualTo("idle (empty)"));
    }

    [Test]
    public void Sizes_and_scales_that_make_no_picture_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(static () => new PercentileChart { Width = 10 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(static () => new PercentileChart { Height = 100_000 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(static () => new PercentileChart { ValueScale = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(static () => new PercentileChart { ValueScale = double.NaN }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    });

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    private static string[] Texts(string svg) => [.. XDocument.Parse(svg).Descendants(Svg + "text").Select(static text => text.Value)];

    private static string Drawn(bool isLogarithmic)
    {
        var chart = new PercentileChart { Title = "Latencies", ValueUnit = "µs", ValueScale = 1000, IsValueLogarithmic = isLogarithmic };
        chart.Add("first", Golden.Recorded("lcg-100k"));
        chart.Add("second", Golden.Recorded("small"));
        return chart.ToSvg();
    }
}
