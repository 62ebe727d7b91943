using System.Runtime.InteropServices;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// Computes what fills cost: each part of a fee by its rate and its amount, exact and each rounded once by the rule and unit of the options; amounts that do
/// not fit saturate.
/// </summary>
internal sealed class Fees
{
    private static readonly Int128 Square = (Int128)FixedPoint.One * FixedPoint.One;

    private readonly FeeModel _model;
    private readonly CommissionOptions _commission;
    private readonly long _unit;
    private readonly Dictionary<uint, Money> _traded;

    public Fees(SimulatedVenueOptions options)
    {
        _model = options.Fees ?? FeeModel.Rates(options.MakerFee, options.TakerFee);
        _commission = options.Commission ?? new CommissionOptions(CommissionAsset.Quote);
        _unit = Math.Max(1, _commission.Unit.Raw);
        _traded = new Dictionary<uint, Money>(options.MaxPositions);
    }

    /// <summary>The fee of a fill that the order has booked; from then on it counts as traded.</summary>
    public Money Charge(OpenOrder order, bool isMaker, Price price, Quantity quantity, Money value, out FeeAsset asset)
    {
        ref Money traded = ref CollectionsMarshal.GetValueRefOrAddDefault(_traded, order.Terms.AccountId, out _);
        var input = new FeeInput(isMaker, quantity, traded) { Side = order.Side, IsFirst = order.CumulativeRaw == quantity.Raw };
        traded = Sum(traded, value);
        asset = AssetOf(order.Side);
        Money fee = Money.Zero;
        for (int part = 0; part < _model.PartCount; part++)
        {
            FeeTerms terms = _model.TermsOf(input, part);
            fee = Sum(fee, Sum(ByRate(terms, asset, price, quantity), Fixed(terms, asset, price)));
        }

        return fee;
    }

    private FeeAsset AssetOf(OrderSide side) => _commission.Asset switch
    {
        CommissionAsset.Base => FeeAsset.Base,
        CommissionAsset.Received when side == OrderSide.Buy => FeeAsset.Base,
        CommissionAsset.Other => FeeAsset.Other,
        _ => FeeAsset.Quote,
    };

    private Money ByRate(in FeeTerms terms, FeeAsset asset, Price price, Quantity quantity) => asset switch
    {
        FeeAsset.Base => Round(quantity.Raw, terms.Rate.Raw, FixedPoint.One),
        FeeAsset.Other => Round((Int128)price.Raw * quantity.Raw, terms.Rate.Raw * Kept(terms), Square * _commission.AssetPrice.Raw),
        _ => Round((Int128)price.Raw * quantity.Raw, terms.Rate.Raw, Square),
    };

    private Money Fixed(in FeeTerms terms, FeeAsset asset, Price price) => asset switch
    {
        _ when terms.Amount.IsZero => Money.Zero,
        FeeAsset.Base => Round(terms.Amount.Raw, FixedPoint.One, price.Raw),
        FeeAsset.Other => Round(terms.Amount.Raw, Kept(terms), _commission.AssetPrice.Raw),
        _ => Round(terms.Amount.Raw, 1, 1),
    };

    // What a discount leaves, times 1e8.
    private long Kept(in FeeTerms terms) => FixedPoint.One - (terms.IsFull ? 0 : _commission.Discount.Raw);

    private Money Round(Int128 left, long right, Int128 divisor)
    {
        bool fits = ExactQuotient.TryDivide(left, right, divisor * _unit, _commission.Rounding, out long units);
        Int128 raw = fits ? (Int128)units * _unit : (left < 0) ^ (right < 0) ? -long.MaxValue : long.MaxValue;
        return new Money((long)Int128.Clamp(raw, -long.MaxValue, long.MaxValue));
    }

    private static Money Sum(Money left, Money right) =>
        new((long)Int128.Clamp((Int128)left.Raw + right.Raw, -long.MaxValue, long.MaxValue));
}
