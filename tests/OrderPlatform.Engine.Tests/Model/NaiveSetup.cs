using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The configuration that both the engine and the model run under, drawn from a seed: contracts of every kind, netting and hedging accounts, strategies of
/// every mode, limits that bind now and then. Two clients; the second one has an account in coins beside its first.
/// </summary>
internal sealed partial class NaiveSetup
{
    public const long StartNanos = 20_778L * DayNanos;
    public const long DayNanos = 86_400_000_000_000;
    public const long SecondNanos = 1_000_000_000;

    private readonly Dictionary<uint, StrategyRecord> _strategies;
    private readonly Dictionary<uint, AccountRecord> _accounts;
    private readonly Dictionary<uint, InstrumentRecord> _instruments;
    private readonly Dictionary<uint, SignalRulesRecord> _signals;

    public NaiveSetup(Random random)
    {
        Venue = DrawVenue(random);
        Instruments = DrawInstruments(random);
        Clients =
        [
            new ClientRecord { Id = 1, SelfTradePrevention = (SelfTradePrevention)random.Next(5) },
            new ClientRecord { Id = 2, DayRollNanos = random.Next(3) * 5 * 3_600 * SecondNanos },
        ];
        Accounts = DrawAccounts(random);
        Strategies = [.. Enumerable.Range(1, 5).Select(id => DrawStrategy(random, (uint)id))];
        Signals = [.. Strategies.Where(_ => random.Next(3) == 0).Select(strategy => DrawSignals(random, strategy.Id))];
        Exits = [.. Strategies.Select(strategy => DrawExits(random, strategy.Id))];
        Limits =
        [
            .. Strategies.Where(_ => random.Next(3) > 0).Select(strategy => DrawLimits(random, Scope.Strategy, strategy.Id)),
            .. Clients.Where(_ => random.Next(2) == 0).Select(client => DrawLimits(random, Scope.Client, client.Id)),
        ];
        _strategies = Strategies.ToDictionary(record => record.Id);
        _accounts = Accounts.ToDictionary(record => record.Id);
        _instruments = Instruments.ToDictionary(record => record.Id);
        _signals = Signals.ToDictionary(record => record.Strategy);
    }

    public VenueRecord Venue { get; }

    public InstrumentRecord[] Instruments { get; }

    public ClientRecord[] Clients { get; }

    public AccountRecord[] Accounts { get; }

    public StrategyRecord[] Strategies { get; }

    public SignalRulesRecord[] Signals { get; }

    public ExitRulesRecord[] Exits { get; }

    public LimitsRecord[] Limits { get; }

    public IEnumerable<byte[]> Encode() =>
    [
        InputBytes.EpochStart(1),
        Venue.Encode(),
        .. Instruments.Select(record => record.Encode()),
        .. Clients.Select(record => record.Encode()),
        .. Accounts.Select(record => record.Encode()),
        .. Strategies.Select(record => record.Encode()),
        .. Signals.Select(record => record.Encode()),
        .. Exits.Select(record => record.Encode()),
        .. Limits.Select(record => record.Encode()),
    ];

    public StrategyRecord? StrategyOf(uint id) => _strategies.GetValueOrDefault(id);

    public InstrumentRecord? InstrumentOf(uint id) => _instruments.GetValueOrDefault(id);

    public AccountRecord AccountOf(uint id) => _accounts[id];

    public SignalRulesRecord SignalsOf(uint strategy) => _signals.GetValueOrDefault(strategy) ?? NoSignals;

    public IEnumerable<StrategyRecord> StrategiesOf(uint client) => Strategies.Where(strategy => strategy.Client == client);

    public IEnumerable<AccountRecord> AccountsOf(uint client) => Accounts.Where(account => account.Client == client);

    private static readonly SignalRulesRecord NoSignals = new();
}
