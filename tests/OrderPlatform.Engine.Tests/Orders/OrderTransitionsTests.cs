using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

public class OrderTransitionsTests
{
    private const string Late = "late";

    /// <summary>
    /// Written from the requirements: a row a state; accepted, rejected, fill of a part, fill of all, cancelled, expired, cancel rejected, amended, amend
    /// rejected. PendingCancel came from Working, with nothing executed.
    /// </summary>
    private static readonly (OrderStatus From, string[] To)[] Table =
    [
        (OrderStatus.PendingNew, ["Working", "Rejected", "PartiallyFilled", "Filled", "Cancelled", "Expired", Late, "PendingNew", "PendingNew"]),
        (OrderStatus.Working, ["Working", Late, "PartiallyFilled", "Filled", "Cancelled", "Expired", Late, "Working", "Working"]),
        (OrderStatus.PartiallyFilled,
            ["PartiallyFilled", Late, "PartiallyFilled", "Filled", "Cancelled", "Expired", Late, "PartiallyFilled", "PartiallyFilled"]),
        (OrderStatus.PendingCancel, ["PendingCancel", Late, "PendingCancel", "Filled", "Cancelled", "Expired", "Working", "PendingCancel", "PendingCancel"]),
        (OrderStatus.Filled, [Late, Late, "Filled", "Filled", Late, Late, "Filled", Late, Late]),
        (OrderStatus.Cancelled, [Late, Late, "Cancelled", "Filled", Late, Late, "Cancelled", Late, Late]),
        (OrderStatus.Rejected, [Late, Late, "Rejected", "Filled", Late, Late, "Rejected", Late, Late]),
        (OrderStatus.Expired, [Late, Late, "Expired", "Filled", Late, Late, "Expired", Late, Late]),
    ];

    private static readonly (ExecutionKind Kind, long Cumulative)[] Columns =
    [
        (ExecutionKind.Accepted, 0), (ExecutionKind.Rejected, 0), (ExecutionKind.Fill, 4), (ExecutionKind.Fill, 10), (ExecutionKind.Cancelled, 0),
        (ExecutionKind.Expired, 0), (ExecutionKind.CancelRejected, 0), (ExecutionKind.Amended, 0), (ExecutionKind.AmendRejected, 0),
    ];

    public static IEnumerable<TestCaseData> Cells() =>
        from row in Table
        from column in Enumerable.Range(0, Columns.Length)
        select new TestCaseData(row.From, Columns[column].Kind, Columns[column].Cumulative, row.To[column])
            .SetArgDisplayNames($"{row.From}", $"{Columns[column].Kind}", $"{Columns[column].Cumulative}/10");

    [TestCaseSource(nameof(Cells))]
    public void Every_cell_of_the_table_holds(OrderStatus from, ExecutionKind kind, long cumulative, string to)
    {
        Order order = OrderIn(from, cumulative);
        bool counts = OrderTransitions.TryNext(order, kind, out OrderStatus next);
        Assert.That(counts ? next.ToString() : Late, Is.EqualTo(to));
        Assert.That(counts || next == from, Is.True, "what comes late changes nothing");
    }

    [Test]
    public void The_table_has_every_state_and_every_kind()
    {
        Assert.That(Table.Select(row => row.From), Is.EquivalentTo(Enum.GetValues<OrderStatus>().Where(status => status != OrderStatus.NULL_VALUE)));
        Assert.That(Columns.Select(column => column.Kind).Distinct(),
            Is.EquivalentTo(Enum.GetValues<ExecutionKind>().Where(kind => kind != ExecutionKind.NULL_VALUE)));
    }

    [TestCase(OrderStatus.PendingNew, 0, OrderStatus.PendingNew)]
    [TestCase(OrderStatus.Working, 0, OrderStatus.Working)]
    [TestCase(OrderStatus.Working, 3, OrderStatus.PartiallyFilled)]
    [TestCase(OrderStatus.PartiallyFilled, 3, OrderStatus.PartiallyFilled)]
    public void A_refused_cancel_returns_to_the_state_that_the_fills_say(OrderStatus before, long cumulative, OrderStatus expected)
    {
        Order order = OrderIn(OrderStatus.PendingCancel, cumulative) with { StatusBeforeCancel = before };
        Assert.That(OrderTransitions.TryNext(order, ExecutionKind.CancelRejected, out OrderStatus next), Is.True);
        Assert.That(next, Is.EqualTo(expected));
    }

    [Test]
    public void A_rejection_reaches_an_order_whose_cancel_overtook_its_acceptance()
    {
        Order order = OrderIn(OrderStatus.PendingCancel, 0) with { StatusBeforeCancel = OrderStatus.PendingNew };
        Assert.That(OrderTransitions.TryNext(order, ExecutionKind.Rejected, out OrderStatus next), Is.True);
        Assert.That(next, Is.EqualTo(OrderStatus.Rejected));
    }

    [Test]
    public void A_kind_that_does_not_exist_is_late_in_every_state([Range(1, 8)] int from, [Values(0, 9, 255)] int kind) =>
        Assert.That(OrderTransitions.TryNext(OrderIn((OrderStatus)from, 0), (ExecutionKind)kind, out _), Is.False);

    private static Order OrderIn(OrderStatus status, long cumulative) => new()
    {
        ClientOrderId = 1,
        Status = status,
        StatusBeforeCancel = OrderStatus.Working,
        Quantity = new Quantity(10),
        Cumulative = new Quantity(cumulative),
    };
}
