using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>A cell of the documented state table.</summary>
internal sealed record NaiveCell(string To, IReadOnlySet<string> Effects)
{
    public bool IsNothing => To == "-";

    public bool IsLate => To == "late" || Has("Late");

    public bool Has(string effect) => Effects.Contains(effect);

    public bool HasAny(params string[] effects) => effects.Any(Has);

    public OrderStatus Next(NaiveOrder order) => To switch
    {
        "=" or "late" or "-" => order.Status,
        "before" => order.Before,
        _ => Enum.Parse<OrderStatus>(To),
    };
}

/// <summary>What can happen to an order in which state, as the documentation of the orders has it (Orders/README.md), written down by hand.</summary>
internal static class NaiveTable
{
    private const string Table = """
        FillPart        | =: Late, Book | PartiallyFilled: Book, Acknowledge, Settle, Release | PartiallyFilled: Book, Acknowledge, Settle \
            | PartiallyFilled: Book, Settle | =: Book, Settle | =: Book, Acknowledge | =: Book, Acknowledge | =: Late, Book
        FillAll         | Filled: Late, Book, Release | Filled: Book, Acknowledge, Settle, Release | Filled: Book, Acknowledge, Settle \
            | Filled: Book, Settle | Filled: Book, Settle | Filled: Book, Settle | Filled: Book, Acknowledge, Settle | Filled: Late, Book
        Accepted        | late | Working: Acknowledge, Settle, Release | Working: Acknowledge, Settle | =: Settle | =: Settle | = | =: Acknowledge | late
        Triggered       | late | Working: Acknowledge, Settle, Release | Working: Acknowledge, Settle | =: Settle | =: Settle | = | =: Acknowledge | late
        Rejected        | late | Rejected: Settle, End, Release | Rejected: Settle, End | late | late | late | Rejected: Settle, End | late
        Cancelled       | late | Cancelled: Settle, End, Release | Cancelled: Settle, End | Cancelled: Settle, End | Cancelled: Settle, End \
            | Cancelled: Settle, End | Cancelled: Settle, End | late
        Expired         | late | Expired: Settle, End, Release | Expired: Settle, End | Expired: Settle, End | Expired: Settle, End \
            | Expired: Settle, End | Expired: Settle, End | late
        Amended         | late | late | =: Settle, Adopt | =: Settle, Adopt | =: Settle, Adopt | =: Settle, Adopt | =: Settle, Adopt | late
        AmendRejected   | late | late | =: Settle, RefuseAmend | =: Settle, RefuseAmend | =: Settle, RefuseAmend | =: Settle, RefuseAmend \
            | =: Settle, RefuseAmend | late
        CancelRejected  | late | late | late | late | late | before: Settle | before | =
        Throttled       | late | - | Queued: Settle, Requeue | =: Settle, RefuseAmend | =: Settle, RefuseAmend | =: Settle, Requeue | =: Doubt | -
        Unknown         | late | late | =: Doubt | =: Doubt | =: Doubt | =: Doubt | =: Doubt | late
        NotKnown        | - | - | =: SendAgain | =: Keep | =: Keep | =: Keep | Cancelled: Settle, End | late
        UnderWay        | - | - | =: Settle | =: Settle | =: Settle | =: Settle, AskCancel | =: Settle, AskCancel | late
        AnsweredWorking | - | - | Working: Acknowledge, Settle, Adopt | =: Settle, Adopt | =: Settle, Adopt | =: Settle, Adopt, AskCancel \
            | =: Acknowledge, Settle, Adopt, AskCancel | late
        AnsweredEnded   | - | - | =: Keep | =: Keep | =: Keep | =: Keep | =: Keep | -
        Cancel          | Cancelled: End, Release | Cancelled: End, Release | PendingCancel: AskCancel | PendingCancel: AskCancel \
            | PendingCancel: AskCancel | - | - | -
        Timeout         | - | - | =: Doubt | =: Doubt | =: Doubt | =: Doubt | =: Doubt | -
        Expire          | Expired: End, Release | Expired: End, Release | PendingCancel: AskCancel | PendingCancel: AskCancel \
            | PendingCancel: AskCancel | - | - | -
        """;

    private static readonly NaiveCell Late = new("late", new HashSet<string>());

    private static readonly Dictionary<string, NaiveCell[]> Lines = Table
        .Replace("\\\n", string.Empty).Split('\n').Select(line => line.Split('|')).ToDictionary(
        cells => cells[0].Trim(), cells => cells.Skip(1).Select(Read).ToArray());

    public static NaiveCell Of(NaiveOrder order, string happened) => Lines.TryGetValue(happened, out NaiveCell[]? line) ? line[ColumnOf(order)] : Late;

    private static NaiveCell Read(string cell)
    {
        string[] parts = cell.Trim().Split(':');
        return new NaiveCell(parts[0], parts.Length == 1 ? new HashSet<string>() : parts[1].Split(',').Select(effect => effect.Trim()).ToHashSet());
    }

    private static int ColumnOf(NaiveOrder order) => order.Status switch
    {
        OrderStatus.Held => 0,
        OrderStatus.Queued => 1,
        OrderStatus.PendingNew => 2,
        OrderStatus.Working => 3,
        OrderStatus.PartiallyFilled => 4,
        OrderStatus.PendingCancel => order.Before == OrderStatus.PendingNew ? 6 : 5,
        _ => 7,
    };
}
