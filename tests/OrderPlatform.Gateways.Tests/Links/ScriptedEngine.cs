using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>A report as it came.</summary>
internal sealed record ScriptedReport(ulong Number, byte[] Message, long TimeNanos, long? NextNanos)
{
    /// <summary>Of an execution report.</summary>
    public ExecutionKind Kind => ExecutionReportDecoder.WrapForDecodeAndApplyHeader(Message).Kind;
}

/// <summary>
/// The engine's side of the link, for tests: what it is told to send it numbers, keeps and sends again where a hello lacks it; reports are taken in order,
/// each once. Faults on purpose by <see cref="OnSend"/> and <see cref="OnReceive"/>.
/// </summary>
internal sealed class ScriptedEngine : IDisposable
{
    private const int NothingCarried = -1;

    private readonly IClock _clock;
    private readonly Subscription _reports;
    private readonly ExclusivePublication _orders;
    private readonly byte[] _buffer = new byte[1024];
    private readonly List<(byte[] Message, ulong MarketNumber)> _requests = [];
    private int _next;
    private int _carried = NothingCarried;
    private byte[]? _welcome;
    private long _saidNanos;
    private ulong _awaited;
    private long _awaitedUntil;
    private long _askedNanos;

    /// <param name="client">A client of the engine's driver.</param>
    /// <param name="clock">The world's.</param>
    /// <param name="channel">Orders and reports.</param>
    /// <param name="before">The engine that lived before: its journal is what this one begins with.</param>
    public ScriptedEngine(AeronClient client, IClock clock, (string Orders, string Reports) channel, ScriptedEngine? before = null)
    {
        _clock = clock;
        _reports = client.AddSubscription(channel.Reports, 2002);
        _orders = client.AddExclusivePublication(channel.Orders, 2001);
        if (before is not null)
        {
            Epoch = (ushort)(before.Epoch + 1);
            Taken = before.Taken;
            Before = before;
            MarketNumber = before.MarketNumber;
            LastAnswerWasReport = before.LastAnswerWasReport;
            _awaited = before._awaited;
            _awaitedUntil = before._awaitedUntil;
        }
    }

    public ScriptedEngine? Before { get; }

    public ushort Epoch { get; init; } = 1;

    public ushort ShardId { get; init; }

    public List<ScriptedReport> Taken { get; } = [];

    public ulong MarketNumber { get; private set; }

    public bool IsConnected { get; private set; }

    public bool IsSilent { get; set; }

    public bool AcknowledgesReports { get; set; } = true;

    public int Hellos { get; private set; }

    public int Heartbeats { get; private set; }

    public int Idles { get; private set; }

    public int RepeatedReports { get; private set; }

    public int MissedReports { get; private set; }

    public (ushort Epoch, ulong LastRequest, ulong LastReport, ulong MarketEvents) LastHello { get; private set; }

    public long HeartbeatNanos { get; init; } = 100_000_000;

    public long SilentAfterNanos { get; init; } = 1_000_000_000;

    /// <summary>How often a message goes out: 1, 0 loses it, 2 doubles it.</summary>
    public Func<ushort, int>? OnSend { get; set; }

    /// <summary>False loses what has come.</summary>
    public Func<ushort, bool>? OnReceive { get; set; }

    /// <summary>What the next welcomes say in place of the truth.</summary>
    public Func<byte[], byte[]>? OnWelcome { get; set; }

    /// <summary>Whether an advance waits for its answer.</summary>
    public bool IsWaiting => _awaited != 0;

    public int RequestCount => _requests.Count;

    /// <summary>Whether all requests have been sent.</summary>
    public bool IsSent => IsConnected && _next == _requests.Count && _welcome is null;

    public void Send(byte[] message) => _requests.Add((message, 0));

    public void SendMarket(byte[] message) => SendMarket(message, ++MarketNumber);

    public void SendMarket(byte[] message, ulong number) => _requests.Add((message, number));

    /// <summary>An advance that has had no answer for a while is lost, or its answer is: it is asked again.</summary>
    public void RepeatIfStuck()
    {
        if (IsWaiting && IsConnected && _next == _requests.Count && _clock.NanoTime - _askedNanos > HeartbeatNanos)
        {
            Advance(_awaitedUntil);
        }
    }

    /// <summary>One step of the venue: a report or nothing is the answer.</summary>
    public void Advance(long untilNanos)
    {
        Send(Say.Advance(untilNanos, (ulong)Taken.Count, single: true));
        _awaited = (ulong)_requests.Count;
        _awaitedUntil = untilNanos;
        _askedNanos = _clock.NanoTime;
        LastAnswerWasReport = false;
    }

    public bool LastAnswerWasReport { get; private set; }

    public int DoWork()
    {
        var handler = new Handler(this);
        int work = _reports.Poll(ref handler, 64);
        if (IsConnected && !_reports.IsConnected)
        {
            IsConnected = false;
        }

        return work + (IsSilent ? 0 : Speak());
    }

    /// <summary>Bytes that are none of the engine's.</summary>
    public bool Offer(ReadOnlySpan<byte> message) => _orders.Offer(message) > 0;

    public void Dispose()
    {
        _reports.Dispose();
        _orders.Dispose();
    }

