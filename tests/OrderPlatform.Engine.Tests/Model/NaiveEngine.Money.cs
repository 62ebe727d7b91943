using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Money that moves without an order in the naive model: funding (T18), cash, and positions held before (R90 to R92).</summary>
internal sealed partial class NaiveEngine
{
    private readonly HashSet<(uint Account, ulong Movement)> _movements = [];
    private readonly Dictionary<uint, long> _fundedAt = [];
    private readonly Dictionary<uint, decimal> _pendingRates = [];

    public void FundingRate(uint instrument, decimal rate, decimal? mark, long venueTimeNanos)
    {
        Harness.InstrumentRecord? market = setup.InstrumentOf(instrument);
        long last = _fundedAt.GetValueOrDefault(instrument);
        ReasonCode? reason = market is null ? ReasonCode.UnknownInstrument
            : market.Kind == InstrumentKind.Spot || rate is <= -1 or >= 1 || venueTimeNanos <= 0 || mark is <= 0 or > PriceMax ? ReasonCode.InvalidValue
            : venueTimeNanos == last ? ReasonCode.DuplicateRequest
            : venueTimeNanos < last ? ReasonCode.LateReport
            : _pendingRates.ContainsKey(instrument) ? ReasonCode.PendingFunding
            : null;
        if (reason is not null)
        {
            Said.Add($"alert {reason}");
            return;
        }

        _fundedAt[instrument] = venueTimeNanos;
        _pendingRates[instrument] = rate;
        foreach (NaivePosition position in OfInstrument(instrument))
        {
            position.PendingFunding = position.Quantity;
        }

        decimal at = mark ?? Mark(instrument);
        if (at == 0)
        {
            Said.Add("alert PendingFunding");
        }
        else
        {
            PayFunding(instrument, at);
        }
    }

    /// <summary>Pays what waits for a mark: the value of what was held × rate, longs to shorts where the rate is above zero.</summary>
    private void PayFunding(uint instrument, decimal mark)
    {
        if (!_pendingRates.Remove(instrument, out decimal rate))
        {
            return;
        }

        foreach (NaivePosition position in OfInstrument(instrument))
        {
            decimal held = position.PendingFunding;
            position.PendingFunding = 0;
            if (held == 0)
            {
                continue;
            }

            Harness.InstrumentRecord market = Market(position);
            decimal units = Product(held, market.Multiplier);
            decimal payment = market.Kind == InstrumentKind.Inverse ? MultiplyDivide(-units, rate, mark) : Product(-units, mark, rate);
            if (!Fits(units) || !Fits(payment))
            {
                Said.Add("alert ArithmeticOverflow");
                continue;
            }

            _cash[Rules(position).Account] += payment;
            position.Funding += payment;
            position.Round.Funding += position.Quantity == 0 ? 0 : payment;
            Say("funding", position.Strategy, instrument, held, rate, mark, payment);
        }
    }

    public void CashMovement(uint account, CashKind kind, decimal amount, ulong movement)
    {
        bool isKnown = setup.Accounts.Any(known => known.Id == account);
        bool isSane = amount != 0 && Math.Abs(amount) <= MoneyMax && kind switch
        {
            CashKind.Deposit => amount > 0,
            CashKind.Withdrawal => amount < 0,
            CashKind.Interest or CashKind.Adjustment => true,
            _ => false,
        };
        ReasonCode? reason = !isKnown ? ReasonCode.UnknownAccount
            : !isSane ? ReasonCode.InvalidValue
            : movement != 0 && _movements.Contains((account, movement)) ? ReasonCode.DuplicateRequest
            : !Fits(_cash[account] + amount) || !Fits(_transfers.GetValueOrDefault(account) + amount) ? ReasonCode.ArithmeticOverflow
            : null;
        if (reason is not null)
        {
            Said.Add($"alert {reason}");
            return;
        }

        if (movement != 0)
        {
            _movements.Add((account, movement));
        }

        _cash[account] += amount;
        _transfers[account] = _transfers.GetValueOrDefault(account) + amount;
        CountTransfer(account, amount);
        Say("cash", account, (uint)kind, amount, _cash[account]);
    }

    public void Seed(uint strategy, uint instrument, PositionLeg leg, decimal quantity, decimal average, decimal realised, decimal fees)
    {
        ReasonCode? reason = SeedProblem(strategy, instrument, leg, quantity, average, realised, fees, out NaivePosition? position);
        if (reason is not null)
        {
            Said.Add($"alert {reason}");
            return;
        }

        uint client = Rules(position!).Client;
        decimal before = ResultOfStrategy(strategy);
        decimal clientBefore = ResultOfClient(client);
        decimal cost = Worth(Market(position!), average, quantity);
        position!.Quantity = quantity;
        position.Cost = cost;
        position.Flows = cost;
        position.SeededRealised = realised;
        position.SeededFees = fees;
        position.Fees = fees;
        position.Round = new NaiveRound
        {
            Number = 1,
            Direction = position.Side,
            EntryTimeNanos = _now,
            EntryQuantity = Math.Abs(quantity),
            EntryValue = Math.Abs(cost),
        };
        _cash[Rules(position).Account] -= Market(position).Kind == InstrumentKind.Spot ? cost : 0;

        // What it brings along is no result of this day (D1).
        NaiveDay day = _days[(Scope.Strategy, strategy)];
        NaiveDay dayOfClient = _days[(Scope.Client, client)];
        day.Result = Hold(day.Result + ResultOfStrategy(strategy) - before);
        dayOfClient.Result = Hold(dayOfClient.Result + ResultOfClient(client) - clientBefore);
        Protect(position);
    }

    private ReasonCode? SeedProblem(
        uint strategy, uint instrument, PositionLeg wanted, decimal quantity, decimal average, decimal realised, decimal fees, out NaivePosition? position)
    {
        position = null;
        if (setup.StrategyOf(strategy) is null || setup.InstrumentOf(instrument) is not { } market)
        {
            return setup.StrategyOf(strategy) is null ? ReasonCode.UnknownStrategy : ReasonCode.UnknownInstrument;
        }

        if (quantity == 0 || Math.Abs(quantity) >= QuantityMax || average is <= 0 or > PriceMax || Math.Abs(realised) > MoneyMax || Math.Abs(fees) > MoneyMax)
        {
            return ReasonCode.InvalidValue;
        }

        ReasonCode? reason = LegProblem(strategy, wanted, quantity > 0 ? Direction.Long : Direction.Short, out PositionLeg leg);
        if (leg == (quantity > 0 ? PositionLeg.Short : PositionLeg.Long))
        {
            return ReasonCode.InvalidValue;
        }

        reason ??= PositionProblem(strategy, instrument, leg, out position);
        decimal cost = Worth(market, average, quantity);
        return reason
            ?? (position!.Round.Number != 0 || position.Working is not null ? ReasonCode.AlreadyInPosition
            : Math.Abs(cost) > MoneyMax || !Fits(_cash[Rules(position).Account] - cost) ? ReasonCode.ArithmeticOverflow
            : null);
    }
}
