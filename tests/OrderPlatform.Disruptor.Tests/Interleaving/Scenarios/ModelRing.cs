using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// The ring's real sequencer and cursors over a memory of the checker's, wired as <see cref="RingBuffer{TSlot}"/> wires them, with all
/// cells named. Slots are a word for the producer and one for each stage to leave something in.
/// </summary>
internal sealed unsafe class ModelRing<TMemory> : IDisposable
    where TMemory : struct, ISharedMemory
{
    private const int SlotBytes = 32;

    private readonly NativeBlock _block;
    private readonly byte* _slots;
    private readonly List<ConsumerCursor<TMemory>> _cursors = [];
    private readonly List<Sequence> _sequences = [];
    private readonly List<NativeBlock> _flagBlocks = [];

    public ModelRing(bool isSingle, int capacity)
    {
        var layout = new RingLayout(capacity, SlotBytes);
        _block = new NativeBlock(layout.LengthBytes);
        Single = isSingle ? new SingleProducerSequencer<TMemory>(_block, layout) : null;
        Sequencer = Single ?? (Sequencer<TMemory>)new MultiProducerSequencer<TMemory>(_block, layout);
        _slots = _block.Address + layout.SlotsOffset;
        Counters = (ProducerCounters*)_block.Address;
        Marks = (int*)(_block.Address + layout.MarksOffset);
        NameCells();
    }

    public CellMap Cells { get; } = new();

    public Sequencer<TMemory> Sequencer { get; }

    public SingleProducerSequencer<TMemory>? Single { get; }

    public int Capacity => Sequencer.Capacity;

    public ProducerCounters* Counters { get; }

    public int* Marks { get; }

    public int Consumers => _cursors.Count;

    public long* Slot(long sequence, int stage = 0) => (long*)(_slots + ((sequence & (Capacity - 1)) * SlotBytes)) + stage;

    public ConsumerCursor<TMemory> Cursor(int consumer) => _cursors[consumer];

    public ConsumerCounters* CountersOf(int consumer) => (ConsumerCounters*)(_block.Address + RingLayout.ConsumersOffset) + consumer;

    /// <summary>What a consumer can watch for something new: the cursor, or with many producers the next slot's mark.</summary>
    public void* Watched(long next) => Single is null ? Marks + (next & (Capacity - 1)) : &Counters->Cursor;

    /// <summary>As <see cref="RingBuffer{TSlot}.NewPoller"/>.</summary>
    public int AddConsumer(params ReadOnlySpan<int> after)
    {
        int consumer = _cursors.Count;
        var dependencies = new Sequence[after.Length];
        for (int index = 0; index < after.Length; index++)
            dependencies[index] = _sequences[after[index]];
        var sequence = new Sequence(_block, RingLayout.ConsumersOffset + (consumer * sizeof(ConsumerCounters)));
        _cursors.Add(new ConsumerCursor<TMemory>(CountersOf(consumer), new Barrier<TMemory>(Sequencer, _block, dependencies)));
        _sequences.Add(sequence);
        Sequencer.AddGates([sequence], dependencies);
        Cells.Add($"consumer {consumer} Sequence", &CountersOf(consumer)->Sequence);
        Cells.Add($"consumer {consumer} Available", &CountersOf(consumer)->Available);
        return consumer;
    }

    /// <summary>A sleeper's flag and its bed.</summary>
    public Sleeper<TMemory> AddSleeper(string name)
    {
        var block = new NativeBlock(RingLayout.LineBytes);
        _flagBlocks.Add(block);
        long* cells = (long*)block.Address;
        Cells.Add($"flag of {name}", cells);
        Cells.Add($"bed of {name}", cells + 1);
        return new Sleeper<TMemory>(cells);
    }

    /// <summary>As <see cref="RingBuffer{TSlot}.Close"/>.</summary>
    public void Close()
    {
        Sequencer.Close();
        foreach (ConsumerCursor<TMemory> cursor in _cursors)
            cursor.SignalReleased();
    }

    public void Dispose()
    {
        _block.Dispose();
        _flagBlocks.ForEach(block => block.Dispose());
    }

    private void NameCells()
    {
        Cells.Add("Claimed", &Counters->Claimed);
        Cells.Add("Limit", &Counters->Limit);
        Cells.Add("Cursor", &Counters->Cursor);
        Cells.Add("VoidLast", &Counters->VoidLast);
        Cells.Add("Closed", &Counters->Closed);
        Cells.Add("Final", &Counters->Final);
        for (int index = 0; index < Capacity; index++)
        {
            Cells.Add($"mark[{index}]", &Marks[index]);
            for (int stage = 0; stage < SlotBytes / sizeof(long); stage++)
                Cells.Add(stage == 0 ? $"slot[{index}]" : $"slot[{index}] stage {stage}", Slot(index, stage));
        }
    }
}

/// <summary>
/// The double of <see cref="WakeUp"/>: the flag's protocol is the real one, the monitor is a cell that the waker sets and the sleeper
/// takes back.
/// </summary>
internal sealed unsafe class Sleeper<TMemory>(long* cells) : IWakeTarget
    where TMemory : struct, ISharedMemory
{
    private readonly WakeFlag<TMemory> _flag = new(cells);
    private readonly long* _bed = cells + 1;

    public void Signal()
    {
        if (_flag.TryTake())
            TMemory.WriteRelease(_bed, 1);
    }

    public void Raise() => _flag.Raise();

    public void Lower() => _flag.Lower();

    public void Sleep()
    {
        ModelMemory.Await(_bed, 0);
        TMemory.CompareExchange(_bed, 0, 1);
        _flag.Lower();
    }
}
