using OrderPlatform.Host.Tests.Crashes;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>Whether what the engine's journal says is what happened at the venue: nothing lost, nothing twice (T1 to T5).</summary>
internal static class LinkedTruth
{
    /// <summary>How many fills there were.</summary>
    public static int AssertAgree(LinkedWorld world, Scenario scenario, string what)
    {
        EngineTruth engine = EngineTruth.Of(world.EngineFolder, new HashSet<long>());
        VenueTruth venue = VenueTruth.Of(world.VenueFolder, scenario.Venue());
        ulong[] sent = [.. venue.Orders.Select(IdOf)];
        Assert.That(sent, Is.Unique, $"{what}: an order reached the venue twice");
        Assert.That(sent.Except(engine.Orders.Keys), Is.Empty, $"{what}: an order at the venue has no cause in the journal");
        Assert.That(engine.Orders.Keys.Except(sent), Is.EquivalentTo(engine.NeverSent), $"{what}: an order was lost on the way\n{world.News}");
        Assert.That(
            engine.Fills.OrderBy(static fill => fill.Trade), Is.EqualTo(venue.Fills.OrderBy(static fill => fill.Trade)),
            $"{what}: fills were lost or doubled\n{world.News}");
        return engine.Fills.Count;
    }

    private static ulong IdOf(byte[] request) => NewOrderDecoder.WrapForDecodeAndApplyHeader(request).ClientOrderId;
}
