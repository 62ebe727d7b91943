using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Reports as a venue would send them, which remembers its orders: without these little would ever be held. The wrong ones come beside them.</summary>
internal sealed partial class RandomSteps
{
    private const int OrdersLookedAt = 8;

    private readonly Dictionary<ulong, VenueView> _venue = [];
    private int _steps;

    /// <summary>News of an order that is open at the venue; a price where there is none.</summary>
    private Step Likely(IReadOnlyList<Sent> orders)
    {
        Sent? order = null;
        for (int i = orders.Count - 1; i >= Math.Max(0, orders.Count - OrdersLookedAt) && (order is null || random.Next(2) == 0); i--)
        {
            order = ViewOf(orders[i]).IsEnded ? order : orders[i];
        }

        return order is null ? Price() : LikelyOf(order, ViewOf(order));
    }

    private Step LikelyOf(Sent order, VenueView view)
    {
        long left = Scaled.Raw(order.Quantity) - view.Executed;
        ExecutionKind kind = random.Next(12) switch
        {
            < 7 => ExecutionKind.Fill,
            7 or 8 => ExecutionKind.Accepted,
            9 => ExecutionKind.Cancelled,
            10 => view.Executed == 0 ? ExecutionKind.Rejected : ExecutionKind.Expired,
            _ => ExecutionKind.CancelRejected,
        };
        long quantity = random.Next(5) < 3 || left < 4 ? left : random.Next(2) == 0 ? random.NextInt64(1, left) : Math.Max(1, left / random.Next(2, 4));
        view.Executed += kind == ExecutionKind.Fill ? quantity : 0;
        view.IsEnded = kind is ExecutionKind.Cancelled or ExecutionKind.Expired or ExecutionKind.Rejected || view.Executed >= Scaled.Raw(order.Quantity);
        var report = new Report
        {
            Order = order.Id,
            Kind = kind,
            Side = order.Side,
            TradeId = ++_trades,
            Quantity = quantity,
            Price = order.Price is { } limit ? Scaled.Raw(limit) : Fine(Cents(random.Next(9_900, 10_100))),
            Fee = random.Next(6) == 0 ? -random.Next(100_000) : random.Next(200_000),
            FeeCurrency = One(FeeCurrency.Quote, FeeCurrency.Quote, FeeCurrency.Base, FeeCurrency.Other),
            FeeAsset = random.Next(3) == 0 ? "BNB" : null,
            Cumulative = view.Executed,
        };
        return new Step(report.Encode(), model => model.Report(report));
    }

    private VenueView ViewOf(Sent order)
    {
        if (!_venue.TryGetValue(order.Id, out VenueView? view))
        {
            _venue[order.Id] = view = new VenueView();
        }

        return view;
    }

    private sealed class VenueView
    {
        public long Executed;
        public bool IsEnded;
    }
}
