using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The naive model's continuous watch (R119): a daily loss at its limit lets only what reduces go out until the day ends or a person resumes.
/// </summary>
internal sealed partial class NaiveEngine
{
    private readonly HashSet<(Scope Scope, uint Id)> _reducing = [];

    private (CheckKind, ReasonCode)? StateRefusal(NaivePosition position)
    {
        (Scope, uint)[] scopes = [(Scope.Shard, 0), (Scope.Client, Rules(position).Client), (Scope.Strategy, position.Strategy)];
        return scopes.Any(_halted.Contains) ? (CheckKind.TradingState, ReasonCode.Halted)
            : scopes.Any(_reducing.Contains) ? (CheckKind.TradingState, ReasonCode.Reducing)
            : null;
    }

    private void Watch(NaivePosition position)
    {
        uint client = Rules(position).Client;
        Watch((Scope.Strategy, position.Strategy), _strategyAtDayStart.GetValueOrDefault(position.Strategy) - ResultOfStrategy(position.Strategy),
            order => order.Position.Strategy == position.Strategy);
        Watch((Scope.Client, client), _clientAtDayStart.GetValueOrDefault(client) - ResultOfClient(client), order => Rules(order.Position).Client == client);
    }

    private void Watch((Scope Scope, uint Id) of, decimal loss, Func<NaiveOrder, bool> isIn)
    {
        if (loss >= setup.LimitsOf(of.Scope, of.Id).MaximumDailyLoss && !_halted.Contains(of) && _reducing.Add(of))
        {
            Said.Add("alert RiskBreach");
            foreach (NaiveOrder order in _ordersInOrder.Where(order => order.IsOpen && isIn(order) && order.OpeningLeft > 0).ToArray())
            {
                AskForCancel(order);
            }
        }
    }
}
