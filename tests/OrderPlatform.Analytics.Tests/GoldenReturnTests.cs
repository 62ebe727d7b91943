using System.Text.Json.Nodes;
using static OrderPlatform.Analytics.Tests.GoldenCases;

namespace OrderPlatform.Analytics.Tests;

public sealed class GoldenReturnTests
{
    private const string File = "returns_statistics.json";

    /// <summary>Statistics that this library does not compute.</summary>
    private static readonly string[] NotComputed = ["omega", "value_at_risk", "var", "cvar"];

    private static readonly double[] AlternatingBenchmark = [0, 0.01, 0, 0.01, 0, 0.01, 0, 0.01, 0];

    public static IEnumerable<TestCaseData> Known => Named(File, c => !ExpectedKeys(c).All(NotComputed.Contains));

    [TestCaseSource(nameof(Known))]
    public void Known_answer_is_reproduced(JsonObject known)
    {
        foreach ((string key, JsonNode? expected) in known["expected"]!.AsObject())
        {
            double? computed = Compute(key, known["input"]!.AsObject());
            Assert.That(computed, Is.Not.Null, $"{Id(known)}: {key} is undefined");
            Assert.That(computed!.Value, Is.EqualTo(Number(expected)).Within(1e-7).Percent.Or.EqualTo(Number(expected)).Within(1e-9), $"{Id(known)}: {key}");
        }
    }

    [Test]
    public void Every_known_answer_is_computed_or_named_as_not_computed()
    {
        int computed = Known.Count();
        int notComputed = Load(File).Count(c => ExpectedKeys(c).All(NotComputed.Contains));
        Assert.That(computed + notComputed, Is.EqualTo(Load(File).Length));
        Assert.That((computed, notComputed), Is.EqualTo((28, 7)));
    }

    private static double? Compute(string statistic, JsonObject input) => statistic switch
    {
        "annual_return" => AnnualReturn(input),
        "annual_volatility" => ReturnRatios.AnnualisedVolatility(Returns(input), Year(input)),
        "max_drawdown" => -TrackReturns(Returns(input)).LargestRelative.Fraction,
        "calmar" => ReturnRatios.Calmar(AnnualReturn(input), TrackReturns(Returns(input)).LargestRelative.Fraction),
        "sharpe" => ReturnRatios.Sharpe(Excess(input), Year(input)),
        "downside_risk" => ReturnRatios.DownsideDeviation(Returns(input), Required(input)) * Math.Sqrt(Year(input)),
        "sortino" => ReturnRatios.Sortino(Returns(input), Year(input), Required(input)),
        "cagr" => Cagr(input),
        "annual_sd" => ReturnRatios.AnnualisedVolatility(Numbers(input["performance"]), Year(input)),
        "annual_variance" => Math.Pow(ReturnRatios.AnnualisedVolatility(Numbers(input["performance"]), Year(input)) ?? double.NaN, 2),
        "tracking_error" => ReturnRatios.AnnualisedVolatility(
            [.. Numbers(input["performance"]).Zip(Numbers(input["benchmark"]), (p, b) => p - b)], Year(input)),
        _ => throw new AssertionException($"no computation of {statistic}: add one, or name it as not computed"),
    };

    // The source counts a leading null as a period of the year; our own curve never has one.
    private static double? AnnualReturn(JsonObject input)
    {
        double growth = Returns(input).Aggregate(1.0, (product, r) => product * (1 + r));
        return ReturnRatios.Cagr(growth, input["returns_percent"]!.AsArray().Count / Year(input));
    }

    private static double? Cagr(JsonObject input) => input["daily_return"] is { } daily
        ? ReturnRatios.Cagr(Math.Pow(1 + Number(daily), Number(input["days"])), 1)
        : ReturnRatios.Cagr(Number(input["end"]) / Number(input["start"]), Number(input["days"]) / ReturnStatistics.DaysPerYear);

    private static double[] Returns(JsonObject input) => input["returns"] is { } fractions
        ? Numbers(fractions)
        : [.. input["returns_percent"]!.AsArray().Where(r => r!.ToString() != "null").Select(r => Number(r) / 100)];

    private static double[] Excess(JsonObject input)
    {
        double[] returns = Returns(input);
        return input["risk_free_series"] is null ? returns : [.. returns.Zip(AlternatingBenchmark.Skip(9 - returns.Length), (r, b) => r - b)];
    }

    private static double Required(JsonObject input) => input["required_return"] is { } text ? Number(text.ToString().Split(' ')[0]) : 0;

    private static double Year(JsonObject input) => Number(input["annualisation"] ?? input["periods"] ?? input["days_per_year"]);
}
