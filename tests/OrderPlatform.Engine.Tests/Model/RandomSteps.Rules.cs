using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>New rules at run time, wrong ones among them, and commands of every kind.</summary>
internal sealed partial class RandomSteps
{
    private Step Rules() => random.Next(4) switch
    {
        0 or 1 => Limits(),
        2 => Strategy(),
        _ => Exits(),
    };

    /// <summary>New limits; one of them below zero or beyond every number now and then, or of nobody.</summary>
    private Step Limits()
    {
        var scope = (Scope)(random.Next(20) == 0 ? random.Next(256) : random.Next(2, 4));
        LimitsRecord limits = NaiveSetup.DrawLimits(random, scope, (uint)random.Next(1, scope == Scope.Client ? 4 : 7));
        bool isSane = random.Next(6) > 0;
        limits = isSane ? limits : random.Next(4) switch
        {
            0 => limits with { MaximumOrderQuantity = -NaiveMath.Unit },
            1 => limits with { MaximumDailyLoss = NaiveMath.MoneyMax + NaiveMath.Unit },
            2 => limits with { MaximumLeverage = 1_000_000.00000001m },
            _ => limits with { MaximumPriceAgeNanos = 0 },
        };
        return new Step(limits.Encode(), model => model.SetLimits(limits, isSane));
    }

    private Step Strategy()
    {
        StrategyRecord record = NaiveSetup.DrawStrategy(random, (uint)random.Next(1, 7));
        record = random.Next(12) switch
        {
            0 => record with { Client = 9 },
            1 => record with { Account = 9 },
            2 => record with { Client = 3 - record.Client },
            3 => record with { Client = 2, Account = 2 },
            _ => record,
        };
        bool isSane = random.Next(6) > 0;
        record = isSane ? record : random.Next(5) switch
        {
            0 => record with { StopLoss = -NaiveMath.Unit },
            1 => record with { TakeProfit = 1_000_000.00000001m },
            2 => record with { MinimumConfidence = 1.00000001m },
            3 => record with { Mode = (TradingMode)9 },
            _ => record with { LimitOffset = 1m },
        };
        return new Step(record.Encode(), model => model.SetStrategy(record, isSane));
    }

    private Step Exits()
    {
        ExitRulesRecord record = NaiveSetup.DrawExits(random, (uint)random.Next(1, 7));
        bool isSane = random.Next(6) > 0;
        record = isSane ? record : random.Next(4) switch
        {
            0 => record with { TrailingOffset = 1m },
            1 => record with { TrailingActivation = -NaiveMath.Unit },
            2 => record with { MaximumHoldNanos = -1 },
            _ => record with { Stop = (ExitMode)9 },
        };
        return new Step(record.Encode(), model => model.SetExits(record, isSane));
    }

    private Step Command()
    {
        // Halts are rarer than resumes, or nothing would trade.
        OperatorAction action = random.Next(16) switch
        {
            0 or 1 => OperatorAction.Halt,
            2 => OperatorAction.Flatten,
            3 => OperatorAction.Reduce,
            4 => OperatorAction.CancelAll,
            5 => One(OperatorAction.Kill, OperatorAction.KillAndFlatten, OperatorAction.ResetBreaker, (OperatorAction)random.Next(9, 256)),
            _ => OperatorAction.Resume,
        };
        var scope = (Scope)(random.Next(30) == 0 ? random.Next(256) : random.Next(4) == 0 ? random.Next(1, 7) : random.Next(1, 4));
        uint id = (uint)random.Next(1, 7);
        return new Step(InputBytes.Command(action, scope, id), model => model.Command(action, scope, id));
    }
}
