using System.Text;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Messages;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Gateways.Sessions;

/// <summary>
/// The gateway's side of the link to an engine: settles what is in doubt, says hello until it is welcomed, takes the numbered requests, sends the numbered
/// reports, and begins again whenever the engine was lost. Never waits. Journal, connector and client are the caller's, who closes them after it.
/// </summary>
public sealed partial class GatewaySession : IAgent, IDisposable
{
    private const int FragmentsPerCycle = 32;
    private const int NameLengthMax = 160;
    private const long NanosPerTimeSpanTick = 100;

    private readonly IExecutionConnector _connector;
    private readonly GatewayJournal _journal;
    private readonly GatewaySessionOptions _options;
    private readonly TimeProvider _time;
    private readonly GatewayLink _link;
    private readonly ReportSender _sender;
    private readonly RequestDesk _desk;
    private readonly DoubtResolver _doubts;
    private readonly byte[] _name;
    private readonly byte[] _buffer = new byte[256];
    private readonly double _nanosPerTick;
    private Image? _peer;
    private ulong _handled;
    private long _nowNanos;
    private long _heardNanos;
    private long _saidNanos = long.MinValue / 2;
    private long _heartbeatNanos;
    private long _silentAfterNanos;
    private bool _isRecovered;
    private bool _isDraining;
    private bool _isPassingOver;

    /// <summary>A session; it does nothing before its first cycle but make the venue again.</summary>
    /// <param name="connector">The venue.</param>
    /// <param name="journal">What this gateway did before.</param>
    /// <param name="aeron">The client of a driver, own or shared.</param>
    /// <param name="options">Where the engine is.</param>
    /// <param name="time">For heartbeats and silence; nothing else depends on it.</param>
    /// <exception cref="ArgumentException">The connector's venue is not the journal's, or the name is too long.</exception>
    public GatewaySession(
        IExecutionConnector connector, GatewayJournal journal, AeronClient aeron, GatewaySessionOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(aeron);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _name = Encoding.UTF8.GetBytes(options.Name);
        if (_name.Length > NameLengthMax)
        {
            throw new ArgumentException($"the gateway's name has {_name.Length} bytes; at most {NameLengthMax} are allowed");
        }

        _connector = connector;
        _journal = journal;
        _options = options;
        _time = time;
        _nanosPerTick = 1e9 / time.TimestampFrequency;
        _handled = journal.RecoveredRequest;
        _link = new GatewayLink(aeron, options);
        _sender = new ReportSender(journal, _link, connector as ISteppedVenue, Counters);
        _desk = new RequestDesk(connector, journal, _sender, Counters);
        _doubts = new DoubtResolver(connector, journal);
    }

    /// <inheritdoc />
    public string Name => "gateway";

    /// <summary>Whether an engine has welcomed this gateway and is heard.</summary>
    public bool IsConnected => _peer is not null;

    /// <summary>The last request that was handled, of the journal's epoch.</summary>
    public ulong LastRequest => _handled;

    /// <summary>What was counted.</summary>
    public GatewayCounters Counters { get; } = new();

    /// <summary>After <see cref="Drain"/>: whether all reports that were made have been sent, or nobody is there to take them.</summary>
    public bool IsDrained => _isDraining && (_peer is null || _sender.IsEmpty);

    /// <summary>Takes no more requests; what was made is still sent.</summary>
    public void Drain() => _isDraining = true;

    /// <inheritdoc />
    /// <exception cref="GatewayLinkException">A channel cannot be used, the driver is gone, or the engine refuses this gateway.</exception>
    /// <exception cref="Journal.JournalException">The journal has stopped: the disk is full or has failed.</exception>
    /// <exception cref="Simulation.MarketData.MarketDataException">The engine's market is not one that the simulated venue can be in.</exception>
    public int DoWork()
    {
        _nowNanos = (long)(_time.GetTimestamp() * _nanosPerTick);
        long appended = _journal.AppendedPlace;
        int work = _isRecovered ? Exchange() : Recover();
        if (_journal.AppendedPlace != appended)
        {
            _journal.EndBatch();
        }

        return work;
    }

