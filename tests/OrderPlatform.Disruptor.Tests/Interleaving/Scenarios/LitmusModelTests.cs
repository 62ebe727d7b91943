using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>The model itself, by the classic small programs: what it forbids, and what it must allow so that the forbidding means something.</summary>
public sealed unsafe class LitmusModelTests
{
    [Test]
    public void Message_passing_by_release_and_acquire_never_shows_old_data()
    {
        using var cells = new LitmusCells("data", "flag");
        var seen = new HashSet<string>();
        Checker.Verify(new Scenario(cells.Map, [Sender(cells), Receiver(cells)], ends => seen.Add(ends[1].Seen)));
        Assert.That(seen, Is.EquivalentTo(new[] { "0 ", "1 42 " }));
    }

    [Test]
    public void Message_passing_by_a_plain_store_is_a_data_race()
    {
        using var cells = new LitmusCells("data", "flag");
        Exploration exploration = Checker.Explore(new Scenario(cells.Map, [Sender(cells, PlainStore), Receiver(cells)]));
        Assert.That(exploration.Failure, Does.StartWith("data race on flag"));
    }

    [Test]
    public void Message_passing_by_a_store_that_orders_nothing_is_a_data_race_on_the_data()
    {
        using var cells = new LitmusCells("data", "flag");
        Exploration exploration = Checker.Explore(new Scenario(cells.Map, [Sender(cells, RelaxedStore), Receiver(cells)]));
        Assert.That(exploration.Failure, Does.StartWith("data race on data"));
    }

    [Test]
    public void Message_passing_by_a_plain_load_is_a_data_race()
    {
        using var cells = new LitmusCells("data", "flag");
        Exploration exploration = Checker.Explore(new Scenario(cells.Map, [Sender(cells), Receiver(cells, PlainLoad)]));
        Assert.That(exploration.Failure, Does.StartWith("data race on flag"));
    }

    [Test]
    public void Message_passing_by_a_load_that_orders_nothing_is_a_data_race_on_the_data()
    {
        using var cells = new LitmusCells("data", "flag");
        Exploration exploration = Checker.Explore(new Scenario(cells.Map, [Sender(cells), Receiver(cells, RelaxedLoad)]));
        Assert.That(exploration.Failure, Does.StartWith("data race on data"));
    }

    [Test]
    public void Relaxed_stores_may_be_seen_in_the_other_order()
    {
        using var cells = new LitmusCells("x", "y");
        long* x = cells[0];
        long* y = cells[1];
        Assert.That(
            Outcomes(
                cells,
                log =>
                {
                    ModelMemory.WriteRelaxed(x, 1);
                    ModelMemory.WriteRelaxed(y, 1);
                },
                log =>
                {
                    log.Add(ModelMemory.ReadAcquire(y));
                    log.Add(ModelMemory.ReadAcquire(x));
                }),
            Is.EquivalentTo(new[] { "|0 0 ", "|0 1 ", "|1 0 ", "|1 1 " }));
    }

    [Test]
    public void Store_buffering_shows_both_old_values_by_release_and_acquire() =>
        Assert.That(StoreBuffering(null, null), Is.EquivalentTo(new[] { "0 |0 ", "0 |1 ", "1 |0 ", "1 |1 " }));

    [Test]
    public void Store_buffering_shows_no_two_old_values_with_a_process_wide_fence_on_one_side() =>
        Assert.That(StoreBuffering(_ => ModelMemory.ProcessWideFence(), null), Is.EquivalentTo(new[] { "0 |1 ", "1 |0 ", "1 |1 " }));

    [Test]
    public void Store_buffering_shows_no_two_old_values_with_a_swap_on_both_sides() =>
        Assert.That(StoreBuffering(Swap, Swap), Is.EquivalentTo(new[] { "0 |1 ", "1 |0 ", "1 |1 " }));

    [Test]
    public void Store_buffering_shows_both_old_values_with_a_swap_on_one_side() =>
        Assert.That(StoreBuffering(Swap, null), Does.Contain("0 |0 "));

    [Test]
    public void A_cell_never_goes_back()
    {
        using var cells = new LitmusCells("x");
        long* x = cells[0];
        Assert.That(
            Outcomes(
                cells,
                log =>
                {
                    ModelMemory.WriteRelaxed(x, 1);
                    ModelMemory.WriteRelaxed(x, 2);
                },
                log =>
                {
                    log.Add(ModelMemory.ReadRelaxed(x));
                    log.Add(ModelMemory.ReadRelaxed(x));
                }),
            Is.EquivalentTo(new[] { "|0 0 ", "|0 1 ", "|0 2 ", "|1 1 ", "|1 2 ", "|2 2 " }));
    }

    [Test]
    public void Order_passes_through_a_thread_between()
    {
        using var cells = new LitmusCells("data", "first", "second");
        long* data = cells[0];
        long* first = cells[1];
        long* second = cells[2];
        ModelThread[] threads =
        [
            ModelThread.Once("writer", _ =>
            {
                ModelMemory.Write(data, 42);
                ModelMemory.WriteRelease(first, 1);
            }),
            ModelThread.Once("middle", _ =>
            {
                ModelMemory.WaitWhile(first, 0);
                ModelMemory.WriteRelease(second, 1);
            }),
            ModelThread.Once("reader", log =>
            {
                ModelMemory.WaitWhile(second, 0);
                log.Add(ModelMemory.Read(data));
                log.Add(ModelMemory.ReadAcquire(first));
            }),
        ];
        Checker.Verify(new Scenario(cells.Map, threads, ends => Violation.Unless(ends[2].Seen == "42 1 ", $"the reader saw {ends[2].Seen}")));
    }

