using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Risk;

/// <summary>An order under check, with the rows that the checks read.</summary>
internal readonly ref struct CheckedOrder
{
    /// <summary>The engine.</summary>
    public readonly EngineState State;

    /// <summary>The order.</summary>
    public readonly ref readonly ProposedOrder Order;

    /// <summary>Its position.</summary>
    public readonly ref Position Position;

    /// <summary>The strategy.</summary>
    public readonly ref Strategy Strategy;

    /// <summary>The client.</summary>
    public readonly ref Client Client;

    /// <summary>The account.</summary>
    public readonly ref Account Account;

    /// <summary>The instrument.</summary>
    public readonly ref Instrument Instrument;

    /// <summary>Whether it is a parent order as a whole, which goes out in parts: rules of one order's size do not hold for it (D3).</summary>
    public readonly bool IsWhole;

    /// <summary>How the strategy stands.</summary>
    public readonly Standing StandingOfStrategy;

    /// <summary>How the client stands.</summary>
    public readonly Standing StandingOfClient;

    public CheckedOrder(EngineState state, ref readonly ProposedOrder order, bool isWhole)
    {
        State = state;
        Order = ref order;
        Position = ref state.Positions[order.Position];
        Strategy = ref state.Strategies[Position.Strategy];
        Client = ref state.Clients[Strategy.Client];
        Account = ref state.Accounts[Position.Account];
        Instrument = ref state.Instruments[Position.Instrument];
        IsWhole = isWhole;
        StandingOfStrategy = Standing.Of(state, Strategy);
        StandingOfClient = Standing.Of(state, Strategy.Client);
    }

    /// <summary>Equity of the position's account, which need not be the strategy's own.</summary>
    public Money Equity => Valuation.Equity(State, Position.Account);

    /// <summary>The limits of the strategy.</summary>
    public ref readonly RiskLimitSet Own => ref Strategy.Limits;

    /// <summary>The limits of the client.</summary>
    public ref readonly RiskLimitSet Shared => ref Client.Limits;
}
