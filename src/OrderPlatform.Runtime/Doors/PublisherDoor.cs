using System.Collections.Concurrent;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Strategies.Publishing;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Doors;

/// <summary>
/// Where publishers come in. Each sends on an Aeron stream of its own, is checked at this edge, gets its inputs into the ring, and is told of each what became
/// of it once that is certain. Nobody is waited for: a session that may send no more for the moment is not read, and Aeron's flow control tells its publisher.
/// <code>
///  image ─► fragments ─► hello, or submission ─► number, token, checks ─► input ring ─► journal
///    ▲                                                   │                                 │
///    └── not read: ring full, window or budget used up    └──► answers, in order ◄── sequence, durable
/// </code>
/// </summary>
internal sealed partial class PublisherDoor : IAgent, IDisposable
{
    private const int KindsCount = 3;
    private const int SequencedPerCycle = 4_096;
    private const int HelloFragments = 4;

    private readonly DoorOptions _options;
    private readonly AeronClient _aeron;
    private readonly InputPublisher _inputs;
    private readonly EventPoller<SequencedOrigin> _sequenced;
    private readonly Func<long> _durableSequence;
    private readonly EdgeCheck _check;
    private readonly OriginTable _recovered;
    private readonly TimeProvider _time;
    private readonly bool _measures;
    private readonly Dictionary<uint, PublisherMember> _members;
    private readonly Dictionary<uint, PublisherStream> _streams = [];
    private readonly List<DoorSession> _sessions = [];
    private readonly Subscription[] _subscriptions = new Subscription[KindsCount];
    private readonly ConcurrentQueue<Image> _arrivals = [];
    private readonly List<DoorCounterSet> _counters = [];
    private readonly DoorAudit _audit;
    private readonly long _patienceTicks;
    private readonly long _showTicks;
    private SequencedHandler _sequencedHandler;
    private int _turn;
    private long _nowTicks;
    private long _nowNanos;
    private long _durable;
    private long _shownTicks;
    private volatile bool _isStopping;
    private volatile bool _isDrained = true;
    private bool _isClosed;

    /// <param name="options">Where, and who may come in.</param>
    /// <param name="aeron">The client of the media driver.</param>
    /// <param name="inputs">The door's end of the input ring.</param>
    /// <param name="sequenced">The door's end of the way back from the sequencing stage.</param>
    /// <param name="durableSequence">The last input that is in the journal as its policy promises.</param>
    /// <param name="edge">Reference data that messages are checked against.</param>
    /// <param name="recovered">How far the numbers of publishers are in the journal at the start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="measures">Whether the moment of arrival is noted in each slot.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="RegistrationException">The channel is refused: a wrong one, or its port is in use.</exception>
    /// <exception cref="Journal.JournalException">The audit cannot be written.</exception>
    public PublisherDoor(
        DoorOptions options, AeronClient aeron, InputPublisher inputs, EventPoller<SequencedOrigin> sequenced, Func<long> durableSequence, PlatformSetup edge,
        OriginTable recovered, TimeProvider time, bool measures = false)
    {
        options.Validate();
        _options = options;
        _aeron = aeron;
        _inputs = inputs;
        _sequenced = sequenced;
        _durableSequence = durableSequence;
        _check = new EdgeCheck(edge);
        _recovered = recovered.Copy();
        _time = time;
        _measures = measures;
        _members = options.Publishers.ToDictionary(static rule => rule.Id, rule => new PublisherMember(rule, time.TimestampFrequency));
        _patienceTicks = (long)(options.PatienceOfSession.TotalSeconds * time.TimestampFrequency);
        _showTicks = time.TimestampFrequency / 10;
        _sequencedHandler = new SequencedHandler(this);
        _audit = new DoorAudit(options.AuditFolder, time);
        try
        {
            Listen();
        }
        catch
        {
            _audit.Dispose();
            throw;
        }

        foreach (PublisherMember member in _members.Values)
        {
            _counters.Add(new DoorCounterSet(aeron, member.Rule.Id, member.Rule.Name, member.Counts));
        }

        _counters.Add(new DoorCounterSet(aeron, 0, "(nobody)", Nobody));
    }

    /// <inheritdoc />
    public string Name => "door";

