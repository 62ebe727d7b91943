using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>The order state table (R63, R64, T2, T17): against one that was written from the requirements, and the documentation.</summary>
internal sealed class OrderTransitionsTests
{
    private const string Same = "=";
    private const string Late = "late";
    private const string Nothing = "-";

    /// <summary>States of the columns: with PendingCancel, the state before it.</summary>
    private static readonly (OrderStatus Status, OrderStatus Before, string Name)[] Columns =
    [
        (OrderStatus.Held, 0, "Held"), (OrderStatus.Queued, 0, "Queued"), (OrderStatus.PendingNew, 0, "PendingNew"), (OrderStatus.Working, 0, "Working"),
        (OrderStatus.PartiallyFilled, 0, "PartiallyFilled"), (OrderStatus.PendingCancel, OrderStatus.Working, "PendingCancel"),
        (OrderStatus.PendingCancel, OrderStatus.PendingNew, "PendingCancel, never acknowledged"), (OrderStatus.Cancelled, 0, "ended"),
    ];

    /// <summary>Where each event leads: a state, "=" for the same one, "before" for the one before the cancel, "late", or "-" for nothing.</summary>
    private static readonly (OrderEventKind Event, string[] To)[] Expected =
    [
        (OrderEventKind.FillPart, [Same, "PartiallyFilled", "PartiallyFilled", "PartiallyFilled", Same, Same, Same, Same]),
        (OrderEventKind.FillAll, ["Filled", "Filled", "Filled", "Filled", "Filled", "Filled", "Filled", "Filled"]),
        (OrderEventKind.Accepted, [Late, "Working", "Working", Same, Same, Same, Same, Late]),
        (OrderEventKind.Triggered, [Late, "Working", "Working", Same, Same, Same, Same, Late]),
        (OrderEventKind.Rejected, [Late, "Rejected", "Rejected", Late, Late, Late, "Rejected", Late]),
        (OrderEventKind.Cancelled, [Late, "Cancelled", "Cancelled", "Cancelled", "Cancelled", "Cancelled", "Cancelled", Late]),
        (OrderEventKind.Expired, [Late, "Expired", "Expired", "Expired", "Expired", "Expired", "Expired", Late]),
        (OrderEventKind.Amended, [Late, Late, Same, Same, Same, Same, Same, Late]),
        (OrderEventKind.AmendRejected, [Late, Late, Same, Same, Same, Same, Same, Late]),
        (OrderEventKind.CancelRejected, [Late, Late, Late, Late, Late, "before", "before", Same]),
        (OrderEventKind.Throttled, [Late, Nothing, "Queued", Same, Same, Same, Same, Nothing]),
        (OrderEventKind.Unknown, [Late, Late, Same, Same, Same, Same, Same, Late]),
        (OrderEventKind.AnsweredNotKnown, [Nothing, Nothing, Same, Same, Same, Same, "Cancelled", Late]),
        (OrderEventKind.AnsweredUnderWay, [Nothing, Nothing, Same, Same, Same, Same, Same, Late]),
        (OrderEventKind.AnsweredWorking, [Nothing, Nothing, "Working", Same, Same, Same, Same, Late]),
        (OrderEventKind.AnsweredEnded, [Nothing, Nothing, Same, Same, Same, Same, Same, Nothing]),
        (OrderEventKind.Send, ["PendingNew", "PendingNew", Nothing, Nothing, Nothing, Nothing, Nothing, Nothing]),
        (OrderEventKind.Queue, ["Queued", Nothing, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing]),
        (OrderEventKind.Cancel, ["Cancelled", "Cancelled", "PendingCancel", "PendingCancel", "PendingCancel", Nothing, Nothing, Nothing]),
        (OrderEventKind.Amend, [Same, Same, Same, Same, Same, Nothing, Nothing, Nothing]),
        (OrderEventKind.Timeout, [Nothing, Nothing, Same, Same, Same, Same, Same, Nothing]),
        (OrderEventKind.Expire, ["Expired", "Expired", "PendingCancel", "PendingCancel", "PendingCancel", Nothing, Nothing, Nothing]),
    ];

    private static readonly OrderStatus[] Ended = [OrderStatus.Filled, OrderStatus.Cancelled, OrderStatus.Rejected, OrderStatus.Expired];

    public static IEnumerable<TestCaseData> Cells() =>
        from line in Expected
        from column in Enumerable.Range(0, Columns.Length)
        select new TestCaseData(line.Event, column, line.To[column]).SetArgDisplayNames($"{line.Event}", Columns[column].Name);

    [TestCaseSource(nameof(Cells))]
    [Description("R63")]
    public void Every_cell_leads_where_the_requirements_say(OrderEventKind kind, int column, string to)
    {
        (OrderStatus status, OrderStatus before, _) = Columns[column];
        Assert.That(Where(OrderTransitions.Of(status, before, kind)), Is.EqualTo(to));
        Order order = OrderIn(status, before);
        OrderStatus next = OrderTransitions.Next(order, OrderTransitions.Of(order, kind));
        Assert.That(next, Is.EqualTo(to switch { Same or Late or Nothing => status, "before" => before, _ => Enum.Parse<OrderStatus>(to) }));
    }

