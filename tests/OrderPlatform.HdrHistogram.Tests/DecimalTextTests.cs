namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>Decimals are those of the shortest form, rounded half away from zero.</summary>
[TestFixture]
internal sealed class DecimalTextTests
{
    [TestCase(0, 3, "0.000")]
    [TestCase(0, 0, "0")]
    [TestCase(0.9997802734375, 12, "0.999780273438")]
    [TestCase(0.5, 0, "1")]
    [TestCase(2.5, 0, "3")]
    [TestCase(0.4999, 0, "0")]
    [TestCase(1.005, 2, "1.01")]
    [TestCase(9.9995, 3, "10.000")]
    [TestCase(999.96, 1, "1000.0")]
    [TestCase(0.00049, 3, "0.000")]
    [TestCase(0.0005, 3, "0.001")]
    [TestCase(1e-20, 5, "0.00000")]
    [TestCase(1.5e-7, 7, "0.0000002")]
    [TestCase(1e22, 1, "10000000000000000000000.0")]
    [TestCase(1.2345e19, 0, "12345000000000000000")]
    [TestCase(9.223372036854776E18, 2, "9223372036854776000.00")]
    [TestCase(-1.25, 1, "-1.3")]
    [TestCase(-0.0001, 2, "0.00")]
    [TestCase(double.PositiveInfinity, 2, "Infinity")]
    public void A_number_has_its_decimals(double value, int decimals, string text) => Assert.That(DecimalText.Format(value, decimals), Is.EqualTo(text));

    [Test]
    public void A_width_pads_on_the_left() => Assert.That(DecimalText.Format(1.5, 2, 8), Is.EqualTo("    1.50"));
}
