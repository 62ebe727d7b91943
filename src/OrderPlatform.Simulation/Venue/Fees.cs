using System.Runtime.InteropServices;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Computes what fills cost, half away from zero; amounts that do not fit saturate.</summary>
internal sealed class Fees
{
    private readonly FeeModel _model;
    private readonly CommissionOptions? _commission;
    private readonly Dictionary<uint, Money> _traded;

    public Fees(SimulatedVenueOptions options)
    {
        _model = options.Fees ?? FeeModel.Rates(options.MakerFee, options.TakerFee);
        _commission = options.Commission;
        _traded = new Dictionary<uint, Money>(options.MaxPositions);
    }

    /// <summary>The fee of a fill, which from then on counts as traded.</summary>
    public Money Charge(OpenOrder order, bool isMaker, Price price, Quantity quantity, Money value, out FeeAsset asset)
    {
        ref Money traded = ref CollectionsMarshal.GetValueRefOrAddDefault(_traded, order.Terms.AccountId, out _);
        FeeTerms terms = _model.TermsOf(new FeeInput(isMaker, quantity, traded));
        traded = Sum(traded, value);
        asset = AssetOf(order.Side);
        return asset switch
        {
            FeeAsset.Base => Sum(new Money(quantity.Raw).Times(terms.Rate), Divide(terms.Amount, price)),
            FeeAsset.Other => Divide(Less(Sum(value.Times(terms.Rate), terms.Amount), _commission!.Discount), _commission.AssetPrice),
            _ => Sum(value.Times(terms.Rate), terms.Amount),
        };
    }

    private FeeAsset AssetOf(OrderSide side) => _commission?.Asset switch
    {
        CommissionAsset.Base => FeeAsset.Base,
        CommissionAsset.Received when side == OrderSide.Buy => FeeAsset.Base,
        CommissionAsset.Other => FeeAsset.Other,
        _ => FeeAsset.Quote,
    };

    private static Money Less(Money amount, Ratio discount) => amount - amount.Times(discount);

    private static Money Divide(Money amount, Price price) =>
        FixedPoint.TryMultiplyDivide(amount.Raw, FixedPoint.One, Math.Max(1, price.Raw), out long raw)
            ? new Money(raw)
            : new Money(amount.Raw < 0 ? -long.MaxValue : long.MaxValue);

    private static Money Sum(Money left, Money right) =>
        new((long)Int128.Clamp((Int128)left.Raw + right.Raw, -long.MaxValue, long.MaxValue));
}
