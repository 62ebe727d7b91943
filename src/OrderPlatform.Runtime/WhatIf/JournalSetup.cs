using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// What a journal says of its own run, from one reading of all records: whom and what was configured, how its venues behave, and how it ends. A thing that was
/// configured more than once is as it was at first.
/// </summary>
public sealed class JournalSetup
{
    private readonly Dictionary<ushort, VenueSetup> _venues = [];
    private readonly Dictionary<uint, InstrumentSetup> _instruments = [];
    private readonly Dictionary<uint, string> _clients = [];
    private readonly Dictionary<uint, StrategySetup> _strategies = [];
    private readonly Dictionary<ushort, string> _settings = [];
    private readonly HashSet<(Type Record, Scope Scope, uint Id)> _records = [];
    private readonly Dictionary<uint, ExitSetup> _exits = [];
    private readonly List<(uint AccountId, uint InstrumentId, long QuantityRaw)> _seeds = [];
    private readonly HashSet<uint> _accounts = [];
    private long _ordersPromised;
    private long _positionsPromised;
    private int _budgets;

    private JournalSetup(string folder) => Folder = folder;

    /// <summary>The journal.</summary>
    public string Folder { get; }

    /// <summary>Its venues, in the order of their ids.</summary>
    public IReadOnlyList<VenueSetup> Venues => [.. _venues.Values.OrderBy(static one => one.Id)];

    /// <summary>Its instruments.</summary>
    public IReadOnlyCollection<InstrumentSetup> Instruments => _instruments.Values;

    /// <summary>Names of clients by id.</summary>
    public IReadOnlyDictionary<uint, string> Clients => _clients;

    /// <summary>Strategies by id.</summary>
    public IReadOnlyDictionary<uint, StrategySetup> Strategies => _strategies;

    /// <summary>Settings of simulated venues, where the journal has them.</summary>
    public IReadOnlyDictionary<ushort, string> Settings => _settings;

    /// <summary>Whether a later start gave a venue other settings than the first.</summary>
    public bool HasChangedSettings { get; private set; }

    /// <summary>The last input.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Its time.</summary>
    public long LastTimeNanos { get; private set; }

    /// <summary>Time of the first input.</summary>
    public long FirstTimeNanos { get; private set; }

    /// <summary>Inputs of it.</summary>
    public long Inputs { get; private set; }

    /// <summary>Whether its writer said of inputs where they came from: a live run.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Whether the run ended by itself, and not the process.</summary>
    public bool IsCleanEnd { get; private set; }

    /// <summary>Starts of the engine.</summary>
    public int Starts { get; private set; }

    /// <summary>Bytes of an unfinished record at its end.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Positions held before the journal began, by account and instrument.</summary>
    internal IReadOnlyList<(uint AccountId, uint InstrumentId, long QuantityRaw)> Seeds => _seeds;

    /// <summary>Bounds that hold all that the journal configures: an engine with them refuses nothing that one with the usual bounds takes.</summary>
    public EngineLimits LanesLimits
    {
        get
        {
            EngineLimits usual = EngineLimits.Default;
            return _ordersPromised > usual.Orders || _positionsPromised > usual.Positions || _clients.Count == 0 ? usual : usual with
            {
                Venues = Bound(_venues.Count, usual.Venues),
                Instruments = Bound(_instruments.Count, usual.Instruments),
                Clients = Bound(_clients.Count, usual.Clients),
                Accounts = Bound(_accounts.Count, usual.Accounts),
                Strategies = Bound(_strategies.Count, usual.Strategies),
                Positions = (int)Math.Max(1, _positionsPromised),
                Orders = (int)Math.Max(1, _ordersPromised),
                Budgets = Bound(_budgets, usual.Budgets),
            };
        }
    }

    /// <summary>Reads a journal to its end.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="reading">How it is read; from which sequence is decided here.</param>
    /// <exception cref="JournalException">There is none, or it is damaged.</exception>
    /// <exception cref="WhatIfException">It has no inputs, or its beginning is gone: a world needs the configuration.</exception>
    public static JournalSetup Read(string folder, JournalReaderOptions reading)
    {
        var setup = new JournalSetup(folder);
        using JournalReader reader = JournalReader.Open(folder, reading with { FromSequence = 0 });
        while (reader.TryRead(out JournalRecord record))
        {
            setup.Take(record);
        }

        setup.IsTorn = reader.Torn is not null;
        return setup.Inputs == 0 ? throw new WhatIfException($"{folder}: the journal has no inputs: there is nothing that could have gone otherwise")
            : setup.LastSequence != setup.Inputs
                ? throw new WhatIfException($"{folder}: the journal's beginning is gone: a what-if needs it from its first input")
            : setup;
    }

