using System.Text.Json;
using static OrderPlatform.Analytics.Tests.KnownSeries;

namespace OrderPlatform.Analytics.Tests;

internal sealed class KnownReturnTests
{
    private const string File = "returns_statistics.json";

    private static readonly double[] AlternatingBenchmark = [0, 0.01, 0, 0.01, 0, 0.01, 0, 0.01, 0];

    private static IEnumerable<TestCaseData> Known => Cases(File);

    [Description("R94, R96, R102")]
    [TestCaseSource(nameof(Known))]
    public void A_known_answer_is_reproduced(JsonElement known)
    {
        int statistics = 0;
        foreach (JsonProperty expected in known.GetProperty("expected").EnumerateObject())
        {
            double? computed = Compute(expected.Name, known.GetProperty("input"));
            double value = Number(expected.Value);
            Assert.That(computed, Is.Not.Null, $"{Id(known)}: {expected.Name} is undefined");
            Assert.That(computed!.Value, Is.EqualTo(value).Within(1e-7).Percent.Or.EqualTo(value).Within(1e-9), $"{Id(known)}: {expected.Name}");
            statistics++;
        }

        Assert.That(statistics, Is.GreaterThan(0), "a case that expects nothing tests nothing");
    }

    [Test]
    public void Every_case_of_the_file_is_reproduced_and_none_is_left_out()
    {
        Assert.That(Ids(File), Has.Length.EqualTo(35).And.Unique);
        Assert.That(Known.Select(static one => Id((JsonElement)one.Arguments[0]!)), Is.EqualTo(Ids(File)));
    }

    private static double? Compute(string statistic, JsonElement input) => statistic switch
    {
        "annual_return" => AnnualReturn(input),
        "annual_volatility" => ReturnRatios.AnnualisedVolatility(Returns(input), Year(input)),
        "max_drawdown" => -TrackReturns(Returns(input)).LargestRelative.Fraction,
        "calmar" => ReturnRatios.Calmar(AnnualReturn(input), TrackReturns(Returns(input)).LargestRelative.Fraction),
        "sharpe" => Sharpe(input),
        "downside_risk" => ReturnRatios.DownsideDeviation(Returns(input), Required(input)) * Math.Sqrt(Year(input)),
        "sortino" => ReturnRatios.Sortino(Returns(input), Year(input), Required(input)),
        "omega" => ReturnRatios.Omega(Returns(input), 0.01),
        "value_at_risk" or "var" => TailRisk.ValueAtRisk(input.Numbers("values"), input.Number("cutoff")),
        "cvar" => TailRisk.ConditionalValueAtRisk(input.Numbers("values"), input.Number("cutoff")),
        "cagr" => Cagr(input),
        "annual_sd" => ReturnRatios.AnnualisedVolatility(input.Numbers("performance"), Year(input)),
        "annual_variance" => Math.Pow(ReturnRatios.AnnualisedVolatility(input.Numbers("performance"), Year(input)) ?? double.NaN, 2),
        "tracking_error" => BenchmarkRatios.TrackingError(input.Numbers("performance"), input.Numbers("benchmark"), Year(input)),
        _ => throw new AssertionException($"no computation of {statistic}: add one, or list it with its reason"),
    };

    // The source counts a leading null as a period of the year; our own curve never has one (README: the first equity is a base, not a period).
    private static double? AnnualReturn(JsonElement input)
    {
        double growth = Returns(input).Aggregate(1.0, static (product, r) => product * (1 + r));
        return ReturnRatios.Cagr(growth, input.GetProperty("returns_percent").GetArrayLength() / Year(input));
    }

    private static double? Cagr(JsonElement input) => input.Optional("daily_return") is { } daily
        ? ReturnRatios.Cagr(Math.Pow(1 + Number(daily), input.Number("days")), 1)
        : ReturnRatios.Cagr(input.Number("end") / input.Number("start"), input.Number("days") / ReturnStatistics.DaysPerYear);

    private static double? Sharpe(JsonElement input)
    {
        double[] returns = Returns(input);
        return input.Optional("risk_free_series") is null
            ? ReturnRatios.Sharpe(returns, Year(input))
            : BenchmarkRatios.InformationRatio(returns, AlternatingBenchmark.AsSpan(^returns.Length..), Year(input));
    }

    private static double[] Returns(JsonElement input) => input.Optional("returns") is null
        ? [.. input.GetProperty("returns_percent").EnumerateArray().Where(static r => r.GetString() != "null").Select(static r => Number(r) / 100)]
        : input.Numbers("returns");

    private static double Required(JsonElement input) =>
        input.Optional("required_return") is { } text ? (double)KnownAnswer.Parse(text.GetString()!.Split(' ')[0]) : 0;

    private static double Year(JsonElement input) => Number(input.Optional("annualisation") ?? input.Optional("periods") ?? input.GetProperty("days_per_year"));
}
