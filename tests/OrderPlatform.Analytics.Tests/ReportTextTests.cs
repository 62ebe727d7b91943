using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

public sealed class ReportTextTests
{
    [TestCase(0L, "0.00")]
    [TestCase(1_250_000_000L, "12.50")]
    [TestCase(-123_456_789_500_000L, "-1,234,567.90")]
    [TestCase(100_500_000L, "1.01")]
    [TestCase(99_999_000L, "1.00")]
    [TestCase(50_000_000L, "0.50")]
    [TestCase(-31_415_926L, "-0.3142")]
    [TestCase(3_141_593L, "0.03142")]
    [TestCase(12_344L, "0.0001234")]
    [TestCase(1L, "0.00000001")]
    [TestCase(long.MaxValue, "92,233,720,368.55")]
    [TestCase(long.MinValue, "-92,233,720,368.55")]
    public void Amounts_have_two_decimals_or_four_digits(long raw, string shown) => Assert.That(ReportText.Amount(raw), Is.EqualTo(shown));

    [FsCheck.NUnit.Property(Replay = "20261121,17")]
    public void An_amount_is_never_further_off_than_half_of_its_last_digit(long raw)
    {
        string shown = ReportText.Amount(raw).Replace(",", "", StringComparison.Ordinal);
        Assert.That(FixedPointText.TryParse(shown, out long back), Is.True, shown);
        Assert.That(Math.Abs((decimal)back - raw), Is.LessThanOrEqualTo(500_000));
    }

    [TestCase(0.12345, "12.35 %")]
    [TestCase(-0.00001, "0.00 %")]
    [TestCase(double.NaN, "n/a")]
    [TestCase(double.PositiveInfinity, "n/a")]
    [TestCase(1e30, "1e+32 %")]
    [TestCase(null, "n/a")]
    public void Percentages_are_never_NaN_or_minus_zero(double? fraction, string shown) => Assert.That(ReportText.Percent(fraction), Is.EqualTo(shown));

    [TestCase(0.01, "+1.00 %")]
    [TestCase(0.000001, "0.00 %")]
    [TestCase(-0.01, "-1.00 %")]
    public void Signed_percentages_carry_their_sign(double fraction, string shown) => Assert.That(ReportText.SignedPercent(fraction), Is.EqualTo(shown));

    [TestCase(1.234, "1.23")]
    [TestCase(double.PositiveInfinity, "inf")]
    [TestCase(double.NaN, "n/a")]
    [TestCase(null, "n/a")]
    public void Ratios_say_inf_or_nothing(double? value, string shown) => Assert.That(ReportText.Ratio(value), Is.EqualTo(shown));

    [TestCase(1.005001, "+1.01 bps")]
    [TestCase(-2.5, "-2.50 bps")]
    [TestCase(0.004, "0.00 bps")]
    [TestCase(-0.004, "0.00 bps")]
    [TestCase(double.NaN, "n/a")]
    [TestCase(null, "n/a")]
    public void Basis_points_have_a_sign_unless_they_read_as_zero(double? value, string text) => Assert.That(Describe.BasisPoints(value), Is.EqualTo(text));

    [Test]
    public void Control_characters_cannot_start_a_line_of_their_own() =>
        Assert.That(ReportText.OneLine("a\ndigest 00\r\u001b[2J\u2028b"), Is.EqualTo("a?digest 00??[2J?b"));

    [TestCase(0L, "1970-01-01T00:00:00Z")]
    [TestCase(1_767_225_600_250_000_000L, "2026-01-01T00:00:00.250Z")]
    [TestCase(1_767_225_600_000_001_000L, "2026-01-01T00:00:00.000001Z")]
    [TestCase(1_767_225_600_123_456_789L, "2026-01-01T00:00:00.123456789Z")]
    [TestCase(-1L, "1969-12-31T23:59:59.999999999Z")]
    [TestCase(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    [TestCase(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    public void Times_have_the_decimals_they_need(long nanos, string shown) => Assert.That(TimeText.Iso(nanos), Is.EqualTo(shown));

    [TestCase(0L, "0 ns")]
    [TestCase(250_000L, "250 us")]
    [TestCase(1_500_000L, "1.5 ms")]
    [TestCase(59_999_999_999L, "59.999 s")]
    [TestCase(90_000_000_000L, "1 min 30 s")]
    [TestCase(3_600_000_000_000L, "1 h")]
    [TestCase(273_600_000_000_000L, "3 d 4 h")]
    [TestCase(-90_000_000_000L, "-1 min 30 s")]
    [TestCase(long.MinValue, "-106751 d 23 h")]
    public void Lengths_of_time_have_two_units(long nanos, string shown) => Assert.That(TimeText.Duration(nanos), Is.EqualTo(shown));
}
