using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>
/// Which inputs and outputs of a replay are a client's. Ids of orders are learnt from the outputs; everything else is asked of the engine. What names two
/// clients (a request for another's order) belongs to who made it.
/// </summary>
/// <param name="client">The client.</param>
internal sealed class ClientOwnership(uint client)
{
    private readonly HashSet<ulong> _own = [];
    private readonly HashSet<ulong> _foreign = [];
    private readonly HashSet<uint> _instruments = [];
    private readonly HashSet<uint> _venues = [];
    private Belonging _lastChange;

    /// <summary>Instruments that the client's inputs and outputs name.</summary>
    public IReadOnlySet<uint> Instruments => _instruments;

    /// <summary>Venues at which it has an account.</summary>
    public IReadOnlySet<uint> Venues => _venues;

    /// <summary>Takes over what another pass over the journal found that the client uses.</summary>
    public void Seed(ClientOwnership other)
    {
        _instruments.UnionWith(other._instruments);
        _venues.UnionWith(other._venues);
    }

    /// <summary>Learns the orders that an input made, before its messages are asked for.</summary>
    public void Learn(OutputBatch outputs)
    {
        _lastChange = Belonging.None;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (OrderEventDecoder.TryWrap(outputs[i], out OrderEventDecoder order))
            {
                HashSet<ulong> ids = order.ClientId == client ? _own : _foreign;
                ids.Add(order.ClientOrderId);
                ids.Add(order.ParentId);
                Use(order.ClientId, order.InstrumentId);
            }
            else if (ParentEventDecoder.TryWrap(outputs[i], out ParentEventDecoder parent))
            {
                (parent.ClientId == client ? _own : _foreign).Add(parent.ParentId);
                Use(parent.ClientId, parent.InstrumentId);
            }
            else if (DecisionEventDecoder.TryWrap(outputs[i], out DecisionEventDecoder decision))
            {
                Use(decision.ClientId, decision.InstrumentId);
            }
            else if (PositionEventDecoder.TryWrap(outputs[i], out PositionEventDecoder position))
            {
                Use(position.ClientId, position.InstrumentId);
            }
            else if (RiskEventDecoder.TryWrap(outputs[i], out RiskEventDecoder risk))
            {
                Use(risk.ClientId, risk.InstrumentId);
            }
        }
    }

    /// <summary>Notes that the client has an account at a venue.</summary>
    public void LearnAccount(ReadOnlySpan<byte> message)
    {
        if (AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder account) && account.ClientId == client)
        {
            _venues.Add(account.VenueId);
        }
    }

    /// <summary>Whether an order, or a parent order, is the client's.</summary>
    public bool IsOwnOrder(ulong id) => _own.Contains(id);

    /// <summary>Whether an order, or a parent order, is another client's.</summary>
    public bool IsForeignOrder(ulong id) => id != 0 && _foreign.Contains(id);

    /// <summary>Whether an order is known at all.</summary>
    public bool IsKnownOrder(ulong id) => _own.Contains(id) || _foreign.Contains(id);

    /// <summary>Whose a client is.</summary>
    public Belonging OfClient(uint id) => id == client ? Belonging.Own : Belonging.None;

    /// <summary>Whose a strategy is; null where there is none.</summary>
    public Belonging? OfStrategy(EngineState state, uint id) =>
        state.Strategies.TryFind(id, out int row) ? OfClient(state.Clients[state.Strategies[row].Client].Id) : null;

    /// <summary>Whose an account is; null where there is none.</summary>
    public Belonging? OfAccount(EngineState state, uint id) =>
        state.Accounts.TryFind(id, out int row) ? OfClient(state.Clients[state.Accounts[row].Client].Id) : null;

    /// <summary>Whose a scope is.</summary>
    public Belonging OfScope(EngineState state, Scope scope, uint id) => scope switch
    {
        Scope.Shard => Belonging.Shared,
        Scope.Client => OfClient(id),
        Scope.Strategy => OfStrategy(state, id) ?? Belonging.None,
        Scope.Account => OfAccount(state, id) ?? Belonging.None,
        Scope.Venue => OfVenue(id),
        Scope.Instrument => OfInstrument(id),
        _ => Belonging.None,
    };

    /// <summary>A venue is shared by those who have an account there.</summary>
    public Belonging OfVenue(uint id) => _venues.Contains(id) ? Belonging.Shared : Belonging.None;

    /// <summary>An instrument is shared by those whose inputs and outputs name it.</summary>
    public Belonging OfInstrument(uint id) => _instruments.Contains(id) ? Belonging.Shared : Belonging.None;

    /// <summary>A change of a trading state or a breaker, for the alert that follows it.</summary>
    public Belonging Changed(Belonging belonging) => _lastChange = belonging;

    /// <summary>Whose the last change of a trading state or a breaker in this input was.</summary>
    public Belonging LastChange => _lastChange;

    private void Use(uint owner, uint instrument)
    {
        if (owner == client)
        {
            _instruments.Add(instrument);
        }
    }
}
