using System.Collections.Concurrent;
using OrderPlatform.Engine;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Operating;

/// <summary>What the follower's engine said of each operator's input: alerts, and how many requests it caused. Written by the follower, read by the inbox.</summary>
public sealed class OperatorOutcomes : IReplicaObserver
{
    private const int KeptMax = 256;
    private const int AlertsMax = 16;

    private readonly ConcurrentDictionary<long, OperatorAnswer> _outcomes = [];
    private readonly Queue<long> _order = [];

    /// <inheritdoc />
    public bool TryObserve(long sequence, ReadOnlySpan<byte> input, BusinessLogicProcessor engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (MessageHeader.TryRead(input, out MessageHeader header)
            && header.TemplateId is OperatorCommandDecoder.TemplateId or OperatorLimitDecoder.TemplateId or OperatorOrderDecoder.TemplateId)
        {
            Keep(sequence, engine);
        }

        return true;
    }

    /// <inheritdoc />
    public int DoWork(BusinessLogicProcessor engine) => 0;

    /// <inheritdoc />
    public void OnClose()
    {
    }

    internal bool TryTake(long sequence, out OperatorAnswer? outcome) => _outcomes.TryRemove(sequence, out outcome);

    private void Keep(long sequence, BusinessLogicProcessor engine)
    {
        var alerts = new List<OperatorAlert>();
        int requests = 0;
        for (int index = 0; index < engine.Outputs.Count; index++)
        {
            ReadOnlySpan<byte> output = engine.Outputs[index];
            if (AlertEventDecoder.TryWrap(output, out AlertEventDecoder alert))
            {
                if (alerts.Count < AlertsMax)
                {
                    alerts.Add(new OperatorAlert(alert.Severity.ToString(), alert.Reason.ToString(), alert.SubjectId, alert.Expected, alert.Actual));
                }
            }
            else if (MessageHeader.TryRead(output, out MessageHeader header)
                && header.TemplateId is >= NewOrderDecoder.TemplateId and <= OrderStatusRequestDecoder.TemplateId)
            {
                requests++;
            }
        }

        _outcomes[sequence] = new OperatorAnswer("", OperatorOutcome.Journaled) { Sequence = sequence, IsSeen = true, Alerts = alerts, Requests = requests };
        _order.Enqueue(sequence);
        if (_order.Count > KeptMax)
        {
            _outcomes.TryRemove(_order.Dequeue(), out _);
        }
    }
}
