using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Doubts;

/// <summary>A live venue as a test tells it: nobody knows what became of the last request but the venue, which answers when the test lets it.</summary>
internal sealed class ScriptedVenue : IExecutionConnector
{
    private readonly Queue<byte[]> _answers = new();

    public ushort VenueId => 1;

    public GatewayKind Kind => GatewayKind.Live;

    public List<byte[]> Sent { get; } = [];

    public List<ulong> Asked { get; } = [];

    /// <summary>What it answers to whoever asks for an order; nothing: it does not answer.</summary>
    public Dictionary<ulong, byte[][]> Knows { get; } = [];

    public bool IsReachable { get; set; } = true;

    public RequestFate Fate { get; init; } = RequestFate.Unknown;

    public void Recover(ulong lastOrdinal)
    {
    }

    public RequestFate FateOf(ReadOnlySpan<byte> request) => Fate;

    public bool TrySend(ReadOnlySpan<byte> request)
    {
        if (IsReachable)
        {
            Sent.Add(request.ToArray());
        }

        return IsReachable;
    }

    public bool TryAsk(ReadOnlySpan<byte> question)
    {
        if (IsReachable)
        {
            ulong order = OrderStatusRequestDecoder.WrapForDecodeAndApplyHeader(question).ClientOrderId;
            Asked.Add(order);
            Answer(order);
        }

        return IsReachable;
    }

    /// <summary>What it knows of an order comes now.</summary>
    public void Answer(ulong order)
    {
        foreach (byte[] message in Knows.GetValueOrDefault(order, []))
        {
            _answers.Enqueue(message);
        }
    }

    public int TryTake(Span<byte> buffer, out VenueNews news)
    {
        news = new VenueNews(7, 0);
        if (!_answers.TryDequeue(out byte[]? message))
        {
            return 0;
        }

        message.CopyTo(buffer);
        return message.Length;
    }
}
