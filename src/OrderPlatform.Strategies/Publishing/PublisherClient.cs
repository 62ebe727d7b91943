using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>
/// Sends signals, market data or commands to an engine, and learns of each what became of it. What has no answer is kept and sent again after a lost connection
/// or an engine's restart; the door recognises what it has. One thread steps it by <see cref="DoWork"/>; it waits for nothing, and allocates nothing a message.
/// The numbers go on where the engine's journal ends: whoever starts anew, and must not lose what was without an answer when it ended, keeps its own record.
/// </summary>
/// <example>
/// <code>
/// var options = new PublisherOptions { Channel = "aeron:udp?endpoint=127.0.0.1:20101", PublisherId = 7 };
/// using var publisher = new PublisherClient(options, aeron, TimeProvider.System);
/// publisher.Connect(TimeSpan.FromSeconds(10));
/// publisher.TryPublish(signal, nowNanos, out ulong number);
/// publisher.WaitForAnswers(TimeSpan.FromSeconds(10));
/// </code>
/// </example>
public sealed class PublisherClient : IDisposable
{
    private const int AnswersPerCycle = 256;
    private const int SubmissionsPerCycle = 256;

    private readonly PublisherOptions _options;
    private readonly DoorConnection _connection;
    private readonly TimeProvider _time;
    private readonly PublisherToken? _token;
    private readonly SubmissionWindow _window = new();
    private readonly byte[] _hello = new byte[PublisherHelloEncoder.MinEncodedLength + 160];
    private readonly long _helloTicks;
    private readonly long _patienceTicks;
    private AnswerHandler _answers;
    private ulong _nextToSend = 1;
    private int _allowed;
    private bool _hasNumbers;
    private bool _isWelcome;
    private long _saidHelloTicks;
    private bool _hasSaidHello;
    private long _aliveTicks;
    private bool _isDisposed;

    /// <summary>A publisher; it connects as it is stepped.</summary>
    /// <param name="options">Where to, and as whom.</param>
    /// <param name="aeron">The client of a media driver.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="AeronException">The client is closed.</exception>
    public PublisherClient(PublisherOptions options, AeronClient aeron, TimeProvider time)
    {
        if (options.Window is < 1 or > DoorProtocol.WindowMax || options.PublisherId is < 1 or > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"publisher {options.PublisherId} with a window of {options.Window}: ids are 1 to {ushort.MaxValue}, windows 1 to {DoorProtocol.WindowMax}");
        }