    [Test]
    public void Two_swaps_that_add_one_lose_nothing_and_two_loads_and_stores_do()
    {
        using var cells = new LitmusCells("count");
        long* count = cells[0];
        void Swapping(Log log)
        {
            long seen = ModelMemory.ReadAcquire(count);
            while (true)
            {
                long before = ModelMemory.CompareExchange(count, seen + 1, seen);
                if (before == seen)
                    break;
                seen = before;
            }

            log.Add(seen);
        }

        void Storing(Log log)
        {
            long seen = ModelMemory.ReadAcquire(count);
            ModelMemory.WriteRelease(count, seen + 1);
            log.Add(seen);
        }

        Assert.That(Outcomes(cells, Swapping, Swapping), Is.EquivalentTo(new[] { "0 |1 ", "1 |0 " }));
        Assert.That(Outcomes(cells, Storing, Storing), Does.Contain("0 |0 "));
    }

    [Test]
    public void A_reader_that_nothing_holds_back_races_with_the_next_writer()
    {
        using var cells = new LitmusCells("data", "full");
        long* data = cells[0];
        long* full = cells[1];
        ModelThread writer = ModelThread.Once("writer", _ =>
        {
            ModelMemory.Write(data, 1);
            ModelMemory.WriteRelease(full, 1);
            ModelMemory.Await(full, 1);
            ModelMemory.Write(data, 2);
        });
        ModelThread reader = ModelThread.Once("reader", log =>
        {
            ModelMemory.WaitWhile(full, 0);
            log.Add(ModelMemory.Read(data));
            ModelMemory.WriteRelease(full, 2);
        });
        Exploration exploration = Checker.Explore(new Scenario(cells.Map, [writer, reader]));
        Assert.That(exploration.Failure, Does.StartWith("data race on data: nothing orders reader's plain read in step"));
    }

    [Test]
    public void Who_waits_for_what_nobody_does_is_reported()
    {
        using var cells = new LitmusCells("x");
        long* x = cells[0];
        Exploration exploration = Checker.Explore(new Scenario(cells.Map, [ModelThread.Once("waiter", _ => ModelMemory.WaitWhile(x, 0))]));
        Assert.That(exploration.Failure, Does.StartWith("deadlock: waiter waits for x"));
    }

    private delegate void Storing(long* cell, long value);

    private delegate long Loading(long* cell);

    private static void PlainStore(long* cell, long value) => ModelMemory.Write(cell, value);

    private static void RelaxedStore(long* cell, long value) => ModelMemory.WriteRelaxed(cell, value);

    private static long RelaxedLoad(long* cell) => ModelMemory.ReadRelaxed(cell);

    private static long PlainLoad(long* cell) => ModelMemory.Read(cell);

    private static ModelThread Sender(LitmusCells cells, Storing? store = null) => ModelThread.Once("sender", _ =>
    {
        ModelMemory.Write(cells[0], 42);
        (store ?? ModelMemory.WriteRelease)(cells[1], 1);
    });

    private static ModelThread Receiver(LitmusCells cells, Loading? load = null) => ModelThread.Once("receiver", log =>
    {
        long flag = (load ?? ModelMemory.ReadAcquire)(cells[1]);
        log.Add(flag);
        if (flag != 0)
            log.Add(ModelMemory.Read(cells[0]));
    });

    private static void Swap(nint own) => ModelMemory.CompareExchange((long*)own, 1, 0);

    private static List<string> StoreBuffering(Action<nint>? first, Action<nint>? second)
    {
        using var cells = new LitmusCells("x", "y", "own of the first", "own of the second");
        long* x = cells[0];
        long* y = cells[1];
        nint own = (nint)cells[2];
        nint other = (nint)cells[3];
        return Outcomes(
            cells,
            log =>
            {
                ModelMemory.WriteRelease(x, 1);
                first?.Invoke(own);
                log.Add(ModelMemory.ReadAcquire(y));
            },
            log =>
            {
                ModelMemory.WriteRelease(y, 1);
                second?.Invoke(other);
                log.Add(ModelMemory.ReadAcquire(x));
            });
    }

    private static List<string> Outcomes(LitmusCells cells, Action<Log> first, Action<Log> second)
    {
        var outcomes = new HashSet<string>();
        Checker.Verify(new Scenario(
            cells.Map, [ModelThread.Once("first", first), ModelThread.Once("second", second)], ends => outcomes.Add($"{ends[0].Seen}|{ends[1].Seen}")));
        return [.. outcomes];
    }

    private sealed class LitmusCells : IDisposable
    {
        private readonly NativeBlock _block = new(RingLayout.LineBytes);

        public LitmusCells(params ReadOnlySpan<string> names)
        {
            for (int index = 0; index < names.Length; index++)
                Map.Add(names[index], this[index]);
        }

        public CellMap Map { get; } = new();

        public long* this[int index] => (long*)_block.Address + index;

        public void Dispose() => _block.Dispose();
    }
}
