using OrderPlatform.Engine;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A position; quantities, prices and money times 1e8; 0 where a price is not there.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="Strategy">Of which strategy.</param>
/// <param name="Account">In which account.</param>
/// <param name="Instrument">Of what.</param>
/// <param name="Leg">Net, or a leg in hedging mode.</param>
/// <param name="Quantity">Held, signed.</param>
/// <param name="AveragePrice">Its cost for each unit.</param>
/// <param name="Mark">The price that values it.</param>
/// <param name="Realised">Realised profit since the start, before fees.</param>
/// <param name="Unrealised">Profit at the mark.</param>
/// <param name="Fees">Fees since the start.</param>
/// <param name="Funding">Funding received since the start.</param>
/// <param name="Exposure">Notional at the mark, without sign.</param>
/// <param name="StopPrice">Where it ends with a loss.</param>
/// <param name="TrailingPrice">Where its trailing stop stands.</param>
/// <param name="TargetPrice">Where it ends with a profit.</param>
/// <param name="ExitAtNanos">When it ends at the latest; 0 is never.</param>
/// <param name="Wanted">Which side is wanted and not yet ordered, if something is.</param>
/// <param name="Trades">Rounds from flat to flat so far, the open one included.</param>
public sealed record PositionView(
    uint Client, uint Strategy, uint Account, uint Instrument, PositionLeg Leg, long Quantity, long AveragePrice, long Mark, long Realised, long Unrealised, long Fees,
    long Funding, long Exposure, long StopPrice, long TrailingPrice, long TargetPrice, long ExitAtNanos, Direction? Wanted, uint Trades)
{
    internal static PositionView Of(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        ref Protection protection = ref state.Positions.ProtectionOf(row);
        return new PositionView(
            state.Clients[state.Strategies[position.Strategy].Client].Id, state.Strategies[position.Strategy].Id, state.Accounts[position.Account].Id,
            state.Instruments[position.Instrument].Id, position.Leg, position.Quantity.Raw, Valuation.AveragePrice(state, position).Raw,
            state.Instruments[position.Instrument].Mark.Raw, position.Realised.Raw, position.Unrealised.Raw, position.Fees.Raw, position.Funding.Raw,
            position.Exposure.Raw, protection.StopPrice.Raw, protection.TrailingPrice.Raw, protection.TargetPrice.Raw, protection.ExitAtNanos,
            position.Intent.State == IntentState.None ? null : position.Intent.Target, position.Round.Number);
    }
}
