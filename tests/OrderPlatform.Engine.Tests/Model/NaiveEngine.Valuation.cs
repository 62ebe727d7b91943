using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Values, results and exposures of the naive model, all made again from positions and orders whenever they are asked for.</summary>
internal sealed partial class NaiveEngine
{
    private StrategyRecord Rules(NaivePosition position) => position.Rules;

    private InstrumentRecord Market(NaivePosition position) => position.Market;

    private decimal Mark(uint instrument) => _marks.GetValueOrDefault(instrument);

    /// <summary>At the mark; at cost while no mark is known, or where the value is larger than any number.</summary>
    private decimal ValueAtMark(NaivePosition position)
    {
        decimal mark = Mark(position.Instrument);
        if (position.Quantity == 0 || mark == 0)
        {
            return position.Quantity == 0 ? 0 : position.Cost;
        }

        decimal value = Worth(Market(position), mark, position.Quantity);
        return Fits(value) ? value : position.Cost;
    }

    private decimal Unrealised(NaivePosition position) => Hold(ValueAtMark(position) - position.Cost);

    private decimal Average(NaivePosition position) => AveragePrice(Market(position), position.Quantity, position.Cost);

    /// <summary>Share of the account's equity: what spot is worth, and what others would bring.</summary>
    private decimal Contribution(NaivePosition position) =>
        Market(position).Kind == InstrumentKind.Spot ? ValueAtMark(position) : Unrealised(position);

    private decimal ExposureOf(NaivePosition position) => Math.Min(Math.Abs(ValueAtMark(position)), Largest);

    private decimal ExposureOfAccount(uint account) => Hold(OfAccount(account).Sum(ExposureOf));

    private decimal PendingExposureOf(NaivePosition position)
    {
        decimal pending = Pending(position);
        return pending == 0 ? 0 : Notional(Market(position), Mark(position.Instrument), pending);
    }

    private IEnumerable<NaivePosition> OfAccount(uint account) => _inOrder.Where(position => Rules(position).Account == account);

    private decimal Equity(uint account) => Hold(_cash[account] + OfAccount(account).Sum(Contribution));

    private decimal Reserved(uint account) => _ordersInOrder.Where(order => Rules(order.Position).Account == account).Sum(ReservedFor);

    private decimal ReservedFor(NaiveOrder order)
    {
        decimal opening = order.OpeningLeft;
        return opening == 0 || order.ReservePrice == 0 ? 0 : Math.Abs(Worth(Market(order.Position), order.ReservePrice, opening));
    }

    private decimal Pending(NaivePosition position) => position.Orders.Sum(order => order.OpeningLeft);

    /// <summary>An amount of an account in its client's currency, at the mark of its conversion.</summary>
    private decimal Converted(uint account, decimal amount) =>
        setup.AccountOf(account).Conversion is 0 ? amount : Hold(Product(Hold(amount), Mark(setup.AccountOf(account).Conversion)));

    private decimal ResultBefore(uint strategy) => _inOrder.Where(position => position.Strategy == strategy)
        .Sum(position => position.Realised - position.Fees + position.Funding + Unrealised(position));

    private decimal ResultOfStrategy(uint strategy) => Hold(ResultBefore(strategy));

    private decimal ResultOfClient(uint client) =>
        Hold(setup.StrategiesOf(client).Sum(strategy => Converted(strategy.Account, ResultBefore(strategy.Id))));

    private decimal EquityOfClient(uint client) =>
        Hold(setup.AccountsOf(client).Sum(account => Converted(account.Id, _cash[account.Id] + OfAccount(account.Id).Sum(Contribution))));

    private decimal EquityOfStrategy(uint strategy)
    {
        uint account = setup.StrategyOf(strategy)!.Account;
        return Hold(Converted(account, Equity(account)));
    }

    private decimal ExposureOfStrategy(uint strategy) => Converted(
        setup.StrategyOf(strategy)!.Account,
        _inOrder.Where(position => position.Strategy == strategy).Sum(position => ExposureOf(position) + PendingExposureOf(position)));

    private decimal ExposureOfClient(uint client) => setup.AccountsOf(client)
        .Sum(account => Converted(account.Id, OfAccount(account.Id).Sum(ExposureOf) + Reserved(account.Id)));

    /// <summary>Of an instrument over all strategies of a client, as if one position were exposed by another amount.</summary>
    private decimal ExposureOfInstrument(uint client, uint instrument, NaivePosition? changed = null, decimal exposure = 0) => _inOrder
        .Where(position => position.Instrument == instrument && Rules(position).Client == client)
        .Sum(position => Converted(
            Rules(position).Account, position == changed ? exposure : ExposureOf(position) + PendingExposureOf(position)));
}
