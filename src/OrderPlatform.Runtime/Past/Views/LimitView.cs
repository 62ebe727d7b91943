using OrderPlatform.Engine;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A limit that is set. Its name is that of a strategy file's key.</summary>
/// <param name="Scope">Client or strategy.</param>
/// <param name="ScopeId">Its id.</param>
/// <param name="Name">As in a strategy file: <c>max_daily_loss</c>.</param>
/// <param name="Limit">Times 1e8, counts and milliseconds too.</param>
/// <param name="Used">What is compared with it, where that is one number of the whole scope at any time; else null.</param>
public sealed record LimitView(Scope Scope, uint ScopeId, string Name, long Limit, long? Used)
{
    private const long One = 100_000_000;
    private const long NanosPerMilli = 1_000_000;

    internal static void Add(List<LimitView> views, EngineState state, ClientView client, int row)
    {
        ref Client of = ref state.Clients[row];
        Add(views, Scope.Client, client.Client, of.Limits, client.DayLoss, client.Drawdown, client.OpenOrders, of.Messages, Ratio(client.Gross, client.Equity));
    }

    internal static void Add(List<LimitView> views, EngineState state, StrategyView strategy, int row)
    {
        ref Strategy of = ref state.Strategies[row];
        Add(views, Scope.Strategy, strategy.Strategy, of.Limits, strategy.DayLoss, strategy.Drawdown, strategy.OpenOrders, of.Messages, null);
    }

    private static void Add(
        List<LimitView> views, Scope scope, uint id, in RiskLimitSet limits, long dayLoss, long drawdown, uint openOrders, uint messages, long? leverage)
    {
        var to = new Sink(views, scope, id);
        to.Add("min_order_size", limits.MinimumOrderQuantity.Raw == 0 ? long.MaxValue : limits.MinimumOrderQuantity.Raw, null);
        to.Add("max_order_size", limits.MaximumOrderQuantity.Raw, null);
        to.Add("max_order_value", limits.MaximumOrderNotional.Raw, null);
        to.Add("max_position_size", limits.MaximumPositionQuantity.Raw, null);
        to.Add("max_position_notional", limits.MaximumPositionNotional.Raw, null);
        to.Add("max_position_fraction", limits.MaximumPositionFraction.Raw, null);
        to.Add("max_concentration", limits.MaximumConcentration.Raw, null);
        to.Add("max_leverage", limits.MaximumLeverage.Raw, leverage);
        to.Add("max_daily_loss", limits.MaximumDailyLoss.Raw, dayLoss);
        to.Add("max_daily_loss_fraction", limits.MaximumDailyLossFraction.Raw, null);
        to.Add("max_drawdown", limits.MaximumDrawdown.Raw, drawdown);
        to.Add("max_drawdown_fraction", limits.MaximumDrawdownFraction.Raw, null);
        to.Add("max_loss_per_trade", limits.MaximumLossPerTrade.Raw, null);
        to.Add("max_price_deviation", limits.MaximumPriceDeviation.Raw, null);
        to.Add("max_slippage", limits.MaximumSlippage.Raw, null);
        to.Add("max_open_orders", limits.MaximumOpenOrders == uint.MaxValue ? long.MaxValue : limits.MaximumOpenOrders * One, openOrders * One);
        to.Add("max_messages", limits.MaximumMessages == uint.MaxValue ? long.MaxValue : limits.MaximumMessages * One, messages * One);
        to.Add("max_price_age_ms", limits.MaximumPriceAgeNanos == long.MaxValue ? long.MaxValue : limits.MaximumPriceAgeNanos / NanosPerMilli * One, null);
    }

    private static long? Ratio(long gross, long equity) => equity <= 0 ? null : ClientView.Hold((Int128)gross * One / equity);

    private readonly record struct Sink(List<LimitView> Views, Scope Scope, uint Id)
    {
        public void Add(string name, long limit, long? used)
        {
            if (limit != long.MaxValue)
            {
                Views.Add(new LimitView(Scope, Id, name, limit, used));
            }
        }
    }
}
