using OrderPlatform.Disruptor;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Links;

/// <summary>Tells each port which of its reports have been sequenced.</summary>
internal sealed class PortsAgent : IAgent
{
    private const int PerCycle = 256;

    private readonly IReadOnlyList<GatewayPort> _ports;
    private readonly EventPoller<SequencedOrigin> _sequenced;
    private Handler _handler;

    public PortsAgent(IReadOnlyList<GatewayPort> ports, EventPoller<SequencedOrigin> sequenced)
    {
        _ports = ports;
        _sequenced = sequenced;
        _handler = new Handler(this);
    }

    public string Name => "ports";

    public int DoWork() => _sequenced.Poll(ref _handler, PerCycle);

    public void OnClose()
    {
    }

    private void Tell(in SequencedOrigin sequenced)
    {
        foreach (GatewayPort port in _ports)
        {
            if (port.OriginId == sequenced.Origin.Id)
            {
                port.OnSequenced(sequenced.Origin.Number, sequenced.Sequence);
            }
        }
    }

    private readonly struct Handler(PortsAgent agent) : IEventHandler<SequencedOrigin>
    {
        public void OnEvent(ref SequencedOrigin data, long sequence, bool endOfBatch) => agent.Tell(data);
    }
}
