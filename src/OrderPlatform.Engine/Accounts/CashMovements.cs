using System;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Accounts;

/// <summary>
/// Cash that came or went without a trade: it has happened at the venue and is booked whatever it leaves. No result of a strategy, so no limit of losses sees
/// it. A movement with an id is booked once; ids are remembered as fills are.
/// </summary>
internal static class CashMovements
{
    private const ushort Template = CashMovementDecoder.TemplateId;

    /// <summary>A movement came.</summary>
    public static void OnMovement(EngineState state, in CashMovementDecoder record)
    {
        if (!state.Accounts.TryFind(record.AccountId, out int row))
        {
            Events.Alert(state, Severity.Warning, ReasonCode.UnknownAccount, Template, record.AccountId);
            return;
        }

        ref Account account = ref state.Accounts[row];
        ulong key = FillMemory.KeyOf(row, -1, default, record.MovementId);
        ReasonCode reason = !IsSane(record.Kind, record.Amount) ? ReasonCode.InvalidValue
            : record.MovementId != 0 && state.Fills.Contains(state.Clients[state.Accounts[row].Client], key) ? ReasonCode.DuplicateRequest
            : FixedPoint.Fits((Int128)account.Cash.Raw + record.Amount) && FixedPoint.Fits((Int128)account.Transfers.Raw + record.Amount) ? ReasonCode.None
            : ReasonCode.ArithmeticOverflow;
        if (reason != ReasonCode.None)
        {
            Events.Alert(state, reason == ReasonCode.DuplicateRequest ? Severity.Information : Severity.Warning, reason, Template, record.AccountId,
                record.Amount,
                (long)record.Kind);
            return;
        }

        if (record.MovementId != 0)
        {
            state.Fills.Add(ref state.Clients[account.Client], key);
        }

        long before = account.Cash.Raw;
        account.Cash += new Money(record.Amount);
        account.Transfers += new Money(record.Amount);
        Days.OnTransfer(state, row, new Money(record.Amount));
        ConservationLedger.Check(state, row, before, record.Amount, Template);
        Events.Cash(state, account, record.Kind, record.Amount, record.MovementId);
    }

    private static bool IsSane(CashKind kind, long amount) =>
        amount != 0 && Bounds.IsMoney(amount) && kind switch
        {
            CashKind.Deposit => amount > 0,
            CashKind.Withdrawal => amount < 0,
            CashKind.Interest or CashKind.Adjustment => true,
            _ => false,
        };
}
