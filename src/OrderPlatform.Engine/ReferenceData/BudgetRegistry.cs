using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>
/// Takes rate budgets in (D14, T11). A record for a known id changes how much and how fast; whose requests it counts, and which, cannot change.
/// </summary>
internal static class BudgetRegistry
{
    private const long WindowMaxNanos = 366L * 86_400_000_000_000;

    public static void OnBudget(EngineState state, in RateBudgetConfigurationDecoder record)
    {
        const ushort Template = RateBudgetConfigurationDecoder.TemplateId;
        var reserve = new Ratio(record.TryGetReserve(out long share) ? share : 0);
        bool sane = record.BudgetId != 0 && record.WindowNanos <= WindowMaxNanos && record.Unit is >= BudgetUnit.Requests and <= BudgetUnit.Aged
            && (record.Unit != BudgetUnit.Aged || (record.Kind == BudgetKind.Leaky && record.Capacity >= AgedCost.Most));
        ReasonCode reason = BudgetMeter.TryCreate(record.Kind, record.Capacity, record.WindowNanos, reserve, out BudgetMeter meter) && sane
            ? Resolve(state, record, out int row, out int account)
            : Nothing(out row, out account);
        if (reason != ReasonCode.None)
        {
            Registry.Refuse(state, reason, Template, record.BudgetId);
            return;
        }

        if (!state.Budgets.TryFind(record.BudgetId, out int known))
        {
            Registry.Put(state, state.Budgets, record.BudgetId, New(record, row, account, meter), Template);
            return;
        }

        ref RateBudget budget = ref state.Budgets[known];
        if (budget.Scope != record.Scope || budget.ScopeRow != row || budget.Account != account || budget.Meter.Kind != record.Kind
            || budget.Unit != record.Unit)
        {
            Registry.Refuse(state, ReasonCode.AlreadyDefined, Template, record.BudgetId);
            return;
        }

        // What was used stays used.
        meter.Overwrite(state.NowNanos, budget.Meter.Used(state.NowNanos));
        budget.Meter = meter;
        for (int waiting = 0; waiting < state.Accounts.Count; waiting++)
        {
            RequestQueue.Wake(state, waiting);
        }
    }

    private static RateBudget New(in RateBudgetConfigurationDecoder record, int row, int account, in BudgetMeter meter) => new()
    {
        Id = record.BudgetId,
        Scope = record.Scope,
        ScopeRow = row,
        Account = account,
        Unit = record.Unit,
        Meter = meter,
    };

    private static ReasonCode Resolve(EngineState state, in RateBudgetConfigurationDecoder record, out int row, out int account)
    {
        row = -1;
        account = -1;
        if (record.TryGetAccountId(out uint accountId))
        {
            if (record.Scope != Scope.Instrument)
            {
                return ReasonCode.InvalidValue;
            }

            if (!state.Accounts.TryFind(accountId, out account))
            {
                return ReasonCode.UnknownAccount;
            }
        }

        return record.Scope switch
        {
            Scope.Client => state.Clients.TryFind(record.ScopeId, out row) ? ReasonCode.None : ReasonCode.UnknownClient,
            Scope.Account => state.Accounts.TryFind(record.ScopeId, out row) ? ReasonCode.None : ReasonCode.UnknownAccount,
            Scope.Venue => state.Venues.TryFind(record.ScopeId, out row) ? ReasonCode.None : ReasonCode.UnknownVenue,
            Scope.Instrument => state.Instruments.TryFind(record.ScopeId, out row) ? ReasonCode.None : ReasonCode.UnknownInstrument,
            _ => ReasonCode.InvalidValue,
        };
    }

    private static ReasonCode Nothing(out int row, out int account)
    {
        row = -1;
        account = -1;
        return ReasonCode.InvalidValue;
    }
}
