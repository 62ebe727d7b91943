using System.Text.Json;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Configuration.Deployments;

/// <summary>
/// Puts several strategy files into one engine (R20, R172): venues, instruments, clients and accounts of the same name are one and must be described alike;
/// strategies are each their own. Ids follow the order in which names come.
/// </summary>
internal sealed class SetupMerge
{
    private readonly Named<string, VenueSetup> _venues = new("venue");
    private readonly Named<(ushort Venue, string Symbol), InstrumentSetup> _instruments = new("instrument");
    private readonly Named<string, ClientSetup> _clients = new("client");
    private readonly Named<(uint Client, ushort Venue), AccountSetup> _accounts = new("account");
    private readonly Named<string, StrategySetup> _strategies = new("strategy");
    private readonly Dictionary<ushort, SimulatedVenueOptions> _options = [];
    private readonly List<LimitSetup> _limits = [];
    private readonly List<SeedSetup> _seeds = [];
    private readonly List<SignalRulesSetup> _signals = [];
    private readonly List<ExecutionSetup> _executions = [];
    private readonly List<ExitSetup> _exits = [];
    private readonly List<BudgetSetup> _budgets = [];
    private readonly List<BreakerSetup> _breakers = [];

    /// <summary>Simulated venues, by id.</summary>
    public IReadOnlyList<LocalVenueOptions> Venues => [.. _options.Select(static one => new LocalVenueOptions(one.Key, one.Value))];

    /// <summary>All files together.</summary>
    public PlatformSetup Setup => new(
        0, 1, _venues.All, _instruments.All, _clients.All, _accounts.All, _strategies.All, _limits, _seeds)
    {
        SignalRules = _signals,
        Executions = _executions,
        Exits = _exits,
        Budgets = _budgets,
        Breakers = _breakers,
    };

    /// <summary>Adds a file.</summary>
    /// <exception cref="ConfigurationException">It describes something of a name that another file describes otherwise.</exception>
    public void Add(RunConfiguration configuration)
    {
        PlatformSetup setup = configuration.Setup;
        string file = configuration.File;
        ushort venue = (ushort)_venues.Add(file, setup.Venues[0].Name, setup.Venues[0], static (one, id) => one with { Id = (ushort)id });
        uint instrument = _instruments.Add(
            file, (venue, setup.Instruments[0].Symbol), setup.Instruments[0] with { VenueId = venue }, static (one, id) => one with { Id = id });
        uint client = _clients.Add(file, setup.Clients[0].Name, setup.Clients[0], static (one, id) => one with { Id = id });
        uint account = _accounts.Add(
            file, (client, venue), setup.Accounts[0] with { ClientId = client, VenueId = venue }, static (one, id) => one with { Id = id });
        uint strategy = _strategies.Count + 1;
        string name = setup.Strategies[0].Name;
        if (_strategies.Has(name))
        {
            throw new ConfigurationException($"{file}: strategy '{name}' is in another file of the deployment too: give each strategy_id once");
        }

        _strategies.Add(file, name, setup.Strategies[0] with { ClientId = client, AccountId = account }, static (one, id) => one with { Id = id });
        AddRules(setup, new Ids(venue, instrument, client, account, strategy), file);
        AddVenue(configuration, venue, instrument, account);
    }

    private readonly record struct Ids(ushort Venue, uint Instrument, uint Client, uint Account, uint Strategy)
    {
        public uint Of(Scope scope) => scope switch
        {
            Scope.Client => Client,
            Scope.Strategy => Strategy,
            Scope.Venue => Venue,
            Scope.Account => Account,
            Scope.Instrument => Instrument,
            _ => 0,
        };
    }

    private void AddRules(PlatformSetup setup, Ids ids, string file)
    {
        AddOnce(_limits, setup.Limits.Select(one => one with { ScopeId = ids.Of(one.Scope) }), static one => (one.Scope, one.ScopeId), "risk_limits", file);
        AddOnce(_breakers, setup.Breakers.Select(one => one with { ScopeId = ids.Of(one.Scope) }), static one => (one.Scope, one.ScopeId), "breakers", file);
        _seeds.AddRange(setup.Seeds.Select(one => one with { StrategyId = ids.Strategy, InstrumentId = ids.Instrument }));
        _signals.AddRange(setup.SignalRules.Select(one => one with { StrategyId = ids.Strategy }));
        _executions.AddRange(setup.Executions.Select(one => one with { StrategyId = ids.Strategy }));
        _exits.AddRange(setup.Exits.Select(one => one with { StrategyId = ids.Strategy }));
        foreach (BudgetSetup budget in setup.Budgets)
        {
            BudgetSetup moved = budget with { ScopeId = ids.Of(budget.Scope), AccountId = budget.AccountId is null ? null : ids.Account };
            if (!_budgets.Any(one => one with { Id = 0 } == moved with { Id = 0 }))
            {
                _budgets.Add(moved with { Id = (uint)_budgets.Count + 1 });
            }
        }
    }

    private static void AddOnce<T, TKey>(List<T> list, IEnumerable<T> added, Func<T, TKey> key, string what, string file)
        where T : notnull
    {
        foreach (T one in added)
        {
            T? same = list.Find(other => Equals(key(other), key(one)));
            if (same is null)
            {
                list.Add(one);
            }
            else if (!same.Equals(one))
            {
                throw new ConfigurationException($"{file}: {what} of {key(one)} differ from those in another file of the deployment: describe it alike in all");
            }
        }
    }

    private void AddVenue(RunConfiguration configuration, ushort venue, uint instrument, uint account)
    {
        SimulatedVenueOptions options = configuration.Venue with
        {
            Instruments = [configuration.Venue.Instruments[0] with { InstrumentId = instrument }],
            InitialPositions = configuration.Venue.InitialPositions is { } held
                ? [.. held.Select(one => one with { AccountId = account, InstrumentId = instrument })]
                : null,
        };
        if (!_options.TryGetValue(venue, out SimulatedVenueOptions? known))
        {
            _options.Add(venue, options);
            return;
        }

        if (Bare(known) != Bare(options))
        {
            throw new ConfigurationException($"{configuration.File}: the section venue differs from that of the same exchange in another file of the deployment: describe it alike in all");
        }

        bool isKnown = known.Instruments.Any(one => one.InstrumentId == instrument);
        _options[venue] = known with
        {
            Instruments = isKnown ? known.Instruments : [.. known.Instruments, .. options.Instruments],
            InitialPositions = known.InitialPositions is null && options.InitialPositions is null ? null
                : [.. known.InitialPositions ?? [], .. options.InitialPositions ?? []],
        };
    }

    private static string Bare(SimulatedVenueOptions options) => JsonSerializer.Serialize(options with { Instruments = [], InitialPositions = null });

    private sealed class Named<TKey, T>(string what)
        where TKey : notnull
        where T : notnull
    {
        private readonly Dictionary<TKey, uint> _ids = [];
        private readonly List<T> _all = [];

        public IReadOnlyList<T> All => _all;

        public uint Count => (uint)_all.Count;

        public bool Has(TKey key) => _ids.ContainsKey(key);

        public uint Add(string file, TKey key, T one, Func<T, uint, T> withId)
        {
            if (!_ids.TryGetValue(key, out uint id))
            {
                id = Count + 1;
                _ids.Add(key, id);
                _all.Add(withId(one, id));
                return id;
            }

            return _all[(int)id - 1].Equals(withId(one, id))
                ? id
                : throw new ConfigurationException($"{file}: {what} {key} is described otherwise in another file of the deployment: describe it alike in all");
        }
    }
}