    /// <summary>Counts of what came before a hello, or in the name of publishers that are not configured.</summary>
    public DoorCounts Nobody { get; } = new();

    /// <summary>Sessions that are welcome at the moment.</summary>
    public int LiveSessions => _sessions.Count(static session => session.Phase == SessionPhase.Live);

    /// <summary>
    /// Whether nothing waited for its answer after the last cycle: where the engine ends, the door is stepped until then, for a bounded time. Any thread may
    /// ask.
    /// </summary>
    public bool IsDrained => _isDrained;

    /// <summary>Sessions whose way back is being opened.</summary>
    internal int OpeningSessions => _sessions.Count(static session => session.Phase == SessionPhase.Opening);

    /// <summary>Takes nothing more; what was taken is still answered. Any thread may say so.</summary>
    public void Stop()
    {
        _isStopping = true;

        // The cycle that goes on at this moment may still take something: the next one tells.
        _isDrained = false;
    }

    /// <summary>The audit.</summary>
    internal DoorAudit Audit => _audit;

    /// <summary>A publisher's counts.</summary>
    /// <exception cref="KeyNotFoundException">It is not configured.</exception>
    public DoorCounts CountsOf(uint publisherId) => _members[publisherId].Counts;

    /// <inheritdoc />
    public int DoWork()
    {
        _nowTicks = _time.GetTimestamp();
        _nowNanos = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        int work = _sequenced.Poll(ref _sequencedHandler, SequencedPerCycle);
        _durable = _durableSequence();
        work += FollowImages();
        int count = _sessions.Count;
        _turn = count == 0 ? 0 : (_turn + 1) % count;
        bool isDrained = true;
        for (int index = 0; index < count; index++)
        {
            int place = _turn + index;
            DoorSession session = _sessions[place < count ? place : place - count];
            work += Serve(session);
            isDrained &= session.Answers.Count == 0;
        }

        _isDrained = isDrained;

        CloseOrphans();
        work += _audit.FlushWhenDue(_nowTicks);
        if (_nowTicks - _shownTicks >= _showTicks)
        {
            _shownTicks = _nowTicks;
            ShowCounts();
        }

        return work;
    }

    /// <summary>Rejects every session; whoever comes again is let in.</summary>
    internal void EndAllSessions() => _sessions.ForEach(session => End(session, DoorReason.Stopping, "the door is closed"));

    /// <inheritdoc />
    public void OnClose() => Dispose();

    /// <inheritdoc />
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        foreach (DoorSession session in _sessions)
        {
            if (session.Phase != SessionPhase.Gone)
            {
                TellEnd(session, DoorReason.Stopping);
            }

            session.Response?.Dispose();
        }

