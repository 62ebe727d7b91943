using OrderPlatform.Aeron.Client;
using OrderPlatform.Engine;
using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Events;

/// <summary>Who subscribes: takes requests, answers them, and lets go of who is gone. Bounded by the options, whatever is asked.</summary>
internal sealed class Subscribers
{
    private const int RequestsPerPoll = 4;
    private const int DetailLengthMax = 160;

    private static readonly TimeSpan RefusalStays = TimeSpan.FromSeconds(1);

    private readonly EventsOptions _options;
    private readonly AeronClient _aeron;
    private readonly EventEnvelopeBuffer _envelope;
    private readonly TimeProvider _time;
    private readonly SubscribeReader _reader;
    private readonly FragmentHandler _onRequest;
    private readonly List<(Subscriber Subscriber, long Since)> _all = [];
    private EventTopics _wanted;
    private int _answered;
    private long _timesBehind;
    private long _refused;
    private long _malformed;

    public Subscribers(EventsOptions options, AeronClient aeron, EventEnvelopeBuffer envelope, TimeProvider time)
    {
        _options = options;
        _aeron = aeron;
        _envelope = envelope;
        _time = time;
        _reader = new SubscribeReader(options);
        _onRequest = OnRequest;
    }

    public int AnsweredCount => Volatile.Read(ref _answered);

    public long TimesBehind => Volatile.Read(ref _timesBehind);

    public long Refused => Volatile.Read(ref _refused);

    public long Malformed => Volatile.Read(ref _malformed);

    /// <summary>Whether events go to anybody now.</summary>
    public bool AreReceiving => _wanted != 0;

    /// <summary>Whether anybody who receives now wants a topic.</summary>
    public bool AnyWants(EventTopics topic) => (_wanted & topic) != 0;

    /// <summary>Takes requests and goes on with each subscriber.</summary>
    public void Poll(Subscription requests)
    {
        requests.Poll(_onRequest, RequestsPerPoll);
        for (int index = _all.Count - 1; index >= 0; index--)
        {
            (Subscriber subscriber, long since) = _all[index];
            TimeSpan age = _time.GetElapsedTime(since);
            if (!Continues(subscriber, age) && (!subscriber.IsRefused || age >= RefusalStays))
            {
                subscriber.Close();
                _all.RemoveAt(index);
            }
        }

        Count();
    }

    /// <summary>Sends to all who want an event and may see it.</summary>
    public void Send(EventAudience audience, ReadOnlySpan<byte> envelope)
    {
        foreach ((Subscriber subscriber, _) in _all)
        {
            if (subscriber.IsReceiving && subscriber.Wants(audience.Topic) && subscriber.Sees(audience.ClientId) && !subscriber.Send(envelope))
            {
                _timesBehind++;
            }
        }
    }

    /// <summary>Sends to all who want market data: these belong to no client and are no secret.</summary>
    public void SendMarket(ReadOnlySpan<byte> envelope)
    {
        foreach ((Subscriber subscriber, _) in _all)
        {
            if (subscriber.IsReceiving && subscriber.Wants(EventTopics.Market) && !subscriber.Send(envelope))
            {
                _timesBehind++;
            }
        }
    }

    /// <summary>Goes on with the snapshots.</summary>
    public int Snapshot(EngineState state, ref long begun)
    {
        int sent = 0;
        foreach ((Subscriber subscriber, _) in _all)
        {
            sent += subscriber.Snapshot(state, ref begun);
        }

        Count();
        return sent;
    }

    public void Close()
    {
        foreach ((Subscriber subscriber, _) in _all)
        {
            subscriber.Close();
        }

        _all.Clear();
        Count();
    }

    private bool Continues(Subscriber subscriber, TimeSpan age)
    {
        try
        {
            return subscriber.DoWork(_aeron, age);
        }
        catch (RegistrationException)
        {
            _refused++;
            return false;
        }
    }

    private void OnRequest(ReadOnlySpan<byte> message, in Header header)
    {
        _reader.Read(message, header.Image, out SubscribeRequest? request, out ISubscriberRule? rule, out DoorReason reason, out string detail);
        _malformed += reason == DoorReason.Malformed ? 1 : 0;
        _refused += reason is DoorReason.None or DoorReason.Malformed ? 0 : 1;
        if (request is null || !TryMakeRoom(request))
        {
            return;
        }

        if (rule is not null && !HasRoomFor(request.PublisherId))
        {
            _refused++;
            (rule, reason) = (null, DoorReason.TooMany);
            detail = $"at most {_options.SubscribersMax} subscribers, {_options.SubscribersOfOneMax} of one publisher";
        }

        if (rule is not null || CountOf(refused: true) < _options.AnswersMax)
        {
            _all.Add((new Subscriber(_options, request, rule, Welcome(request.PublisherId, reason, detail), _envelope, _aeron), _time.GetTimestamp()));
        }
    }

    // One of an image: what asks again has lost its stream, and gets a new one. While the answer to the first request is under way, the second is the same.
    private bool TryMakeRoom(SubscribeRequest request)
    {
        for (int index = 0; index < _all.Count; index++)
        {
            Subscriber subscriber = _all[index].Subscriber;
            if (subscriber.Request.Image != request.Image)
            {
                continue;
            }

            if (subscriber.IsRefused || (subscriber.IsOpening && subscriber.Request == request))
            {
                return false;
            }

            subscriber.Close();
            _all.RemoveAt(index);
            return true;
        }

        return true;
    }

    private bool HasRoomFor(uint publisherId)
    {
        int own = 0;
        foreach ((Subscriber subscriber, _) in _all)
        {
            own += !subscriber.IsRefused && subscriber.Request.PublisherId == publisherId ? 1 : 0;
        }

        return CountOf(refused: false) < _options.SubscribersMax && own < _options.SubscribersOfOneMax;
    }

    private int CountOf(bool refused)
    {
        int count = 0;
        foreach ((Subscriber subscriber, _) in _all)
        {
            count += subscriber.IsRefused == refused ? 1 : 0;
        }

        return count;
    }

    private void Count()
    {
        EventTopics wanted = 0;
        int answered = 0;
        foreach ((Subscriber subscriber, _) in _all)
        {
            wanted |= subscriber.IsReceiving ? subscriber.Request.Topics : 0;
            answered += subscriber.IsRefused || subscriber.IsOpening ? 0 : 1;
        }

        _wanted = wanted;
        Volatile.Write(ref _answered, answered);
    }

    private static byte[] Welcome(uint publisherId, DoorReason reason, string detail)
    {
        var message = new byte[EventsWelcomeEncoder.MinEncodedLength + DetailLengthMax];
        var e = EventsWelcomeEncoder.WrapForEncodeAndApplyHeader(message);
        e.PublisherId = publisherId;
        e.ProtocolVersion = DoorProtocol.Version;
        e.Status = reason == DoorReason.None ? DoorStatus.Accepted : DoorStatus.Refused;
        e.Reason = reason;
        e.SetDetail(detail.AsSpan(0, Math.Min(detail.Length, DetailLengthMax)));
        return message[..e.EncodedLengthSoFar];
    }
}
