using System.Text;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>A publisher without any help: it offers the bytes that a test gives it, and collects what comes back.</summary>
internal sealed class RawPublisher : IDisposable
{
    private readonly DoorRig _rig;
    private readonly Subscription _responses;
    private readonly AeronNode _node;

    /// <param name="rig">The door.</param>
    /// <param name="id">Publisher.</param>
    /// <param name="node">Its media driver; the engine's own where it speaks over IPC.</param>
    /// <param name="channel">Of the door.</param>
    /// <param name="stream">Of the door.</param>
    /// <param name="responseStream">Of its answers.</param>
    /// <param name="key">Of its tokens.</param>
    public RawPublisher(DoorRig rig, uint id, AeronNode node, string channel = DoorRig.Udp, int stream = 1001, int responseStream = 1010, byte[]? key = null)
    {
        _rig = rig;
        _node = node;
        Id = id;
        Token = key is null ? null : new PublisherToken(key);
        bool isIpc = channel.StartsWith("aeron:ipc", StringComparison.Ordinal);
        _responses = node.Client.AddSubscription(isIpc ? "aeron:ipc" : "aeron:udp?endpoint=127.0.0.1:0", responseStream);
        ResponseChannel = isIpc ? "aeron:ipc" : _responses.TryResolveChannelEndpointPort()!;
        ResponseStream = responseStream;
        Stream = stream;
        Channel = channel;
        Publication = node.Client.AddExclusivePublication(channel, stream);
    }

    public uint Id { get; }

    public PublisherToken? Token { get; }

    public string Channel { get; }

    public string ResponseChannel { get; }

    public int ResponseStream { get; }

    public int Stream { get; }

    public ExclusivePublication Publication { get; private set; }

    public List<WelcomeLine> Welcomes { get; } = [];

    public List<AckLine> Acks { get; } = [];

    /// <summary>Messages of others on the same response stream.</summary>
    public int Foreign { get; private set; }

    /// <summary>Whether it takes what comes back.</summary>
    public bool Reads { get; set; } = true;

    public void Offer(ReadOnlySpan<byte> bytes)
    {
        for (int tries = 0; Publication.Offer(bytes) < 0; tries++)
        {
            Assert.That(tries, Is.LessThan(200_000), "the door does not read");
            Step();
        }
    }

    public bool TryOffer(ReadOnlySpan<byte> bytes) => Publication.Offer(bytes) > 0;

    public void Send(ulong number, ReadOnlySpan<byte> message) => Offer(DoorMessages.Submission(Id, number, message, Token));

    public void Hello(ulong next = 1) => Offer(DoorMessages.Hello(Id, ResponseChannel, ResponseStream, next, token: Token));

    /// <summary>Says hello and waits for the welcome.</summary>
    public WelcomeLine Connect(ulong next = 1)
    {
        int before = Welcomes.Count;
        Hello(next);
        StepUntil(() => Welcomes.Count > before, "a welcome");
        return Welcomes[^1];
    }

    /// <summary>Ends its stream and begins another, as a process that starts anew.</summary>
    public void NewSession()
    {
        Publication.Dispose();
        Publication = _node.Client.AddExclusivePublication(Channel, Stream);
    }

    public void StepUntil(Func<bool> condition, string what, int seconds = 30) => _rig.StepUntil(
        () =>
        {
            Poll();
            return condition();
        },
        what, seconds);

    public AckLine[] AwaitAcks(int count)
    {
        StepUntil(() => Acks.Count >= count, $"{count} acknowledgements, of which there are {Acks.Count}");
        return [.. Acks];
    }

    public void Step()
    {
        _rig.Step();
        Poll();
    }

    public void Poll()
    {
        if (Reads)
        {
            _responses.Poll(Take, 64);
        }
    }

    public void Dispose()
    {
        Publication.Dispose();
        _responses.Dispose();
        Token?.Dispose();
    }

    private void Take(ReadOnlySpan<byte> buffer, in Header header)
    {
        if (PublisherWelcomeDecoder.TryWrap(buffer, out PublisherWelcomeDecoder welcome))
        {
            if (welcome.SessionId != Publication.SessionId)
            {
                Foreign++;
                return;
            }

            Welcomes.Add(new WelcomeLine(welcome.Status, welcome.Reason, welcome.LastNumber, welcome.LastSequence, welcome.Window, Text(welcome.GetDetail())));
            return;
        }

        var ack = SubmissionAckDecoder.WrapForDecodeAndApplyHeader(buffer);
        if (ack.PublisherId == Id && ack.StreamId == Stream)
        {
            Acks.Add(new AckLine(ack.Number, ack.Status, ack.Reason, ack.Sequence, Text(ack.GetDetail())));
        }
        else
        {
            Foreign++;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}

/// <summary>A welcome.</summary>
internal sealed record WelcomeLine(DoorStatus Status, DoorReason Reason, ulong LastNumber, long LastSequence, uint Window, string Detail);

/// <summary>An acknowledgement.</summary>
internal sealed record AckLine(ulong Number, DoorStatus Status, DoorReason Reason, long Sequence, string Detail);
