using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A change of a key, resolved: whose record it is in, and its value there.</summary>
/// <param name="Change">As it was written.</param>
/// <param name="Key">The key.</param>
/// <param name="Scope">Client or Strategy.</param>
/// <param name="Id">Which one.</param>
/// <param name="Value">As the record has it; null is none.</param>
internal sealed record ResolvedSetting(SettingChange Change, SettingKey Key, Scope Scope, uint Id, long? Value);

/// <summary>What makes a world another one than was recorded: keys of clients and strategies, and its venues.</summary>
internal sealed class WorldChange
{
    private const string ClientsPrefix = "clients.";
    private const string StrategiesPrefix = "strategies.";
    private const string VenuePrefix = "venue.";
    private const string VenuesPrefix = "venues.";

    private readonly List<ResolvedSetting> _settings = [];
    private readonly Dictionary<ushort, List<SettingChange>> _ofVenues = [];

    private WorldChange(IReadOnlyList<SettingChange> changes) => Changes = changes;

    /// <summary>As they were written.</summary>
    public IReadOnlyList<SettingChange> Changes { get; }

    /// <summary>Keys of clients and strategies.</summary>
    public IReadOnlyList<ResolvedSetting> Settings => _settings;

    /// <summary>The world's venues that have instruments, in the order of their ids.</summary>
    public IReadOnlyList<SimulatedVenueSetup> Venues { get; private set; } = [];

    /// <summary>Whether venues behave otherwise.</summary>
    public bool HasVenueChanges => _ofVenues.Count > 0;

    /// <summary>Whether a venue's record is to be another one.</summary>
    public bool IsOfVenue(ushort venueId) => _ofVenues.ContainsKey(venueId);

    /// <summary>Resolves changes.</summary>
    /// <param name="changes">None for the world as it was configured.</param>
    /// <param name="setup">The journal.</param>
    /// <param name="reader">Makes venues.</param>
    /// <param name="settings">Of each venue.</param>
    /// <exception cref="WhatIfException">A key, name or value is wrong.</exception>
    public static WorldChange Resolve(IReadOnlyList<SettingChange> changes, JournalSetup setup, IVenueSettingsReader reader, IReadOnlyDictionary<ushort,
        string> settings)
    {
        var world = new WorldChange(changes);
        foreach (SettingChange change in changes)
        {
            world.Add(change, setup);
        }

        world.Venues = [.. setup.Venues.Where(venue => InstrumentsOf(setup, venue).Count > 0).Select(venue =>
            world.Make(venue, setup, reader, settings[venue.Id]))];
        return world;
    }

    /// <summary>Whether a key may have no value. A key that is wrong has none either: resolving it says why.</summary>
    public static bool AllowsNone(SettingChange none, JournalSetup setup)
    {
        var world = new WorldChange([none]);
        try
        {
            world.Add(none, setup);
            return world._settings.Count == 1;
        }
        catch (WhatIfException)
        {
            return false;
        }
    }

    /// <summary>Instruments of a venue.</summary>
    public static IReadOnlyList<InstrumentSetup> InstrumentsOf(JournalSetup setup, VenueSetup venue) =>
        [.. setup.Instruments.Where(instrument => instrument.VenueId == venue.Id).OrderBy(static instrument => instrument.Id)];

    private SimulatedVenueSetup Make(VenueSetup venue, JournalSetup setup, IVenueSettingsReader reader, string settings)
    {
        IReadOnlyList<InstrumentSetup> instruments = InstrumentsOf(setup, venue);
        SimulatedVenueSetup made = reader.Read(venue, instruments, settings, _ofVenues.GetValueOrDefault(venue.Id) ?? []);
        if (setup.Seeds.Count == 0 || !made.Setup.Features.HasFlag(VenueFeatures.ReduceOnly))
        {
            return made;
        }

        // A venue that knows reduce-only orders must know what is held.
        VenuePosition[] held =
        [
            .. setup.Seeds.Where(seed => instruments.Any(instrument => instrument.Id == seed.InstrumentId)).GroupBy(static seed =>
                (seed.AccountId, seed.InstrumentId))
                .Select(static group => new VenuePosition(group.Key.AccountId, group.Key.InstrumentId,
                    new Quantity(group.Sum(static seed => seed.QuantityRaw)))),
        ];
        return made with { Options = made.Options with { InitialPositions = held } };
    }