    [Test]
    public void The_table_has_every_event_and_every_state()
    {
        Assert.That(Expected.Select(line => line.Event), Is.EqualTo(Enum.GetValues<OrderEventKind>()));
        Assert.That(OrderTransitions.Events, Is.EqualTo(Expected.Length));
        Assert.That(Columns.Select(column => column.Status).Concat(Ended).Distinct(),
            Is.EquivalentTo(Enum.GetValues<OrderStatus>().Where(status => status != OrderStatus.NULL_VALUE)));
    }

    [Test]
    public void All_ended_states_have_the_same_cells([Values] OrderEventKind kind) =>
        Assert.That(Ended.Select(status => OrderTransitions.Of(status, 0, kind)).Distinct().Count(), Is.EqualTo(1));

    [Test]
    [Description("T17")]
    public void A_fill_is_booked_in_every_state([Values(OrderEventKind.FillPart, OrderEventKind.FillAll)] OrderEventKind kind) =>
        Assert.That(Columns.All(column => OrderTransitions.Of(column.Status, column.Before, kind).Has(OrderEffects.Book)), Is.True);

    [Test]
    [Description("T2")]
    public void An_unknown_outcome_is_a_doubt_in_every_state_that_a_venue_may_know()
    {
        foreach ((OrderStatus status, OrderStatus before, string name) in Columns)
        {
            bool isDoubt = OrderTransitions.Of(status, before, OrderEventKind.Unknown).Has(OrderEffects.Doubt);
            Assert.That(isDoubt, Is.EqualTo(OrderTransitions.IsAtVenue(status)), name);
        }
    }

    [Test]
    public void What_ends_an_order_gives_up_the_rest_and_leaves_no_open_state()
    {
        foreach ((OrderEventKind kind, OrderCell cell) in
            from line in Expected from column in Columns select (line.Event, OrderTransitions.Of(column.Status, column.Before, line.Event)))
        {
            bool ends = cell.Next != 0 && !OrderTransitions.IsOpen(cell.Next);
            Assert.That(cell.Has(OrderEffects.End), Is.EqualTo(ends && cell.Next != OrderStatus.Filled), $"{kind}");
        }
    }

    [Test]
    public void Held_and_queued_orders_are_open_and_unknown_to_the_venue([Values(OrderStatus.Held, OrderStatus.Queued)] OrderStatus status) =>
        Assert.That((OrderTransitions.IsOpen(status), OrderTransitions.IsAtVenue(status)), Is.EqualTo((true, false)));

    [Test]
    public void A_kind_that_does_not_exist_is_late_in_every_state([Values(0, 12, 255)] int kind)
    {
        OrderEventKind none = OrderTransitions.EventOf((ExecutionKind)kind, fillsAll: false);
        Assert.That(Columns.All(column => OrderTransitions.Of(column.Status, column.Before, none).Effects == OrderEffects.Late), Is.True);
    }

    [Test]
    public void Every_kind_of_report_and_every_answer_is_an_event()
    {
        IEnumerable<ExecutionKind> kinds = Enum.GetValues<ExecutionKind>().Where(kind => kind != ExecutionKind.NULL_VALUE);
        Assert.That(kinds.Select(kind => OrderTransitions.EventOf(kind, fillsAll: false)), Is.Unique.And.All.LessThan(OrderEventKind.AnsweredNotKnown));
        Assert.That(Enum.GetValues<VenueOrderState>().Where(state => state != VenueOrderState.NULL_VALUE).Select(OrderTransitions.EventOf),
            Is.EqualTo(new[]
            {
                OrderEventKind.AnsweredNotKnown, OrderEventKind.AnsweredUnderWay, OrderEventKind.AnsweredWorking, OrderEventKind.AnsweredEnded,
            }));
    }

    [Test]
    public void The_documentation_shows_the_table()
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "orders-readme.md");
        string table = string.Join('\n', Lines());
        Assert.That(File.ReadAllText(path).ReplaceLineEndings("\n"), Does.Contain(table), $"Orders/README.md must contain:\n{table}");
    }

    private static IEnumerable<string> Lines()
    {
        yield return $"| event | {string.Join(" | ", Columns.Select(column => column.Name))} |";
        yield return $"| --- |{string.Concat(Enumerable.Repeat(" --- |", Columns.Length))}";
        foreach (OrderEventKind kind in Enum.GetValues<OrderEventKind>())
        {
            yield return $"| {kind} | {string.Join(" | ", Columns.Select(column => Text(OrderTransitions.Of(column.Status, column.Before, kind))))} |";
        }
    }

    private static string Text(OrderCell cell)
    {
        OrderEffects effects = cell.Effects & ~(OrderEffects.Return | OrderEffects.Confirm);
        string where = Where(cell);
        return where is Late or Nothing || effects == OrderEffects.None ? where : $"{where}: {effects}";
    }

    private static string Where(OrderCell cell) =>
        cell.IsNothing ? Nothing : cell.Effects == OrderEffects.Late ? Late : cell.Has(OrderEffects.Return) ? "before" : cell.Next == 0 ? Same : $"{cell.Next}";

    private static Order OrderIn(OrderStatus status, OrderStatus before) => new() { ClientOrderId = 1, Status = status, StatusBeforeCancel = before };
}
