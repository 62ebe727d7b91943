using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Links;

/// <content>Who is at the other end: welcomes, refusals, silence.</content>
public sealed partial class GatewayPort
{
    private const int NewsPerHeartbeat = 10;

    private bool _owesWelcome;
    private ulong _saidJournaled;
    private bool _isDown;
    private bool _toldDown;

    private int AnswerHello()
    {
        if (_isHelloNew)
        {
            _isHelloNew = false;
            (DoorReason reason, string detail) = Judge(_hello);
            if (reason != DoorReason.None)
            {
                Refuse(_hello.JournalId, reason, detail);
                return 1;
            }

            Accept(_hello);
        }

        if (_owesWelcome && TryWelcome())
        {
            _owesWelcome = false;
            _saidTicks = _nowTicks;
            return 1;
        }

        if (State == PortState.CatchingUp && LastReport >= _catchUpTo)
        {
            State = PortState.Connected;
            _isDown = false;
            _tell($"gateway of venue {Options.VenueName} is connected: requests go on with {_sent + 1}, reports with {LastReport + 1}");
        }

        return 0;
    }

    private (DoorReason Reason, string Detail) Judge(in Hello hello)
    {
        bool isOfEpoch = hello.Epoch == _epoch && hello.ShardId == Options.ShardId;
        if (hello.ProtocolVersion != LinkProtocol.Version)
        {
            return (DoorReason.ProtocolVersion, $"this engine speaks version {LinkProtocol.Version} of the link, the gateway {hello.ProtocolVersion}: use builds that agree");
        }

        if (hello.VenueId != Options.VenueId)
        {
            return (DoorReason.UnknownVenue, $"this port is venue {Options.VenueId}'s ({Options.VenueName}), the gateway says {hello.VenueId}: correct the channels");
        }

        if (hello.Epoch != 0 && hello.ShardId != Options.ShardId)
        {
            return (DoorReason.OtherShard, $"the gateway's journal is of shard {hello.ShardId}, this engine is shard {Options.ShardId}: give each shard its own gateway and folder");
        }

        if (State != PortState.Waiting && hello.Session != _session && hello.JournalId != _journalId && Since(_heardTicks) <= Options.SilentAfter)
        {
            return (DoorReason.AlreadyServed, $"another gateway of venue {Options.VenueName} is connected: end it first");
        }

        if (hello.Epoch > _epoch)
        {
            return (DoorReason.OtherShard, $"the gateway has served epoch {hello.Epoch}, this engine begins {_epoch}: its journal is of another run; give it a new folder");
        }

        if (hello.LastReport < LastReport)
        {
            return (DoorReason.LostMemory, $"report {LastReport} is in the engine's journal, the gateway's knows {hello.LastReport}: start it with the journal that it had");
        }

        if (isOfEpoch && (hello.LastRequest > _retained.Last || (Counters.Welcomes > 0 && hello.MarketEvents > MarketEvents)))
        {
            return (DoorReason.LostMemory, $"the gateway has seen request {hello.LastRequest}, the engine has made {_retained.Last}: its journal is of another run");
        }

        return (DoorReason.None, "");
    }

    private void Accept(in Hello hello)
    {
        // Requests of another epoch are another engine's: this one asks for every order in doubt itself.
        ulong handled = hello.Epoch == _epoch ? Math.Max(hello.LastRequest, _retained.Done) : _retained.Done;
        _retained.Forget(handled);
        _sent = _retained.Done;
        _session = hello.Session;
        _journalId = hello.JournalId;
        _catchUpTo = hello.LastReport;
        _heardTicks = _nowTicks;
        _owesWelcome = true;
        State = PortState.CatchingUp;
        if (Counters.Welcomes++ == 0)
        {
            NumberMarketFrom(hello.MarketEvents);
        }

        if (_advance != 0 && _advance <= handled && _answer == AdvanceAnswer.None)
        {
            // Done, and its answer is lost: whoever waits asks again.
            _answer = AdvanceAnswer.Report;
        }
    }

    private bool TryWelcome()
    {
        int length = Welcome(_journalId, DoorStatus.Accepted, DoorReason.None, "");
        return _orders.Offer(_buffer.AsSpan(0, length)) > 0;
    }

    private void Refuse(ulong journalId, DoorReason reason, string detail)
    {
        Counters.Refusals++;
        _tell($"gateway of venue {Options.VenueName} is refused: {reason}: {detail}");
        int length = Welcome(journalId, DoorStatus.Refused, reason, detail);
        _orders.Offer(_buffer.AsSpan(0, length));
    }

    private int Welcome(ulong journalId, DoorStatus status, DoorReason reason, string detail)
    {
        var e = GatewayWelcomeEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.VenueId = Options.VenueId;
        e.ProtocolVersion = LinkProtocol.Version;
        e.Status = status;
        e.Reason = reason;
        e.ShardId = Options.ShardId;
        e.Epoch = _epoch;
        e.JournalId = journalId;
        e.NextRequest = _retained.Done + 1;
        e.LastReport = LastReport;
        e.HeartbeatNanos = (long)Options.Heartbeat.TotalNanoseconds;
        e.SilentAfterNanos = (long)Options.SilentAfter.TotalNanoseconds;
        e.SetDetail(detail.Length > 160 ? detail[..160] : detail);
        return e.EncodedLengthSoFar;
    }

    private void KeepAlive()
    {
        // Sooner where the gateway may forget reports, and no request has told it.
        TimeSpan pause = _saidJournaled == JournaledReport ? Options.Heartbeat : Options.Heartbeat / NewsPerHeartbeat;
        if (State == PortState.Waiting || _owesWelcome || Since(_saidTicks) < pause)
        {
            return;
        }

        var e = GatewayHeartbeatEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Epoch = _epoch;
        e.Number = JournaledReport;
        e.SentAtNanos = UtcNanos();
        if (_orders.Offer(_buffer.AsSpan(0, GatewayHeartbeatEncoder.EncodedLength)) > 0)
        {
            _saidTicks = _nowTicks;
            _saidJournaled = JournaledReport;
        }
    }

    private void WatchSilence()
    {
        if (Since(_heardTicks) <= Options.SilentAfter)
        {
            return;
        }

        if (State != PortState.Waiting)
        {
            Lose($"it has said nothing for {Options.SilentAfter.TotalSeconds:0.#} s");
        }

        _isDown = true;
    }

    private void Lose(string why)
    {
        State = PortState.Waiting;
        _isDown = true;
        Counters.Silences++;
        _tell($"gateway of venue {Options.VenueName} is lost: {why}; {_retained.Count} requests wait for it");
    }

    // The engine hears of both changes as of any input: it refuses what opens while the venue is down.
    private bool TryTellStatus()
    {
        if (_isDown == _toldDown || (_isDown && !Options.TellsSilence))
        {
            return false;
        }

        Span<byte> message = stackalloc byte[VenueStatusEncoder.EncodedLength];
        var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(message);
        e.VenueId = Options.VenueId;
        e.Connected = _isDown ? YesNo.No : YesNo.Yes;
        if (!_inputs!.TryPublish(InputSource.Gateway, long.MinValue, message))
        {
            return false;
        }

        _toldDown = _isDown;
        return true;
    }
}