        _options = options;
        _time = time;
        _token = options.Key is null ? null : new PublisherToken(options.Key);
        _connection = new DoorConnection(aeron, options);
        _helloTicks = TicksOf(options.HelloInterval);
        _patienceTicks = TicksOf(options.Patience);
        _aliveTicks = time.GetTimestamp();
        _answers = new AnswerHandler(this);
    }

    /// <summary>Told of each answer, in the order of the numbers.</summary>
    public AcknowledgementHandler? OnAcknowledged { get; set; }

    /// <summary>Whether the door has said welcome and the connection stands.</summary>
    public bool IsConnected => _isWelcome;

    /// <summary>Submissions without an answer.</summary>
    public int Outstanding => _window.Count;

    /// <summary>The number of the next submission; known after the first welcome.</summary>
    public ulong NextNumber => _window.Next;

    /// <summary>The last number in the engine's journal at the last welcome, and its sequence.</summary>
    public (ulong Number, long Sequence) LastJournaled { get; private set; }

    /// <summary>How often the door said welcome: once, and once for each reconnect.</summary>
    public int Welcomes { get; private set; }

    /// <summary>Why the door refused the last hello; none where it said welcome, or has not answered.</summary>
    public DoorReason Refusal { get; private set; }

    /// <summary>What the door says of it.</summary>
    public string RefusalText { get; private set; } = string.Empty;

    /// <summary>The response channel with its port, when it is known.</summary>
    public string? ResponseChannel => _connection.ResponseChannel;

    /// <summary>Submits a message, at once if that is possible, else as soon as it is.</summary>
    /// <param name="message">An input with its header, at most 432 bytes.</param>
    /// <param name="sentAtNanos">Its time, nanoseconds since 1970.</param>
    /// <param name="number">The number that it got.</param>
    /// <returns>False where as many as may be wait for an answer, or there was no welcome yet: step and try again.</returns>
    /// <exception cref="ArgumentException">The message is longer than any submission can be.</exception>
    public bool TryPublish(ReadOnlySpan<byte> message, long sentAtNanos, out ulong number)
    {
        if (message.Length > SubmissionWindow.MessageLengthMax)
        {
            throw new ArgumentException($"a message of {message.Length} bytes does not fit a submission, which holds {SubmissionWindow.MessageLengthMax}");
        }

        number = _window.Next;
        if (!_hasNumbers || _window.Count >= _allowed)
        {
            return false;
        }

        long now = _time.GetTimestamp();
        _aliveTicks = _window.Count == 0 ? now : _aliveTicks;
        _window.Add(_options.PublisherId, message, sentAtNanos, now, _token);
        SendWaiting();
        return true;
    }

    /// <summary>One bounded cycle: takes answers, sends what waits, connects where there is no connection.</summary>
    /// <returns>How much was done.</returns>
    /// <exception cref="RegistrationException">The media driver refuses a channel.</exception>
    /// <exception cref="AeronException">The client of the media driver is closed.</exception>
    public int DoWork()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        bool isOpen = _connection.IsOpen();
        int work = _connection.Responses?.Poll(ref _answers, AnswersPerCycle) ?? 0;
        long now = _time.GetTimestamp();
        if (_isWelcome)
        {
            work += SendWaiting();
            bool isAlive = isOpen && _connection.Responses!.IsConnected && (_window.Count == 0 || work > 0);
            _aliveTicks = isAlive ? now : _aliveTicks;
            if (now - _aliveTicks > _patienceTicks)
            {
                Restart(now);
            }

            return work;
        }

        if (Refusal != DoorReason.None && _hasSaidHello && now - _saidHelloTicks >= _helloTicks)
        {
            // The door has rejected the session; what refused it may have passed.
            Restart(now);
        }
        else if (isOpen && (!_hasSaidHello || now - _saidHelloTicks >= _helloTicks))
        {
            work += SayHello(now);
        }
        else if (_hasSaidHello && now - _aliveTicks > _patienceTicks)
        {
            Restart(now);
        }

        return work;
    }

    /// <summary>Steps until the door has said welcome.</summary>
    /// <exception cref="TimeoutException">It did not in time, or refuses for a reason that does not pass; the text says what is known of it.</exception>
    public void Connect(TimeSpan limit)
    {
        StepUntil(static client => client.IsConnected || client.IsRefusedForGood, limit);
        if (!IsConnected)
        {
            throw new TimeoutException(
                RefusalText.Length > 0 ? $"the engine at {_options.Channel} refuses publisher {_options.PublisherId}: {Refusal}: {RefusalText}"
                : _connection.Publication is { IsConnected: true }
                    ? $"the engine at {_options.Channel} does not answer on {ResponseChannel}: is it the channel of a door, and can it reach this machine?"
                : $"there is no engine at {_options.Channel}, stream {_options.StreamId}: start it, or name its channel");
        }
    }

    /// <summary>Submits, and steps while there is no room.</summary>
    /// <returns>The number that it got.</returns>
    /// <exception cref="TimeoutException">There was no room in time.</exception>
    public ulong Publish(ReadOnlySpan<byte> message, long sentAtNanos, TimeSpan limit)
    {
        long begin = _time.GetTimestamp();
        ulong number;
        var wait = new SpinWait();
        while (!TryPublish(message, sentAtNanos, out number))
        {
            Wait(ref wait, DoWork());
            if (_time.GetElapsedTime(begin) > limit)
            {
                throw new TimeoutException(
                    $"the engine at {_options.Channel} took nothing for {limit.TotalSeconds} s: {Outstanding} submissions wait for an answer");
            }
        }

        return number;
    }

    /// <summary>Steps until everything has its answer.</summary>
    /// <returns>False where that was not so in time.</returns>
    public bool WaitForAnswers(TimeSpan limit) => StepUntil(static client => client.Outstanding == 0, limit);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _connection.Dispose();
            _token?.Dispose();
        }
    }

    private bool IsRefusedForGood =>
        Refusal is not (DoorReason.None or DoorReason.AlreadyConnected or DoorReason.Stopping or DoorReason.TooMany);

    private static void Wait(ref SpinWait wait, int work)
    {
        if (work > 0)
        {
            wait.Reset();
        }
        else
        {
            wait.SpinOnce();
        }
    }

    private bool StepUntil(Func<PublisherClient, bool> condition, TimeSpan limit)
    {
        long begin = _time.GetTimestamp();
        var wait = new SpinWait();
        while (!condition(this))
        {
            if (_time.GetElapsedTime(begin) > limit)
            {
                return false;
            }

            Wait(ref wait, DoWork());
        }

        return true;
    }

    private long TicksOf(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private int SendWaiting()
    {
        int sent = 0;
        while (_isWelcome && _nextToSend < _window.Next && sent < SubmissionsPerCycle && _connection.Publication!.Offer(_window.BytesOf(_nextToSend)) > 0)
        {
            _nextToSend++;
            sent++;
        }

        return sent;
    }

    private int SayHello(long now)
    {
        var e = PublisherHelloEncoder.WrapForEncodeAndApplyHeader(_hello);
        e.PublisherId = _options.PublisherId;
        e.ProtocolVersion = DoorProtocol.Version;
        e.ResponseStreamId = _options.ResponseStreamId;
        e.NextNumber = _hasNumbers ? _window.First : 1;
        e.SentAtNanos = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        e.SetResponseChannel(_connection.ResponseChannel);
        Span<byte> hello = _hello.AsSpan(0, e.EncodedLengthSoFar);
        _token?.Write(hello, PublisherToken.OffsetInHello);
        if (_connection.Publication!.Offer(hello) < 0)
        {
            return 0;
        }

        _aliveTicks = _hasSaidHello ? _aliveTicks : now;
        _saidHelloTicks = now;
        _hasSaidHello = true;
        Refusal = DoorReason.None;
        return 1;
    }

    private void Restart(long now)
    {
        _connection.Renew();
        _isWelcome = false;
        _hasSaidHello = false;
        _aliveTicks = now;
    }

    private void OnWelcome(ref PublisherWelcomeDecoder welcome)
    {
        // Answers to other sessions, and to hellos that were said again in vain, say nothing that is not known.
        bool isOurs = welcome.PublisherId == _options.PublisherId && welcome.SessionId == _connection.Publication?.SessionId;
        if (_isWelcome || !isOurs)
        {
            return;
        }

        Refusal = welcome.Reason;
        if (welcome.Status != DoorStatus.Accepted)
        {
            RefusalText = System.Text.Encoding.UTF8.GetString(welcome.GetDetail());
            return;
        }

        RefusalText = string.Empty;
        LastJournaled = (welcome.LastNumber, welcome.LastSequence);
        if (!_hasNumbers)
        {
            _window.BeginAt(welcome.LastNumber + 1);
            _hasNumbers = true;
        }

        _allowed = (int)Math.Min((uint)_options.Window, welcome.Window);
        _nextToSend = _window.First;
        _isWelcome = true;
        _aliveTicks = _time.GetTimestamp();
        Welcomes++;
    }

    private void OnAnswer(ref SubmissionAckDecoder ack)
    {
        if (ack.PublisherId != _options.PublisherId || ack.StreamId != _options.StreamId || !_isWelcome)
        {
            return;
        }

        ulong number = ack.Number;
        bool isGap = ack.Status == DoorStatus.Refused && ack.Reason == DoorReason.NumberGap;
        if (number == _window.First && number < _window.Next && !isGap)
        {
            long sentTicks = _window.SentTicksOf(number);
            _window.RemoveFirst();
            OnAcknowledged?.Invoke(new Acknowledgement(number, ack.Status, ack.Reason, ack.Sequence, ack.ReceivedAtNanos, sentTicks, ack.GetDetail()));
        }
        else if (number >= _window.First && number < _window.Next)
        {
            // The door waits for another number than it was sent: both begin again at the first one without an answer.
            _isWelcome = false;
            _hasSaidHello = false;
        }
    }

    private readonly struct AnswerHandler(PublisherClient client) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header)
        {
            if (SubmissionAckDecoder.TryWrap(buffer, out SubmissionAckDecoder ack))
            {
                if (MessageValidator.Validate(buffer) == Sbe.MessageProblem.None)
                {
                    client.OnAnswer(ref ack);
                }
            }
            else if (PublisherWelcomeDecoder.TryWrap(buffer, out PublisherWelcomeDecoder welcome)
                && MessageValidator.Validate(buffer) == Sbe.MessageProblem.None)
            {
                client.OnWelcome(ref welcome);
            }
        }
    }
}
