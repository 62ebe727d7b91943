using OrderPlatform.Aeron.Client;
using OrderPlatform.Engine;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Events;

/// <summary>
/// What happens, to whoever subscribes: outputs, and market data, of each input that is durable in the journal, from the follower's engine and on its thread,
/// so that the live engine knows nothing of it (law 5). A subscriber gets a snapshot and then everything behind it. Slow ones are left behind and come
/// back by a new snapshot; nobody is waited for. When the driver is lost the stream ends and the follower goes on.
/// </summary>
public sealed class EventsStream : IReplicaObserver
{
    private readonly EventsOptions _options;
    private readonly AeronClient _aeron;
    private readonly Func<long> _durableSequence;
    private readonly Action<string> _onProblem;
    private readonly Subscription _requests;
    private readonly Subscribers _subscribers;
    private readonly EventEnvelopeBuffer _envelope = new();
    private readonly byte[] _balance = new byte[512];
    private long _observed = -1;
    private long _malformedInputs;
    private long _snapshots;
    private bool _isEnded;

    /// <summary>An events stream; waits for the driver to listen.</summary>
    /// <param name="options">Where, who, and how much.</param>
    /// <param name="aeron">The client; it must outlive the stream.</param>
    /// <param name="durableSequence">Up to where the journal is durable: nothing later is told.</param>
    /// <param name="onProblem">Told once if the stream ends because the driver is lost.</param>
    /// <param name="time">For limits of waiting.</param>
    /// <exception cref="AeronException">The driver does not listen on that channel.</exception>
    public EventsStream(EventsOptions options, AeronClient aeron, Func<long> durableSequence, Action<string> onProblem, TimeProvider time)
    {
        _options = options;
        _aeron = aeron;
        _durableSequence = durableSequence;
        _onProblem = onProblem;
        _subscribers = new Subscribers(options, aeron, _envelope, time);
        _requests = aeron.AddSubscription(options.Channel, options.StreamId);
    }

    /// <summary>Subscribers that have been answered and are there; any thread may ask, here and below.</summary>
    public int SubscriberCount => _subscribers.AnsweredCount;

    /// <summary>Snapshots begun.</summary>
    public long Snapshots => Volatile.Read(ref _snapshots);

    /// <summary>How often a subscriber fell behind.</summary>
    public long TimesBehind => _subscribers.TimesBehind;

    /// <summary>Requests that were refused, answered or not.</summary>
    public long Refused => _subscribers.Refused;

    /// <summary>Messages that were no request.</summary>
    public long Malformed => _subscribers.Malformed;

    /// <summary>Whether the driver was lost, and with it the stream.</summary>
    public bool IsEnded => Volatile.Read(ref _isEnded);

    /// <inheritdoc />
    public bool TryObserve(long sequence, ReadOnlySpan<byte> input, BusinessLogicProcessor engine)
    {
        if (_isEnded)
        {
            return true;
        }

        if (_durableSequence() < sequence)
        {
            return false;
        }

        bool isMalformed = engine.State.MalformedInputs != _malformedInputs;
        _malformedInputs = engine.State.MalformedInputs;
        _observed = sequence;
        if (_subscribers.AreReceiving)
        {
            Tell(engine.State, input, isMalformed);
        }

        return true;
    }

    /// <inheritdoc />
    public int DoWork(BusinessLogicProcessor engine)
    {
        if (_isEnded)
        {
            return 0;
        }

        if (_observed < 0)
        {
            (_observed, _malformedInputs) = (engine.State.Sequence, engine.State.MalformedInputs);
        }

        if (_aeron.IsClosed)
        {
            return End("its client has lost the driver");
        }

        try
        {
            _subscribers.Poll(_requests);

            // Between an input and its observation the replica knows what may not be told yet.
            return engine.State.Sequence == _observed ? _subscribers.Snapshot(engine.State, ref _snapshots) : 0;
        }
        catch (Exception failure) when (failure is AeronException or InvalidDataException)
        {
            return End(failure.Message);
        }
    }

    /// <inheritdoc />
    public void OnClose()
    {
        _subscribers.Close();
        _requests.Dispose();
    }

    private int End(string why)
    {
        Volatile.Write(ref _isEnded, true);
        _onProblem($"the events stream ended: {why}; subscribers get nothing more until the next start");
        return 0;
    }

    private void Tell(EngineState state, ReadOnlySpan<byte> input, bool isMalformed)
    {
        // The input itself has the first number whether anybody gets it or not: the numbers do not depend on who listens.
        if (!isMalformed && _subscribers.AnyWants(EventTopics.Market) && MarketInput.IsTaken(state, input))
        {
            _subscribers.SendMarket(_envelope.Write(state.Sequence, state.NowNanos, 0, EventPart.Live, input));
        }

        for (int index = 0; index < state.Outputs.Count; index++)
        {
            Send(state, index + 1, state.Outputs[index]);
        }

        if (!isMalformed && AccountConfigurationDecoder.TryWrap(input, out AccountConfigurationDecoder account)
            && state.Accounts.TryFind(account.AccountId, out int row))
        {
            Send(state, state.Outputs.Count + 1, _balance.AsSpan(0, SnapshotCursor.WriteAccount(state, null, _balance, state.Accounts[row])));
        }
    }

    private void Send(EngineState state, int index, ReadOnlySpan<byte> message)
    {
        EventAudience audience = EventAudience.Of(state, message);
        if (_subscribers.AnyWants(audience.Topic))
        {
            _subscribers.Send(audience, _envelope.Write(state.Sequence, state.NowNanos, index, EventPart.Live, message));
        }
    }
}