    /// <summary>Whether the journal has a record of rules or limits of somebody.</summary>
    internal bool Has(Type record, Scope scope, uint id) => _records.Contains((record, scope, id));

    internal ExitMode StopModeOf(uint strategyId) => _exits.TryGetValue(strategyId, out ExitSetup? exits) ? exits.StopMode : ExitMode.Fixed;

    internal ExitMode TakeProfitModeOf(uint strategyId) => _exits.TryGetValue(strategyId, out ExitSetup? exits) ? exits.TakeProfitMode : ExitMode.Fixed;

    private static int Bound(int count, int usual) => Math.Clamp(count, 1, usual);

    private void Take(in JournalRecord record)
    {
        if (record.IsControl)
        {
            TakeControl(record.Payload);
            return;
        }

        Inputs++;
        FirstTimeNanos = Inputs == 1 ? record.TimestampNanos : FirstTimeNanos;
        LastSequence = record.Sequence;
        LastTimeNanos = record.TimestampNanos;
        IsCleanEnd = false;
        IsLive |= InputSources.Of(record.Flags) != 0;
        if (record.TemplateId is EpochStartDecoder.TemplateId or >= VenueConfigurationDecoder.TemplateId and <= ExitConfigurationDecoder.TemplateId
            or RateBudgetConfigurationDecoder.TemplateId)
        {
            TakeConfiguration(record.TemplateId, JournaledInput.MessageOf(record));
        }
    }

    private void TakeControl(ReadOnlySpan<byte> record)
    {
        IsCleanEnd |= CleanShutdownDecoder.TryWrap(record, out _);
        if (VenueSettings.Read(record) is { } settings && !_settings.TryAdd(settings.VenueId, settings.Text))
        {
            HasChangedSettings |= _settings[settings.VenueId] != settings.Text;
        }
    }

    private void TakeConfiguration(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case EpochStartDecoder.TemplateId:
                Starts++;
                break;
            case RateBudgetConfigurationDecoder.TemplateId:
                _budgets++;
                break;
            case VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder venue):
                _venues.TryAdd(venue.VenueId, SetupReader.Venue(venue));
                break;
            case InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder instrument):
                _instruments.TryAdd(instrument.InstrumentId, SetupReader.Instrument(instrument));
                break;
            case ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder client):
                TakeClient(client);
                break;
            case AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder account):
                _accounts.Add(account.AccountId);
                break;
            default:
                TakeRules(templateId, message);
                break;
        }
    }

    private void TakeClient(in ClientConfigurationDecoder client)
    {
        if (_clients.TryAdd(client.ClientId, SetupReader.Text(client.Name)))
        {
            _ordersPromised += client.TryGetMaximumOrders(out uint orders) ? orders : EngineLimits.Default.ClientOrders;
            _positionsPromised += client.TryGetMaximumPositions(out uint positions) ? positions : EngineLimits.Default.ClientPositions;
        }
    }

    private void TakeRules(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy):
                _strategies[strategy.StrategyId] = SetupReader.Strategy(strategy);
                _records.Add((typeof(StrategySetup), Scope.Strategy, strategy.StrategyId));
                break;
            case RiskLimitsDecoder.TemplateId when RiskLimitsDecoder.TryWrap(message, out RiskLimitsDecoder limits):
                _records.Add((typeof(LimitSetup), limits.Scope, limits.ScopeId));
                break;
            case SignalConfigurationDecoder.TemplateId when SignalConfigurationDecoder.TryWrap(message, out SignalConfigurationDecoder signals):
                _records.Add((typeof(SignalRulesSetup), Scope.Strategy, signals.StrategyId));
                break;
            case ExecutionConfigurationDecoder.TemplateId when ExecutionConfigurationDecoder.TryWrap(message, out ExecutionConfigurationDecoder execution):
                _records.Add((typeof(ExecutionSetup), Scope.Strategy, execution.StrategyId));
                break;
            case ExitConfigurationDecoder.TemplateId when ExitConfigurationDecoder.TryWrap(message, out ExitConfigurationDecoder exits):
                _records.Add((typeof(ExitSetup), Scope.Strategy, exits.StrategyId));
                _exits[exits.StrategyId] = SetupReader.Exits(exits);
                break;
            case PositionSeedDecoder.TemplateId when PositionSeedDecoder.TryWrap(message, out PositionSeedDecoder seed):
                if (_strategies.TryGetValue(seed.StrategyId, out StrategySetup? owner))
                {
                    _seeds.Add((owner.AccountId, seed.InstrumentId, seed.Quantity));
                }

                break;
            default:
                break;
        }
    }
}
