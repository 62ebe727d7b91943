using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The chain of what a check refused: how it began, all checks with their numbers, and the refusal that ends it.</summary>
internal static class RefusalChain
{
    /// <summary>Adds it.</summary>
    public static void AddTo(Chain chain, FactIndex index, Fact refusal)
    {
        chain.Add(refusal);
        RiskEventDecoder.TryWrap(refusal.Message, out RiskEventDecoder risk);
        AddBegin(chain, index, refusal);
        ReasonCode reason = risk.Reason;
        Fact? check = FactRange.At(index.OfPosition(refusal.Strategy, refusal.Instrument), refusal.Sequence)
            .LastOrDefault(one => one.Kind == LinkKind.Checks && one.Place < refusal.Place && ReasonOf(one) == reason);
        chain.Add(check);
        if (check is null && IsOfChecks(risk))
        {
            chain.Miss(LinkKind.Checks, refusal.Sequence, $"the checks that refused ({risk.Check}, {risk.Reason})");
        }

        if (refusal.RequestId != 0)
        {
            chain.Add(FactRange.At(index.OfRequest(refusal.Strategy, refusal.RequestId), refusal.Sequence).Where(static one => one.Kind == LinkKind.Parent));
        }
    }

    /// <summary>Asks for the refusal that follows a check that did not pass.</summary>
    public static void AskAfter(Chain chain, FactIndex index, Fact check)
    {
        ReasonCode reason = ReasonOf(check);
        if (reason != ReasonCode.None && !FactRange.At(index.OfPosition(check.Strategy, check.Instrument), check.Sequence)
            .Any(one => one.Kind == LinkKind.Refusal && one.Place > check.Place && RiskEventDecoder.TryWrap(one.Message, out RiskEventDecoder risk) && risk.Reason == reason))
        {
            chain.Miss(LinkKind.Refusal, check.Sequence, $"the refusal ({reason}) after the checks of strategy {check.Strategy}");
        }
    }

    /// <summary>Asks for what became of a request for an order.</summary>
    public static void AskAfterRequest(Chain chain, FactIndex index, Fact request)
    {
        if (request.Strategy != 0 && !FactRange.At(index.OfRequest(request.Strategy, request.RequestId), request.Sequence)
            .Any(static one => one.Kind is LinkKind.Refusal or LinkKind.Parent))
        {
            chain.Miss(LinkKind.Refusal, request.Sequence, $"the parent order or the refusal of request {request.RequestId} of strategy {request.Strategy}");
        }
    }

    // A signal and a request may have one number: the one that came last is meant.
    private static void AddBegin(Chain chain, FactIndex index, Fact refusal)
    {
        Fact? here = index.RequestAt(refusal.Sequence);
        if (here is not null && here.RequestId == refusal.RequestId)
        {
            chain.Add(here);
            return;
        }

        IReadOnlyList<Fact> facts = index.OfRequest(refusal.Strategy, refusal.RequestId);
        Fact? begin = FactRange.Last(facts, refusal.Sequence, static one => one.Kind == LinkKind.Request || IsSignal(one));
        if (begin is { Kind: LinkKind.Request })
        {
            chain.Add(begin);
        }
        else if (begin is null && refusal.RequestId == 0)
        {
            ChainBegin.OfOwn(chain, index, refusal);
        }
        else if (begin is null && FactRange.Last(facts, refusal.Sequence, static one => one.Kind == LinkKind.Parent && one.ExitReason == ExitReason.Manual) is { } parent)
        {
            chain.Miss(LinkKind.Request, parent.Sequence, $"the request {refusal.RequestId} of strategy {refusal.Strategy}");
        }
        else if (begin is null)
        {
            chain.Miss(LinkKind.Request, refusal.Sequence, $"the signal or request {refusal.RequestId} of strategy {refusal.Strategy}");
        }
        else
        {
            ChainBegin.OfSignal(chain, index, refusal.Strategy, refusal.RequestId, refusal.Sequence);
        }
    }

    private static bool IsSignal(Fact fact) => fact.Kind is LinkKind.Signal or LinkKind.Decision or LinkKind.Filters or LinkKind.Sizing or LinkKind.Votes;

    private static ReasonCode ReasonOf(Fact fact) => CheckEventDecoder.TryWrap(fact.Message, out CheckEventDecoder check) ? check.Reason : ReasonCode.None;

    // Some refusals come before the checks, or in their place: their own numbers are all there is.
    private static bool IsOfChecks(in RiskEventDecoder risk) => risk.Check switch
    {
        CheckKind.ReferenceData or CheckKind.ReduceOnly or CheckKind.PostOnly or CheckKind.Capability or CheckKind.ExitFeasibility => false,
        CheckKind.OrderQuantity => risk.Reason is not (ReasonCode.RoundsToZero or ReasonCode.NotReducing or ReasonCode.InvalidValue),
        CheckKind.VenueRules => risk.Reason != ReasonCode.PriceNotOnTick,
        CheckKind.Balance => risk.Reason != ReasonCode.ArithmeticOverflow,
        CheckKind.TradingState => !(risk.Reason == ReasonCode.Halted && risk.Value == 1),
        _ => true,
    };
}
