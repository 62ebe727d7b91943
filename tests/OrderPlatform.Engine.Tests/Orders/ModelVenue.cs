using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>A venue that is written down: what it was sent, and what became of it there. It is asked, and says the truth.</summary>
internal sealed class ModelVenue
{
    private readonly Dictionary<ulong, Book> _books = [];
    private readonly Dictionary<ulong, int> _arrivals = [];
    private ulong _trades = 1_000;

    /// <summary>How often each id arrived.</summary>
    public IReadOnlyDictionary<ulong, int> Arrivals => _arrivals;

    /// <summary>What all orders executed, signed.</summary>
    public decimal Executed => _books.Values.Sum(book => (book.Order.Side == Side.Buy ? 1 : -1) * book.Executed);

    /// <summary>An order arrives; one id is taken once, as venues do.</summary>
    public void Take(Sent order)
    {
        _arrivals[order.Id] = _arrivals.GetValueOrDefault(order.Id) + 1;
        _books.TryAdd(order.Id, new Book(order));
    }

    /// <summary>Whether it has an order.</summary>
    public bool Knows(ulong order) => _books.ContainsKey(order);

    /// <summary>Everything that it says of all orders: an acknowledgement, fills in parts, and the end of what is left of some.</summary>
    public List<Report> Trade(Random random)
    {
        List<Report> said = [.. _books.Values.Select(book => book.News(ExecutionKind.Accepted))];
        foreach (Book book in _books.Values)
        {
            while (book.Left > 0 && random.Next(6) > 0)
            {
                said.Add(book.Fill(Math.Min(book.Left, random.Next(1, 4)), 99 + random.Next(3), ++_trades));
            }

            if (book.Left > 0 && random.Next(2) == 0)
            {
                book.HasEnded = true;
                said.Add(book.News(ExecutionKind.Cancelled));
            }
        }

        return said;
    }

    /// <summary>Fills an order whole.</summary>
    public Report FillAll(ulong order) => _books[order].Fill(_books[order].Left, 100, ++_trades);

    /// <summary>All trades of an order.</summary>
    public IEnumerable<Report> Trades(ulong order) => _books.TryGetValue(order, out Book? book) ? book.Fills : [];

    /// <summary>The answer to a question: the reports that end an order have come before.</summary>
    public byte[] Answer(ulong order)
    {
        if (!_books.TryGetValue(order, out Book? book))
        {
            return InputBytes.Status(order, VenueOrderState.NotKnown);
        }

        VenueOrderState state = book.HasEnded || book.Left == 0 ? VenueOrderState.Ended : VenueOrderState.Working;
        return InputBytes.Status(order, state, Scaled.Raw(book.Executed), Scaled.Raw(state == VenueOrderState.Ended ? 0 : book.Left), Scaled.Raw(100));
    }

    private sealed class Book(Sent order)
    {
        public Sent Order { get; } = order;

        public List<Report> Fills { get; } = [];

        public decimal Executed { get; private set; }

        public bool HasEnded { get; set; }

        public decimal Left => Order.Quantity - Executed;

        public Report News(ExecutionKind kind) => new()
        {
            Order = Order.Id,
            Kind = kind,
            Side = Order.Side,
            Cumulative = Scaled.Raw(Executed),
            Leaves = Scaled.Raw(HasEnded ? 0 : Left),
        };

        public Report Fill(decimal quantity, decimal price, ulong trade)
        {
            Executed += quantity;
            Report fill = News(ExecutionKind.Fill) with
            {
                TradeId = trade,
                Quantity = Scaled.Raw(quantity),
                Price = Scaled.Raw(price),
                Fee = Scaled.Raw(0.01m),
            };
            Fills.Add(fill);
            return fill;
        }
    }
}
