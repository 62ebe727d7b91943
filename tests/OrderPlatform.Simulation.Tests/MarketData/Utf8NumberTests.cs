using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData.Input;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>The byte parser accepts exactly what the engine's text parser accepts, with the same value.</summary>
internal sealed class Utf8NumberTests
{
    private static readonly string[] Corners =
    [
        "", ".", "-", "+", "0", "-0", "00", "1.", ".5", "1..2", "1.2.3", "-1.5", "+1.5", "1e-05", "1E+2", "1e", "1e123", "e5", " 1", "1 ", "1,2",
        "92233720368.54775807", "92233720368.54775808", "-92233720368.54775808", "-92233720368.54775809", "99999999999", "9999999999", "9999999999.9999999",
        "9999999999.99999999", "1.123456789", "1.12345678", "1.12345678000", "0.00000001", "0.000000001", "000000000000000000000000000000001",
        "00000000000000000000000000000000001", "1234567890123456789012345678901234567890123", "0x1", "NaN", "1_0", "١",
    ];

    [TestCaseSource(nameof(Corners))]
    public void Corner_cases_agree_with_the_engine_s_parser(string text) => AssertSame(text);

    [FsCheck.NUnit.Property(MaxTest = 5_000, Replay = "20261121,7")]
    public Property Any_text_of_number_characters_agrees_with_the_engine_s_parser() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("0123456789.0123456789-+e".ToCharArray())).ToArbitrary(), characters => AssertSame(new string(characters)));

    [FsCheck.NUnit.Property(MaxTest = 5_000, Replay = "20261121,9")]
    public Property Any_number_survives_formatting_and_parsing() => Prop.ForAll(
        ArbMap.Default.ArbFor<DoNotSize<long>>(),
        number =>
        {
            Assert.That(Utf8Number.TryParseFixedPoint(Encoding.ASCII.GetBytes(FixedPointText.Format(number.Item)), out long parsed), Is.True);
            Assert.That(parsed, Is.EqualTo(number.Item));
        });

    [TestCase("9223372036854775807", true, long.MaxValue)]
    [TestCase("9223372036854775808", false, 0)]
    [TestCase("9999999999999999999", false, 0)]
    [TestCase("10000000000000000000", false, 0)]
    [TestCase("0", true, 0)]
    [TestCase("", false, 0)]
    [TestCase("-1", false, 0)]
    [TestCase("1.0", false, 0)]
    public void Whole_numbers_are_digits_within_63_bits(string text, bool expected, long value)
    {
        Assert.That(Utf8Number.TryParseWhole(Encoding.ASCII.GetBytes(text), out long parsed), Is.EqualTo(expected));
        if (expected)
        {
            Assert.That(parsed, Is.EqualTo(value));
        }
    }

    private static void AssertSame(string text)
    {
        bool expected = FixedPointText.TryParse(text, out long raw);
        Assert.That(Utf8Number.TryParseFixedPoint(Encoding.UTF8.GetBytes(text), out long parsed), Is.EqualTo(expected), text);
        Assert.That(parsed, Is.EqualTo(raw), text);
    }
}
