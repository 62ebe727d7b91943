using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Journal;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Tests.Contract;

/// <summary>The simulated venue.</summary>
internal sealed class SimulatedRig : VenueRig
{
    private static readonly Ratio Always = new(FixedPoint.One);

    private readonly Folder _folder = new();
    private readonly SimulatedVenueOptions _options;
    private readonly byte[] _buffer = new byte[IExecutionConnector.MessageLengthMax];
    private SimulatedConnector _connector;
    private ulong _trades;

    public SimulatedRig(VenueTrait trait)
    {
        _options = Say.Options with
        {
            OrderLatency = LatencyOptions.Constant(10_000_000),
            FillProbability = Always,
            FillRatio = trait == VenueTrait.PartialFills ? new Ratio(FixedPoint.One / 4) : Always,
            Faults = FaultsOf(trait),
        };
        _connector = Open();
        _connector.Recover(0);
    }

    public override IExecutionConnector Connector => _connector;

    public override void Trade(long price)
    {
        NowNanos += Say.Second;
        Kept.AddRange(Advance(NowNanos));
        _connector.OnMarketEvent(Say.Trade(NowNanos, price, ++_trades));
    }

    public override List<Told> Settle(long untilNanos = long.MaxValue)
    {
        List<Told> told = [.. Kept];
        Kept.Clear();
        told.AddRange(Advance(untilNanos));
        return told;
    }

    public override void Restart(ulong lastOrdinal)
    {
        _connector.Dispose();
        _connector = Open();
        _connector.Recover(lastOrdinal);
    }

    // Nothing of it has reached the venue's log.
    public override void RestartBeforeSending(ReadOnlySpan<byte> request, ulong lastOrdinal) => Restart(lastOrdinal);

    public override void Dispose()
    {
        _connector.Dispose();
        _folder.Dispose();
    }

    private List<Told> Kept { get; } = [];

    private static VenueFaults? FaultsOf(VenueTrait trait) => trait switch
    {
        VenueTrait.LosesOrders => new VenueFaults { TimeoutBeforeAcceptance = Always },
        VenueTrait.LosesAnswers => new VenueFaults { TimeoutAfterAcceptance = Always },
        VenueTrait.RepeatsReports => new VenueFaults { DuplicateReport = Always },
        VenueTrait.Outage => new VenueFaults { OutageFromNanos = OutageFromNanos, OutageUntilNanos = OutageUntilNanos },
        _ => null,
    };

    private SimulatedConnector Open() => new(_options, Say.Venue, _folder.Path, new JournalOptions { SegmentLengthBytes = 1 << 20 });

    private List<Told> Advance(long untilNanos)
    {
        List<Told> told = [];
        for (int length; (length = _connector.TryTake(_buffer, out VenueNews news)) > 0;)
        {
            told.Add(new Told(_buffer[..length], news));
        }

        for (int length; (length = _connector.TryAdvance(untilNanos, _buffer, out VenueNews news)) > 0;)
        {
            NowNanos = Math.Max(NowNanos, news.TimeNanos);
            told.Add(new Told(_buffer[..length], news));
        }

        if (untilNanos != long.MaxValue)
        {
            NowNanos = Math.Max(NowNanos, untilNanos);
        }

        return told;
    }
}