        _sessions.Clear();
        ShowCounts();
        _counters.ForEach(static counter => counter.Dispose());
        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        _audit.Dispose();
        foreach (PublisherMember member in _members.Values)
        {
            member.Dispose();
        }
    }

    private void Listen()
    {
        for (int kind = 1; kind <= KindsCount; kind++)
        {
            // The handler runs on the client conductor's thread.
            _subscriptions[kind - 1] = _aeron.AddSubscription(_options.Channel, DoorProtocol.StreamIdOf(kind), _arrivals.Enqueue);
        }
    }

    private int FollowImages()
    {
        int work = 0;
        for (int index = _sessions.Count - 1; index >= 0; index--)
        {
            if (_sessions[index].Image.IsClosed)
            {
                End(_sessions[index], DoorReason.None, null);
                _sessions.RemoveAt(index);
                work++;
            }
        }

        while (_arrivals.TryDequeue(out Image? image))
        {
            AddSession(image);
            work++;
        }

        return work;
    }

    private void AddSession(Image image)
    {
        int alive = 0;
        DoorSession? oldest = null;
        foreach (DoorSession other in _sessions)
        {
            alive += other.Phase == SessionPhase.Gone ? 0 : 1;
            oldest = other.Phase == SessionPhase.Waiting && (oldest is null || other.SinceTicks < oldest.SinceTicks) ? other : oldest;
        }

        int streamId = image.Subscription.StreamId;
        var session = new DoorSession(image, streamId - DoorProtocol.SignalsStreamId + 1, streamId, _nowTicks);
        _sessions.Add(session);
        if (alive >= _options.SessionsMax)
        {
            var full = new Verdict(DoorReason.TooMany, (ulong)alive);
            DoorSession leaver = oldest ?? session;
            Nobody.CountRefused();
            _audit.Tell(new DoorEventKey(0, leaver.StreamId, DoorEventKind.HelloRefused, DoorReason.TooMany), leaver.Image.SessionId, 0, default, _nowTicks);
            End(leaver, DoorReason.TooMany, full.ToString());
        }
    }

    private int Serve(DoorSession session)
    {
        switch (session.Phase)
        {
            case SessionPhase.Waiting:
                return EndWhenLate(session) ? 1 : Read(session, HelloFragments);
            case SessionPhase.Opening:
                return Open(session);
            case SessionPhase.Settling:
                return Settle(session);
            case SessionPhase.Welcoming:
                return Welcome(session);
            case SessionPhase.Live:
                return SendAnswers(session) + ReadLive(session);
            default:
                return 0;
        }
    }

    private int Read(DoorSession session, int fragments)
    {
        if (_isStopping)
        {
            return 0;
        }

        try
        {
            var handler = new FragmentHandler(this, session);
            return session.Image.ControlledPoll(ref handler, fragments);
        }
        catch (InvalidDataException failure)
        {
            // Only a publisher on this machine can write such a log; it harms itself alone.
            End(session, DoorReason.Malformed, failure.Message);
            return 1;
        }
    }

    private bool EndWhenLate(DoorSession session)
    {
        if (_nowTicks - session.SinceTicks < _patienceTicks)
        {
            return false;
        }

        bool isWaiting = session.Phase == SessionPhase.Waiting;
        End(session, isWaiting ? DoorReason.NotConnected : DoorReason.ResponseChannel, isWaiting ? "no hello came in time" : "answers cannot be delivered");
        return true;
    }

    private void End(DoorSession session, DoorReason reason, string? rejection)
    {
        if (session.Phase == SessionPhase.Gone)
        {
            return;
        }

        TellEnd(session, reason);
        if (rejection is not null && !session.Image.IsClosed)
        {
            session.Image.Reject(rejection);
        }

        if (session.RouteRegistration is { } registration)
        {
            _orphans.Add(registration);
        }

        session.Response?.Dispose();
        session.Response = null;
        session.Answers.Clear();
        if (session.Stream is { } stream && stream.Session == session)
        {
            stream.Session = null;
        }

        session.Enter(SessionPhase.Gone, _nowTicks);
    }

    private void TellEnd(DoorSession session, DoorReason reason)
    {
        if (session.Stream is not null || reason != DoorReason.None)
        {
            _audit.Tell(
                new DoorEventKey(session.PublisherId, session.StreamId, DoorEventKind.SessionEnded, reason), session.Image.SessionId,
                session.Stream?.LastEntered ?? 0, default, _nowTicks);
        }
    }

    private void ShowCounts()
    {
        foreach (DoorCounterSet counter in _counters)
        {
            counter.Show();
        }
    }

    private readonly struct SequencedHandler(PublisherDoor door) : IEventHandler<SequencedOrigin>
    {
        public void OnEvent(ref SequencedOrigin data, long sequence, bool endOfBatch)
        {
            if (door._streams.TryGetValue(data.Origin.Id, out PublisherStream? stream))
            {
                stream.Sequenced(data.Origin.Number, data.Sequence);
            }
        }
    }

    private readonly struct FragmentHandler(PublisherDoor door, DoorSession session) : IControlledFragmentHandler
    {
        public ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header)
        {
            if (FragmentBuffer.IsWhole(header))
            {
                return door.OnMessage(session, buffer, buffer.Length);
            }

            if (!session.Fragments.TryTake(buffer, header, out ReadOnlySpan<byte> message))
            {
                return ControlledFragmentHandlerAction.Continue;
            }

            ControlledFragmentHandlerAction action = door.OnMessage(session, message, session.Fragments.Length);
            if (action == ControlledFragmentHandlerAction.Abort)
            {
                session.Fragments.TakeBack(buffer.Length, header);
            }

            return action;
        }
    }
}
