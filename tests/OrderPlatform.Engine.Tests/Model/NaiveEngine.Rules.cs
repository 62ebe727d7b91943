using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Rules that change at run time in the naive model.</summary>
internal sealed partial class NaiveEngine
{
    private readonly Dictionary<uint, StrategyRecord> _strategies = setup.Strategies.ToDictionary(record => record.Id);
    private readonly Dictionary<uint, ExitRulesRecord> _exits = setup.Exits.ToDictionary(record => record.Strategy);

    /// <summary>A strategy's record replaces all of its rules but those with records of their own; whose it is never changes.</summary>
    public void SetStrategy(StrategyRecord record, bool isSane)
    {
        StrategyRecord? known = setup.StrategyOf(record.Id);
        AccountRecord? account = setup.Accounts.FirstOrDefault(account => account.Id == record.Account);
        ReasonCode? reason = !setup.Clients.Any(client => client.Id == record.Client) ? ReasonCode.UnknownClient
            : account is null ? ReasonCode.UnknownAccount
            : account.Client != record.Client ? ReasonCode.NotTheOwner
            : known is not null && (known.Client != record.Client || known.Account != record.Account) ? ReasonCode.AlreadyDefined
            : !isSane ? ReasonCode.InvalidValue
            : known is null ? ReasonCode.TableFull
            : null;
        if (reason is not null)
        {
            Said.Add($"alert {reason}");
            return;
        }

        _strategies[record.Id] = record;
        foreach (NaivePosition position in _inOrder.Where(position => position.Strategy == record.Id))
        {
            position.Rules = record;
        }

        ProtectAgain(record.Id);
    }

    public void SetExits(ExitRulesRecord record, bool isSane)
    {
        ReasonCode? reason = setup.StrategyOf(record.Strategy) is null ? ReasonCode.UnknownStrategy : isSane ? null : ReasonCode.InvalidValue;
        if (reason is not null)
        {
            Said.Add($"alert {reason}");
            return;
        }

        _exits[record.Strategy] = record;
        ProtectAgain(record.Strategy);
    }

    private ExitRulesRecord ExitsOf(uint strategy) => _exits[strategy];

    private void ProtectAgain(uint strategy)
    {
        foreach (NaivePosition position in Enumerable.Reverse(_inOrder).Where(position => position.Strategy == strategy).ToArray())
        {
            Protect(position);
        }
    }
}
