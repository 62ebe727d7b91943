using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>What the engine and the model run under, drawn from a seed: what the venue can do itself and its filters, rules of execution, budgets.</summary>
internal sealed class OrderSetup
{
    public const int Shard = 3;

    private const long Second = EngineHarness.SecondNanos;

    public OrderSetup(Random random)
    {
        Venue = new VenueRecord { Features = (VenueFeatures)random.Next(1 << 9) };
        DayEndNanos = random.Next(24) * 3_600L * Second;
        Instruments =
        [
            new InstrumentRecord
            {
                Id = 1,
                MinimumQuantity = Pick<decimal?>(random, null, 0.5m, 2m),
                MaximumQuantity = Pick(random, 6m, 15m, 1_000m),
                MinimumNotional = Pick<decimal?>(random, null, 50m),
            },
            new InstrumentRecord { Id = 2, PriceTick = 0.05m, QuantityStep = Pick(random, 0.1m, 1m), MaximumQuantity = Pick(random, 5m, 100m) },
        ];
        Rules = [.. Enumerable.Range(1, 2).Select(client => RulesOf((uint)client, random))];
        Budgets = random.Next(2) == 0 ? [] : [.. Enumerable.Range(1, random.Next(1, 4)).Select(id => BudgetOf((uint)id, random))];
    }

    public VenueRecord Venue { get; }

    public long DayEndNanos { get; }

    public InstrumentRecord[] Instruments { get; }

    public AccountRecord[] Accounts { get; } = [new() { Id = 1, Cash = 1_000_000m }, new() { Id = 2, Client = 2, Cash = 1_000_000m }];

    public ExecutionRecord[] Rules { get; }

    public BudgetSetup[] Budgets { get; }

    public long TimeoutNanos(uint client) => Rules.Single(rules => rules.Strategy == client).TimeoutNanos;

    public IEnumerable<byte[]> Encode() =>
    [
        InputBytes.EpochStart(1, Shard),
        OrderRecords.Venue(Venue.Features, DayEndNanos),
        .. Instruments.Select(record => record.Encode()),
        .. Accounts.Select(record => InputBytes.Client(record.Client)),
        .. Accounts.Select(record => record.Encode()),
        .. Accounts.Select(record => new StrategyRecord { Id = record.Id, Client = record.Client, Account = record.Id }.Encode()),
        .. Rules.Select(record => record.Encode()),
        .. Budgets.Select(record => record.Encode()),
    ];

    private static ExecutionRecord RulesOf(uint client, Random random) => new()
    {
        Strategy = client,
        DurationSeconds = Pick<long?>(random, null, 20, 60),
        Slices = Pick<ushort?>(random, null, 3, 7),
        Visible = Pick<decimal?>(random, null, 0.3m, 0.5m),
        RefreshSeconds = Pick<long?>(random, null, 5),
        LimitTimeoutSeconds = Pick<long?>(random, null, 5, 15),
        Fallback = random.Next(2) == 0,
        Split = random.Next(4) > 0,
        Retries = (byte)random.Next(0, 3),
        RetryDelayNanos = random.Next(0, 3) * Second,
        TimeoutNanos = random.Next(3) switch { 0 => 0, 1 => 10 * Second, _ => 100 * Second },
    };

    private static BudgetSetup BudgetOf(uint id, Random random)
    {
        Scope scope = Pick(random, Scope.Client, Scope.Account, Scope.Venue, Scope.Instrument);
        BudgetUnit unit = Pick(random, BudgetUnit.Requests, BudgetUnit.Orders, BudgetUnit.Cancels, BudgetUnit.Weight);
        uint scoped = scope == Scope.Venue ? 1u : (uint)random.Next(1, 3);
        return new BudgetSetup(id, scope, scoped, unit, random.Next(1, 6), Pick(random, 2, 10, 30) * Second, Pick(random, 0, 0.25m, 0.5m),
            Pick(random, BudgetKind.FixedWindow, BudgetKind.TokenBucket, BudgetKind.Leaky));
    }

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