    private void Add(SettingChange change, JournalSetup setup)
    {
        string path = change.Path;
        if (path.StartsWith(ClientsPrefix, StringComparison.Ordinal))
        {
            (uint id, string rest) = Named(change, path[ClientsPrefix.Length..], setup.Clients, "client");
            AddSetting(change, rest, Scope.Client, id, setup);
        }
        else if (path.StartsWith(StrategiesPrefix, StringComparison.Ordinal))
        {
            (uint id, string rest) = Named(change, path[StrategiesPrefix.Length..],
                setup.Strategies.ToDictionary(static one => one.Key, static one => one.Value.Name), "strategy");
            AddSetting(change, rest, Scope.Strategy, id, setup);
        }
        else if (path.StartsWith(VenuesPrefix, StringComparison.Ordinal))
        {
            (uint id, string rest) = Named(change, path[VenuesPrefix.Length..], setup.Venues.ToDictionary(static one => (uint)one.Id, static one => one.Name),
                "venue");
            AddVenue(change with { Path = rest }, (ushort)id);
        }
        else if (path.StartsWith(VenuePrefix, StringComparison.Ordinal))
        {
            if (setup.Venues.Count != 1)
            {
                throw new WhatIfException(
                    $"--set {change}: the journal has {setup.Venues.Count} venues: say which by venues.<name>.{path[VenuePrefix.Length..]}; they are "
                    + string.Join(", ", setup.Venues.Select(static one => one.Name)));
            }

            AddVenue(change with { Path = path[VenuePrefix.Length..] }, setup.Venues[0].Id);
        }
        else
        {
            string first = path.Split('.')[0];
            throw new WhatIfException(
                $"--set {change}: '{first}' is nothing that can be otherwise{SettingTable.Nearest(first, ["clients", "strategies", "venue", "venues"])}: "
                + "allowed are clients.<name>.risk.<key>, strategies.<name>.<section>.<key>, venue.<key> and venues.<name>.<key>");
        }
    }

    private void AddVenue(SettingChange change, ushort venueId)
    {
        if (!_ofVenues.TryGetValue(venueId, out List<SettingChange>? list))
        {
            _ofVenues.Add(venueId, list = []);
        }

        list.Add(change);
    }

    private void AddSetting(SettingChange change, string path, Scope scope, uint id, JournalSetup setup)
    {
        SettingKey key = SettingTable.Find(change, path, scope == Scope.Client);
        long? value = SettingTable.Read(change, key);
        if (key.Section == "exits" && WrongMode(key.Name, setup, id) is { } needed)
        {
            throw new WhatIfException($"--set {change}: it has no effect without {needed}, which the journal does not have: change the distance that it has");
        }

        _settings.Add(new ResolvedSetting(change, key, scope, id, value));
    }

    private static string? WrongMode(string key, JournalSetup setup, uint strategyId)
    {
        bool isStop = key.StartsWith("stop_loss", StringComparison.Ordinal);
        if (!isStop && !key.StartsWith("take_profit", StringComparison.Ordinal))
        {
            return null;
        }

        ExitMode mode = isStop ? setup.StopModeOf(strategyId) : setup.TakeProfitModeOf(strategyId);
        string name = isStop ? "stop_mode" : "take_profit_mode";
        return key.EndsWith("_sd", StringComparison.Ordinal) ? mode is ExitMode.StandardDeviation or ExitMode.SignalVolatility
            ? null : $"exits.{name} sd or signal"
            : key.EndsWith("_atr", StringComparison.Ordinal) ? mode == ExitMode.AverageTrueRange ? null : $"exits.{name} atr"
            : mode == ExitMode.Fixed ? null : $"exits.{name} fixed";
    }

    // A name may have dots itself: the longest that fits is meant; a number is an id.
    private static (uint Id, string Key) Named(SettingChange change, string path, IReadOnlyDictionary<uint, string> names, string what)
    {
        (uint Id, string Text)[] all = [.. names.SelectMany(static one =>
            new[] { (one.Key, one.Value), (one.Key, one.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)) })];
        (uint Id, string Text)[] found = [.. all.Where(one => path.StartsWith(one.Text + ".", StringComparison.Ordinal)).OrderByDescending(static one =>
            one.Text.Length)];
        if (found.Length == 0)
        {
            string given = path.Split('.')[0];
            throw new WhatIfException(
                $"--set {change}: the journal has no {what} '{given}'{SettingTable.Nearest(given, names.Values)}: it has {string.Join(", ", names.OrderBy(static one => one.Key).Select(static one => one.Value))}");
        }

        return (found[0].Id, path[(found[0].Text.Length + 1)..]);
    }
}
