using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// A world's change as it acts on recorded configuration: each record of whom it is about is made again with the changed values; what the journal has no
/// record for comes right behind the client or strategy that it belongs to, once.
/// </summary>
internal sealed class ConfigurationPatch
{
    private readonly WorldChange _change;
    private readonly Dictionary<(Scope Scope, uint Id), List<byte[]>> _behind = [];

    public ConfigurationPatch(WorldChange change, JournalSetup setup)
    {
        _change = change;
        foreach (var group in change.Settings.GroupBy(static one => (one.Key.Record, one.Scope, one.Id)))
        {
            if (!setup.Has(group.Key.Record, group.Key.Scope, group.Key.Id))
            {
                AddBehind(group.Key.Record, group.Key.Scope, group.Key.Id);
            }
        }
    }

    /// <summary>Whether it changes no record.</summary>
    public bool IsEmpty => _change.Settings.Count == 0 && !_change.HasVenueChanges;

    /// <summary>The record as it is in this world, or null if it is as it was.</summary>
    /// <exception cref="WhatIfException">A changed key has no effect in the record.</exception>
    public byte[]? Apply(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder venue)
                && _change.IsOfVenue(venue.VenueId):
                VenueSetup known = SetupReader.Venue(venue);
                VenueSetup? made = _change.Venues.FirstOrDefault(one => one.Setup.Id == known.Id)?.Setup;
                return made is null ? null : SetupMessages.Venue(made with { Name = known.Name });
            case RiskLimitsDecoder.TemplateId when RiskLimitsDecoder.TryWrap(message, out RiskLimitsDecoder limits):
                return Patched(SetupReader.Limits(limits), limits.Scope, limits.ScopeId, LimitMessages.Limits);
            case StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy):
                return Patched(SetupReader.Strategy(strategy), Scope.Strategy, strategy.StrategyId, StrategyMessages.Strategy);
            case SignalConfigurationDecoder.TemplateId when SignalConfigurationDecoder.TryWrap(message, out SignalConfigurationDecoder signals):
                return Patched(SetupReader.Signals(signals), Scope.Strategy, signals.StrategyId, StrategyMessages.Signals);
            case ExecutionConfigurationDecoder.TemplateId when ExecutionConfigurationDecoder.TryWrap(message, out ExecutionConfigurationDecoder execution):
                return Patched(SetupReader.Execution(execution), Scope.Strategy, execution.StrategyId, StrategyMessages.Execution);
            case ExitConfigurationDecoder.TemplateId when ExitConfigurationDecoder.TryWrap(message, out ExitConfigurationDecoder exits):
                return Patched(SetupReader.Exits(exits), Scope.Strategy, exits.StrategyId, StrategyMessages.Exits);
            default:
                return null;
        }
    }

    /// <summary>Takes what comes right behind a record: nothing the second time.</summary>
    public IReadOnlyList<byte[]> TakeBehind(ushort templateId, ReadOnlySpan<byte> message)
    {
        (Scope Scope, uint Id) key = templateId switch
        {
            ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder client) =>
                (Scope.Client, client.ClientId),
            StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy) =>
                (Scope.Strategy, strategy.StrategyId),
            _ => default,
        };
        return key.Id != 0 && _behind.Remove(key, out List<byte[]>? behind) ? behind : [];
    }

    /// <summary>The changes of a record, for an error.</summary>
    public string Describe() => string.Join(" ", _change.Changes.Select(static one => $"--set {one}"));

    private void AddBehind(Type record, Scope scope, uint id)
    {
        byte[]? made = record == typeof(LimitSetup) ? Patched(new LimitSetup(scope, id), scope, id, LimitMessages.Limits)
            : record == typeof(SignalRulesSetup) ? Patched(new SignalRulesSetup(id), scope, id, StrategyMessages.Signals)
            : record == typeof(ExecutionSetup) ? Patched(ExecutionSetup.None(id), scope, id, StrategyMessages.Execution)
            : Patched(ExitSetup.None(id), scope, id, StrategyMessages.Exits);
        if (!_behind.TryGetValue((scope, id), out List<byte[]>? list))
        {
            _behind.Add((scope, id), list = []);
        }

        list.Add(made!);
    }

    private byte[]? Patched<TSetup>(TSetup setup, Scope scope, uint id, Func<TSetup, byte[]> encode)
    {
        TSetup patched = setup;
        bool isAny = false;
        foreach (ResolvedSetting setting in _change.Settings)
        {
            if (setting.Key is SettingKey<TSetup> key && setting.Scope == scope && setting.Id == id)
            {
                patched = key.Set(patched, setting.Value);
                isAny = true;
            }
        }

        foreach (ResolvedSetting setting in isAny ? _change.Settings : [])
        {
            if (setting.Key is SettingKey<TSetup> key && setting.Scope == scope && setting.Id == id && setting.Value is not null
                && key.Needs(patched) is { } needed)
            {
                throw new WhatIfException($"--set {setting.Change}: it has no effect without {needed}: set that too, or leave it away");
            }
        }

        return isAny ? encode(patched) : null;
    }
}
