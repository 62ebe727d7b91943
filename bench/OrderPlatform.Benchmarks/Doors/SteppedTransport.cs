using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>An embedded driver and a client without threads of their own: the thread that owns them steps them between its other work.</summary>
internal sealed class SteppedTransport : IDisposable
{
    private const int ConductorCycle = 256;

    private readonly MediaDriver _driver;
    private readonly IAgent _agent;
    private int _cycles;

    public SteppedTransport()
    {
        _driver = MediaDriver.LaunchEmbedded(new MediaDriverContext
        {
            ThreadingMode = ThreadingMode.Invoker,
            TermBufferSparseFile = false,
            TermBufferLength = 1 << 20,
        });
        _agent = _driver.Invoker!;
        Client = AeronClient.Connect(new AeronContext
        {
            AeronDirectoryName = _driver.AeronDirectoryName,
            UseConductorAgentInvoker = true,
            PreTouchMappedMemory = true,
            DriverAgentInvoker = _agent.DoWork,
        });
    }

    public AeronClient Client { get; }

    public void Step()
    {
        _agent.DoWork();
        if (++_cycles % ConductorCycle == 0)
            Client.InvokeConductor();
    }

    public void Dispose()
    {
        Client.Dispose();
        _driver.Dispose();
    }
}
