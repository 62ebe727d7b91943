using OrderPlatform.Engine;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>A parent order under way; quantities times 1e8.</summary>
/// <param name="ParentId">Its id.</param>
/// <param name="RequestId">The signal or request behind it.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="Strategy">Of which strategy.</param>
/// <param name="Instrument">Of what.</param>
/// <param name="Origin">Who wanted it.</param>
/// <param name="Algorithm">How it is carried out.</param>
/// <param name="Status">Its state.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Quantity">Asked for.</param>
/// <param name="Executed">Executed.</param>
/// <param name="Working">Leaves of its open orders.</param>
/// <param name="Unsent">Not sent yet.</param>
/// <param name="Children">Orders sent for it.</param>
public sealed record ParentView(
    ulong ParentId, ulong RequestId, uint Client, uint Strategy, uint Instrument, OrderOrigin Origin, ExecutionAlgorithm Algorithm, ParentStatus Status, Side Side,
    long Quantity, long Executed, long Working, long Unsent, uint Children)
{
    internal static ParentView Of(EngineState state, in ParentOrder parent)
    {
        ref Position position = ref state.Positions[parent.Position];
        return new ParentView(
            parent.Id, parent.RequestId, state.Clients[state.Strategies[position.Strategy].Client].Id, state.Strategies[position.Strategy].Id,
            state.Instruments[position.Instrument].Id, parent.Origin, parent.Algorithm, parent.Status, parent.Side, parent.Quantity.Raw, parent.Executed.Raw,
            parent.Working.Raw, parent.Unsent.Raw, parent.Children);
    }
}
