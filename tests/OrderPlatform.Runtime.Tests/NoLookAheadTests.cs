using OrderPlatform.Analytics;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Tests;

/// <summary>T20 and D8: a backtest cannot see the future, and nothing fills at a price that was history when the order was sent.</summary>
[TestFixture]
internal sealed class NoLookAheadTests
{
    private static readonly Scenario[] Scenarios = [.. Scenario.All().Where(static s => s.Data == "bars").Select(static s => s with { Minutes = 400 })];

    [Test]
    public void Truncating_the_data_after_any_bar_changes_no_earlier_decision([ValueSource(nameof(Scenarios))] Scenario scenario)
    {
        MarketEvent[] bars = ReadAll(scenario);
        IReadOnlyList<OrderRecord> all = Runs.Backtest(scenario).Orders;
        Assert.That(all, Is.Not.Empty);
        for (int count = 1; count <= bars.Length; count += 7)
        {
            long end = bars[count - 1].TimeNanos;
            Scenario cut = scenario with { Source = () => new ListSource(bars[..count]) };
            ulong[] decided = [.. Runs.Backtest(cut).Orders.Where(o => o.DecidedAtNanos <= end).Select(static o => o.ClientOrderId)];
            ulong[] expected = [.. all.Where(o => o.DecidedAtNanos <= end).Select(static o => o.ClientOrderId)];

            // The next bar opens where this one closes: what it causes at that very instant comes after the cut.
            Assert.That(decided, Is.EqualTo(expected[..decided.Length]), $"after {count} bars");
            Assert.That(expected.Skip(decided.Length).Select(id => all.First(o => o.ClientOrderId == id).DecidedAtNanos), Is.All.EqualTo(end), $"after {count} bars");
        }
    }

    [Test]
    public void Every_input_before_the_cut_is_the_same_byte_for_byte([ValueSource(nameof(Scenarios))] Scenario scenario)
    {
        MarketEvent[] bars = ReadAll(scenario);
        List<byte[]> whole = Inputs(scenario);
        for (int count = 20; count < bars.Length; count += 97)
        {
            List<byte[]> part = Inputs(scenario with { Source = () => new ListSource(bars[..count]) });
            int lastBar = part.FindLastIndex(static message => MessageHeaderOf(message) == BarDecoder.TemplateId);
            Assert.That(part.Take(lastBar + 1), Is.EqualTo(whole.Take(lastBar + 1)), $"after {count} bars");
        }
    }

    [Test]
    public void A_fill_is_later_than_its_order_and_within_the_prices_of_its_instant([ValueSource(nameof(Scenarios))] Scenario scenario)
    {
        MarketEvent[] bars = ReadAll(scenario);
        bool isExact = scenario.Slippage == Simulation.Venue.SlippageModel.None;
        int fills = 0;
        foreach (byte[] message in Inputs(scenario))
        {
            if (!ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report) || report.Kind != ExecutionKind.Fill)
            {
                continue;
            }

            fills++;
            Assert.That(report.VenueTimeNanos, Is.GreaterThan(_decidedAt[report.ClientOrderId]));
        }

        Assert.That(fills, Is.GreaterThan(0));
        foreach (FillRecord fill in Runs.Backtest(scenario).Record.Fills)
        {
            // The report's way back is at most the latency: the fill's bar is one of those that ended no more than an hour before.
            Assert.That(
                bars.Any(b => b.OpenTimeNanos <= fill.TimeNanos && b.TimeNanos >= fill.TimeNanos - 3_600_000_000_000 && b.Low <= fill.Price && fill.Price <= b.UpperPrice) || !isExact,
                Is.True, $"{fill}");
        }
    }

    private readonly Dictionary<ulong, long> _decidedAt = [];

    private List<byte[]> Inputs(Scenario scenario)
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            foreach (OrderRecord order in Runs.Backtest(scenario, journal).Orders)
            {
                _decidedAt[order.ClientOrderId] = order.DecidedAtNanos;
            }
        }

        var inputs = new List<byte[]>();
        using JournalReader reader = folder.Read();
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                inputs.Add(record.Payload.ToArray());
            }
        }

        return inputs;
    }

    private static ushort MessageHeaderOf(byte[] message) => MessageHeader.TryRead(message, out MessageHeader header) ? header.TemplateId : (ushort)0;

    private static MarketEvent[] ReadAll(Scenario scenario)
    {
        var events = new List<MarketEvent>();
        using IMarketDataSource source = scenario.OpenSource();
        while (source.TryRead(out MarketEvent marketEvent))
        {
            events.Add(marketEvent);
        }

        return [.. events];
    }
}