    /// <inheritdoc />
    public void OnClose() => Dispose();

    /// <summary>Closes both streams.</summary>
    public void Dispose() => _link.Dispose();

    private int Recover()
    {
        int work = _doubts.DoWork();
        if (_doubts.IsDone)
        {
            _isRecovered = true;
            Tell(
                GatewayNoticeKind.Recovered,
                $"journal of {_journal.LastReport} reports; {_journal.RecoveredIntents.Count} requests were in doubt, {_doubts.SentNow} of them were sent now, "
                + $"{_doubts.LeftOpen} are left to the engine");
            return work + 1;
        }

        return work;
    }

    private int Exchange()
    {
        if (!_link.TryOpen())
        {
            return 0;
        }

        if (_peer is { IsClosed: true } or { IsEndOfStream: true })
        {
            Lose("its publication has ended");
        }

        if (_isPassingOver && _journal.Reports.IsHalfEmpty)
        {
            Greet();
        }

        int work = 0;
        _desk.TryDrain(ref work);
        if (!_isDraining)
        {
            var handler = new Handler(this);
            work += _link.Poll(ref handler, FragmentsPerCycle);
        }

        if (_peer is null)
        {
            return work + SayHello();
        }

        int sent = _sender.DoWork(_handled);
        if (sent > 0)
        {
            _saidNanos = _nowNanos;
        }

        return work + sent + KeepAlive();
    }

    private int SayHello()
    {
        if (_nowNanos - _saidNanos < _options.HelloEvery.Ticks * NanosPerTimeSpanTick || _isDraining || !_link.IsHeard)
        {
            return 0;
        }

        var e = GatewayHelloEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.VenueId = _connector.VenueId;
        e.ProtocolVersion = LinkProtocol.Version;
        e.Kind = _connector.Kind;
        e.ShardId = _journal.ShardId;
        e.Epoch = _journal.Epoch;
        e.JournalId = _journal.JournalId;
        e.LastRequest = _handled;
        e.LastReport = _journal.LastReport;
        e.MarketEvents = (_connector as ISteppedVenue)?.MarketEvents ?? 0;
        e.SetName(_name);
        return Say(e.EncodedLengthSoFar);
    }

    private int KeepAlive()
    {
        if (_nowNanos - _heardNanos > _silentAfterNanos)
        {
            Lose($"it has said nothing for {TimeSpan.FromTicks(_silentAfterNanos / NanosPerTimeSpanTick)}");
            return 1;
        }

        if (!_link.IsHeard)
        {
            Lose("it does not receive the reports");
            return 1;
        }

        if (_nowNanos - _saidNanos < _heartbeatNanos)
        {
            return 0;
        }

        var e = GatewayHeartbeatEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Epoch = _journal.Epoch;
        e.Number = _handled;
        e.SentAtNanos = NanosSinceEpoch.Of(_time);
        return Say(GatewayHeartbeatEncoder.EncodedLength);
    }

    private int Say(int length)
    {
        if (!_link.TrySend(_buffer.AsSpan(0, length)))
        {
            return 0;
        }

        _saidNanos = _nowNanos;
        return 1;
    }

    private void Lose(string why)
    {
        Counters.Losses++;
        Tell(GatewayNoticeKind.Lost, $"engine lost: {why}; the last request was {_handled}, the last report {_journal.LastReport}");
        Greet();
    }

    // The next cycle says hello.
    private void Greet()
    {
        _peer = null;
        _isPassingOver = false;
        _saidNanos = long.MinValue / 2;
    }

    private void Tell(GatewayNoticeKind kind, string text) => _options.OnNotice?.Invoke(new GatewayNotice(kind, text));
}