    private int Speak()
    {
        int work = 0;
        if (_welcome is not null && Offer(_welcome, GatewayWelcomeDecoder.TemplateId))
        {
            _welcome = null;
            IsConnected = true;
            work++;
        }

        while (IsConnected && _welcome is null && _next < _requests.Count && Offer(EncodeRequest(), GatewayRequestDecoder.TemplateId))
        {
            _next++;
            work++;
        }

        if (IsConnected && _clock.NanoTime - _saidNanos >= HeartbeatNanos)
        {
            var e = GatewayHeartbeatEncoder.WrapForEncodeAndApplyHeader(_buffer);
            e.Epoch = Epoch;
            e.Number = AcknowledgesReports ? (ulong)Taken.Count : 0;
            Offer(_buffer.AsSpan(0, GatewayHeartbeatEncoder.EncodedLength), GatewayHeartbeatDecoder.TemplateId);
        }

        return work;
    }

    private bool Offer(ReadOnlySpan<byte> message, ushort templateId)
    {
        int count = OnSend?.Invoke(templateId) ?? 1;
        for (int sent = 0; sent < count; sent++)
        {
            if (_orders.Offer(message) <= 0)
            {
                return sent > 0;
            }
        }

        _saidNanos = _clock.NanoTime;
        return true;
    }

    private Span<byte> EncodeRequest()
    {
        var e = GatewayRequestEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Number = (ulong)_next + 1;
        e.InputSequence = _next;
        e.Epoch = Epoch;
        e.MarketNumber = _requests[_next].MarketNumber;
        e.ReportsJournaled = AcknowledgesReports ? (ulong)Taken.Count : 0;
        e.SetMessage(_requests[_next].Message);
        return _buffer.AsSpan(0, e.EncodedLengthSoFar);
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        if (OnReceive?.Invoke(header.TemplateId) == false)
        {
            return;
        }

        if (GatewayHelloDecoder.TryWrap(message, out GatewayHelloDecoder hello))
        {
            OnHello(hello);
        }
        else if (GatewayReportDecoder.TryWrap(message, out GatewayReportDecoder report))
        {
            OnReport(report);
        }
        else if (VenueIdleDecoder.TryWrap(message, out VenueIdleDecoder idle))
        {
            Idles++;
            _awaited = idle.Request == _awaited ? 0 : _awaited;
        }
        else if (GatewayHeartbeatDecoder.TryWrap(message, out _))
        {
            Heartbeats++;
        }
    }

    private void OnHello(GatewayHelloDecoder hello)
    {
        Hellos++;
        LastHello = (hello.Epoch, hello.LastRequest, hello.LastReport, hello.MarketEvents);
        bool mustAsk = false;
        if (hello.Epoch == Epoch)
        {
            // An advance that was done, and whose answer is lost, is asked again.
            mustAsk = _awaited != 0 && _awaited <= hello.LastRequest;
            _next = (int)Math.Min(hello.LastRequest, (ulong)_requests.Count);
        }
        else
        {
            _next = 0;
            if (Before is not null && _carried == NothingCarried)
            {
                Carry(hello.Epoch, hello.LastRequest);
                mustAsk = _awaited != 0;
            }
        }

        byte[] welcome = new byte[256];
        var e = GatewayWelcomeEncoder.WrapForEncodeAndApplyHeader(welcome);
        e.VenueId = hello.VenueId;
        e.ProtocolVersion = 1;
        e.Status = DoorStatus.Accepted;
        e.ShardId = ShardId;
        e.Epoch = Epoch;
        e.JournalId = hello.JournalId;
        e.NextRequest = (ulong)_next + 1;
        e.LastReport = (ulong)Taken.Count;
        e.HeartbeatNanos = HeartbeatNanos;
        e.SilentAfterNanos = SilentAfterNanos;
        e.SetDetail("");
        welcome = welcome[..e.EncodedLengthSoFar];
        _welcome = OnWelcome?.Invoke(welcome) ?? welcome;
        IsConnected = false;
        if (mustAsk)
        {
            Advance(_awaitedUntil);
        }
    }

    // Orders that the gateway never heard of are sent under new numbers; an engine asks for them before it does so.
    private void Carry(ushort epoch, ulong lastRequest)
    {
        List<ScriptedEngine> ancestors = [];
        for (ScriptedEngine? ancestor = Before; ancestor is not null; ancestor = ancestor.Before)
        {
            ancestors.Insert(0, ancestor);
            if (ancestor.Epoch == epoch)
            {
                break;
            }
        }

        foreach (ScriptedEngine ancestor in ancestors)
        {
            int from = ancestor.Epoch == epoch ? (int)lastRequest : Math.Max(0, ancestor._carried);
            _requests.AddRange(ancestor._requests.Skip(from).Where(static request => !VenueAdvanceDecoder.TryWrap(request.Message, out _)));
        }

        _carried = _requests.Count;
    }

    private void OnReport(GatewayReportDecoder report)
    {
        if (report.Number != (ulong)Taken.Count + 1)
        {
            RepeatedReports += report.Number <= (ulong)Taken.Count ? 1 : 0;
            MissedReports += report.Number > (ulong)Taken.Count ? 1 : 0;
            return;
        }

        Taken.Add(new ScriptedReport(
            report.Number, report.GetMessage().ToArray(), report.VenueTimeNanos, report.TryGetNextEventNanos(out long next) ? next : null));
        LastAnswerWasReport |= _awaited != 0;
        _awaited = 0;
    }

    private readonly struct Handler(ScriptedEngine engine) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => engine.OnMessage(buffer);
    }
}
