using OrderPlatform.Disruptor;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests.Checking;

/// <summary>The stages of a live pipeline, stepped by hand on one thread.</summary>
internal sealed class StageRig : IDisposable
{
    private readonly RingBuffer<InputSlot> _inputs = RingBuffer<InputSlot>.CreateMultiProducer(1_024);
    private readonly RingBuffer<OutputSlot> _outputs = RingBuffer<OutputSlot>.CreateSingleProducer(1_024);
    private readonly RingBuffer<OutputSlot> _inbox = RingBuffer<OutputSlot>.CreateSingleProducer(64);
    private readonly InputPublisher _publisher;
    private readonly EventPoller<OutputSlot> _requests;
    private readonly byte[] _tick = new byte[TickEncoder.EncodedLength];

    public StageRig(JournalWriter journal, SelfCheck check)
    {
        Journal = journal;
        Check = check;
        var progress = new PipelineProgress(0);
        EventPoller<InputSlot> sequencing = _inputs.NewPoller();
        EventPoller<InputSlot> logic = _inputs.NewPoller(sequencing.Sequence);
        _requests = _inbox.NewPoller();
        _publisher = new InputPublisher(_inputs, progress.FeedPublished);
        check.Connect(new InputPublisher(_inputs, progress.CheckPublished));
        Sequencing = new SequencingAgent(sequencing, journal, new DataClock(), check);
        Logic = new EngineAgent(logic, Engine, _outputs, progress, check);
        Egress = new EgressAgent(_outputs, journal, new Dictionary<ushort, RingBuffer<OutputSlot>> { [1] = _inbox }, progress, check.Orders);
        TickEncoder.WrapForEncodeAndApplyHeader(_tick);
    }

    public BusinessLogicProcessor Engine { get; } = new();

    public JournalWriter Journal { get; }

    public SelfCheck Check { get; }

    public SequencingAgent Sequencing { get; }

    public EngineAgent Logic { get; }

    public EgressAgent Egress { get; }

    /// <summary>Requests that left, by template.</summary>
    public List<ushort> Left { get; } = [];

    public void Put(ReadOnlySpan<byte> message) => Assert.That(_publisher.TryPublish(InputSource.Feed, Engine.State.NowNanos + 1, message), Is.True);

    public void PutTicks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!_publisher.TryPublish(InputSource.Feed, 1, _tick))
            {
                throw new InvalidOperationException("the ring is full");
            }
        }
    }

    /// <summary>Steps all stages until none does anything.</summary>
    public void Step()
    {
        while (Sequencing.DoWork() + Logic.DoWork() + Egress.DoWork() > 0)
        {
            TakeRequests();
        }
    }

    public void Close() => _inputs.Close();

    public void Dispose()
    {
        _inputs.Dispose();
        _outputs.Dispose();
        _inbox.Dispose();
    }

    private void TakeRequests()
    {
        var handler = new Taker(Left);
        _requests.Poll(ref handler, 64);
    }

    private readonly struct Taker(List<ushort> left) : IEventHandler<OutputSlot>
    {
        public void OnEvent(ref OutputSlot data, long sequence, bool endOfBatch)
        {
            MessageHeader.TryRead(data.Message, out MessageHeader header);
            left.Add(header.TemplateId);
        }
    }
}
