using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

public class OrderTableTests
{
    private static readonly EngineLimits FourOrders = new(
        Venues: 1, Instruments: 1, Clients: 1, Accounts: 1, Strategies: 1, Positions: 1, Orders: 4, Budgets: 1, ClientOrders: 4, ClientPositions: 1);

    [Test]
    public void An_ended_order_is_found_until_its_row_is_needed()
    {
        var table = new OrderTable(2);
        Client client = Of(2);
        int first = Add(table, ref client, 1);
        Add(table, ref client, 2);
        table.End(ref client, first);
        Assert.That(table.TryFind(1, out _), Is.True);

        int third = Add(table, ref client, 3);
        Assert.That(third, Is.EqualTo(first), "the row of the order that ended is used again");
        Assert.That(table.TryFind(1, out _), Is.False);
        Assert.That(table.TryFind(3, out int row), Is.True);
        Assert.That(row, Is.EqualTo(third));
    }

    [Test]
    public void Rows_are_used_again_in_the_order_in_which_orders_ended()
    {
        var table = new OrderTable(3);
        Client client = Of(3);
        int a = Add(table, ref client, 1);
        int b = Add(table, ref client, 2);
        int c = Add(table, ref client, 3);
        table.End(ref client, b);
        table.End(ref client, c);
        table.End(ref client, a);
        Assert.That(new[] { Add(table, ref client, 4), Add(table, ref client, 5), Add(table, ref client, 6) }, Is.EqualTo(new[] { b, c, a }));
        Assert.That(OrderTable.IsFull(client), Is.True);
    }

    [Test]
    public void A_full_table_takes_nothing()
    {
        var table = new OrderTable(1);
        Client client = Of(1);
        Add(table, ref client, 1);
        Assert.That(OrderTable.IsFull(client), Is.True);
        Assert.Throws<InvalidOperationException>(() =>
        {
            Client full = client;
            Add(table, ref full, 2);
        });
    }

    [Test]
    public void Random_histories_agree_with_a_queue([Values(1, 2, 3)] int seed)
    {
        const int Capacity = 5;
        var random = new Random(seed);
        var table = new OrderTable(Capacity);
        Client client = Of(Capacity);
        var open = new List<ulong>();
        var ended = new Queue<ulong>();
        for (ulong id = 1; id < 2_000; id++)
        {
            if (open.Count > 0 && (open.Count == Capacity || random.Next(2) == 0))
            {
                ulong ending = open[random.Next(open.Count)];
                Assert.That(table.TryFind(ending, out int row), Is.True, $"seed {seed}, order {ending}");
                table.End(ref client, row);
                open.Remove(ending);
                ended.Enqueue(ending);
            }

            ulong? forgotten = open.Count + ended.Count == Capacity ? ended.Dequeue() : null;
            Add(table, ref client, id);
            open.Add(id);
            Assert.That(forgotten is { } gone && table.TryFind(gone, out _), Is.False, $"seed {seed}, order {id}");
            Assert.That(open.Concat(ended).All(known => table.TryFind(known, out int row) && table[row].ClientOrderId == known), Is.True, $"seed {seed}");
            Assert.That(table.OpenCount, Is.EqualTo(open.Count));
        }
    }

    [Test]
    public void A_report_of_an_order_whose_row_was_taken_is_of_an_unknown_order()
    {
        var engine = new EngineHarness(limits: FourOrders);
        ulong first = engine.Submit(Side.Buy, 1, limit: 10).One<Sent>().Id;
        engine.News(first, ExecutionKind.Cancelled);
        for (int i = 0; i < 4; i++)
        {
            engine.Submit(Side.Buy, 1, limit: 10).One<Sent>();
        }

        Alert late = engine.Send(new Report { Order = first, Kind = ExecutionKind.Cancelled }.Encode()).One<Alert>();
        Assert.That((late.Reason, late.Subject), Is.EqualTo((ReasonCode.UnknownOrder, first)));
    }

    [Test]
    public void A_table_full_of_open_orders_refuses_the_next_and_takes_it_when_one_ended()
    {
        var engine = new EngineHarness(limits: FourOrders);
        ulong first = 0;
        for (int i = 0; i < 4; i++)
        {
            first = engine.Submit(Side.Buy, 1, limit: 10).One<Sent>().Id;
        }

        Reply refused = engine.Submit(Side.Buy, 1, limit: 10);
        Assert.That(refused.Has0<Sent>(), Is.True);
        Assert.That(refused.One<Refused>(), Is.EqualTo(new Refused(CheckKind.ReferenceData, ReasonCode.TableFull, 1, 0.00000004m, 0.00000004m, Side.Buy)));
        Assert.That(engine.Account.Reserved.Raw, Is.EqualTo(Scaled.Raw(40)), "a refused order reserves nothing");

        engine.News(first, ExecutionKind.Cancelled);
        Assert.That(engine.Submit(Side.Buy, 1, limit: 10).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R26, R27")]
    public void A_clients_flood_takes_no_row_of_another()
    {
        var table = new OrderTable(4);
        Client flooding = Of(2);
        Client quiet = Of(2);
        Add(table, ref quiet, 1);
        int ended = Add(table, ref quiet, 2);
        table.End(ref quiet, ended);
        for (ulong id = 10; id < 100; id++)
        {
            table.End(ref flooding, Add(table, ref flooding, id));
        }

        Assert.That(table.TryFind(1, out _) && table.TryFind(2, out _), Is.True);
    }

    private static Client Of(uint orders) => new() { MaximumOrders = orders, FirstEnded = -1, LastEnded = -1 };

    private static int Add(OrderTable table, ref Client client, ulong id) => table.Add(ref client, new Order { ClientOrderId = id, Status = OrderStatus.Working });
}
