using System.Globalization;
using System.Text;
using OrderPlatform.Engine;
using OrderPlatform.Host.Tests.Crashes;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

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
        Assert.That(
            engine.Orders.Keys.Except(sent), Is.EquivalentTo(engine.NeverSent),
            $"{what}: an order was lost on the way\n{world.News}\n{StoryOf(world.EngineFolder, [.. engine.Orders.Keys.Except(sent), .. engine.NeverSent])}");
        Assert.That(
            engine.Fills.OrderBy(static fill => fill.Trade), Is.EqualTo(venue.Fills.OrderBy(static fill => fill.Trade)),
            $"{what}: fills were lost or doubled\n{world.News}");
        return engine.Fills.Count;
    }

    // What the engine said of orders, for whoever has to find out.
    private static string StoryOf(string folder, IReadOnlyCollection<ulong> orders)
    {
        var story = new StringBuilder();
        var engine = new BusinessLogicProcessor();
        using JournalReader journal = JournalReader.Open(folder);
        while (journal.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                continue;
            }

            ReadOnlySpan<byte> input = JournaledInput.MessageOf(record);
            engine.Process(record.Sequence, record.TimestampNanos, input);
            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                string output = MessagesSchema.Describe(engine.Outputs[i]);
                if (orders.Any(order => output.Contains(order.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
                {
                    story.AppendLine(CultureInfo.InvariantCulture, $"{record.Sequence} {record.TimestampNanos} {MessagesSchema.Describe(input)} -> {output}");
                }
            }
        }

        return story.ToString();
    }

    private static ulong IdOf(byte[] request) => NewOrderDecoder.WrapForDecodeAndApplyHeader(request).ClientOrderId;
}
