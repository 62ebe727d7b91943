using OrderPlatform.Gateways.Connectors;

namespace OrderPlatform.Gateways.Tests.Contract;

/// <summary>Names of instruments (R132, R135).</summary>
[TestFixture]
internal sealed class InstrumentTableTests
{
    private static readonly InstrumentNames[] Two = [new(1, "BTC/USDT", "BTCUSDT"), new(2, "ETH/USDT", "ETHUSDT")];

    [Test]
    public void Each_name_leads_to_the_others()
    {
        var table = new InstrumentTable(Two);
        Assert.That((table.TryGetId("ETHUSDT", out uint id), id), Is.EqualTo((true, 2u)));
        Assert.That((table.TryGetVenueSymbol(1, out string? venueSymbol), venueSymbol), Is.EqualTo((true, "BTCUSDT")));
        Assert.That((table.TryGetSymbol(2, out string? symbol), symbol), Is.EqualTo((true, "ETH/USDT")));
    }

    [Test]
    public void What_is_not_in_the_table_is_not_found()
    {
        var table = new InstrumentTable(Two);
        Assert.That((table.TryGetId("btcusdt", out _), table.TryGetVenueSymbol(3, out _), table.TryGetSymbol(0, out _)), Is.EqualTo((false, false, false)));
    }

    [Test]
    public void A_name_or_an_id_that_comes_twice_is_refused()
    {
        Assert.That(() => new InstrumentTable([.. Two, new InstrumentNames(2, "X/Y", "XY")]), Throws.ArgumentException.With.Message.Contains("instrument 2"));
        Assert.That(() => new InstrumentTable([.. Two, new InstrumentNames(3, "X/Y", "BTCUSDT")]), Throws.ArgumentException.With.Message.Contains("BTCUSDT"));
    }
}
