using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>
/// Takes configuration records in: reference data are inputs, so a journal replays without a configuration file (law 2). A record for a known id changes
/// its rules; what it belongs to cannot change. A record that makes no sense changes nothing and is reported.
/// </summary>
internal static class Registry
{
    public static void OnVenue(EngineState state, in VenueConfigurationDecoder record)
    {
        if (!Bounds.IsRate(record.MakerFeeRate) || !Bounds.IsRate(record.TakerFeeRate) || record.VenueId is 0 or ushort.MaxValue)
        {
            Refuse(state, ReasonCode.InvalidValue, VenueConfigurationDecoder.TemplateId, record.VenueId);
            return;
        }

        var venue = new Venue { Id = record.VenueId, MakerFeeRate = new Ratio(record.MakerFeeRate), TakerFeeRate = new Ratio(record.TakerFeeRate) };
        Put(state, state.Venues, record.VenueId, venue, VenueConfigurationDecoder.TemplateId);
    }

    public static void OnInstrument(EngineState state, in InstrumentConfigurationDecoder record)
    {
        const ushort Template = InstrumentConfigurationDecoder.TemplateId;
        long minimum = record.TryGetMinimumQuantity(out long a) ? a : 0;
        long maximum = record.TryGetMaximumQuantity(out long b) ? b : Bounds.QuantityMax;
        long notional = record.TryGetMinimumNotional(out long c) ? c : 0;
        if (!state.Venues.TryFind(record.VenueId, out int venue))
        {
            Refuse(state, ReasonCode.UnknownVenue, Template, record.InstrumentId);
        }
        else if (record.InstrumentId == 0 || !Bounds.IsPrice(record.PriceTick) || !Bounds.IsQuantity(record.QuantityStep)
            || !Bounds.IsQuantityOrZero(minimum) || !Bounds.IsQuantity(maximum) || minimum > maximum || notional < 0 || !Bounds.IsMoney(notional))
        {
            Refuse(state, ReasonCode.InvalidValue, Template, record.InstrumentId);
        }
        else
        {
            var instrument = new Instrument { Id = record.InstrumentId, FirstPosition = -1, Venue = venue };
            if (state.Instruments.TryFind(record.InstrumentId, out int row))
            {
                instrument = state.Instruments[row];
            }

            bool moved = instrument.Venue != venue;
            instrument.PriceTick = new Price(record.PriceTick);
            instrument.QuantityStep = new Quantity(record.QuantityStep);
            instrument.MinimumQuantity = new Quantity(minimum);
            instrument.MaximumQuantity = new Quantity(maximum);
            instrument.MinimumNotional = new Money(notional);
            PutUnlessMoved(state, state.Instruments, record.InstrumentId, instrument, Template, moved);
        }
    }

    public static void OnClient(EngineState state, in ClientConfigurationDecoder record)
    {
        if (record.ClientId == 0)
        {
            Refuse(state, ReasonCode.InvalidValue, ClientConfigurationDecoder.TemplateId, record.ClientId);
        }
        else if (!state.Clients.TryFind(record.ClientId, out _))
        {
            Put(state, state.Clients, record.ClientId, new Client { Id = record.ClientId }, ClientConfigurationDecoder.TemplateId);
        }
    }

    public static void OnAccount(EngineState state, in AccountConfigurationDecoder record)
    {
        const ushort Template = AccountConfigurationDecoder.TemplateId;
        if (!state.Clients.TryFind(record.ClientId, out int client))
        {
            Refuse(state, ReasonCode.UnknownClient, Template, record.AccountId);
        }
        else if (!state.Venues.TryFind(record.VenueId, out int venue))
        {
            Refuse(state, ReasonCode.UnknownVenue, Template, record.AccountId);
        }
        else if (record.AccountId == 0 || !Bounds.IsMoney(record.InitialCash) || !Bounds.IsRatio(record.MaximumLeverage))
        {
            Refuse(state, ReasonCode.InvalidValue, Template, record.AccountId);
        }
        else if (state.Accounts.TryFind(record.AccountId, out int row))
        {
            ref Account account = ref state.Accounts[row];
            if (account.Client != client || account.Venue != venue || account.InitialCash.Raw != record.InitialCash)
            {
                Refuse(state, ReasonCode.AlreadyDefined, Template, record.AccountId);
                return;
            }

            account.MaximumLeverage = new Ratio(record.MaximumLeverage);
        }
        else
        {
            var cash = new Money(record.InitialCash);
            Put(state, state.Accounts, record.AccountId, new Account
            {
                Id = record.AccountId,
                Client = client,
                Venue = venue,
                Cash = cash,
                InitialCash = cash,
                MaximumLeverage = new Ratio(record.MaximumLeverage),
                FirstPosition = -1,
            }, Template);
        }
    }

    public static void OnStrategy(EngineState state, in StrategyConfigurationDecoder record)
    {
        const ushort Template = StrategyConfigurationDecoder.TemplateId;
        if (!state.Clients.TryFind(record.ClientId, out int client))
        {
            Refuse(state, ReasonCode.UnknownClient, Template, record.StrategyId);
        }
        else if (!state.Accounts.TryFind(record.AccountId, out int account))
        {
            Refuse(state, ReasonCode.UnknownAccount, Template, record.StrategyId);
        }
        else if (state.Accounts[account].Client != client)
        {
            Refuse(state, ReasonCode.NotTheOwner, Template, record.StrategyId);
        }
        else
        {
            var strategy = new Strategy { Id = record.StrategyId, Client = client, Account = account, FirstPosition = -1 };
            if (state.Strategies.TryFind(record.StrategyId, out int row))
            {
                strategy = state.Strategies[row];
            }

            bool moved = strategy.Client != client || strategy.Account != account;
            if (StrategyRules.TryRead(record, ref strategy))
            {
                PutUnlessMoved(state, state.Strategies, record.StrategyId, strategy, Template, moved);
            }
            else
            {
                Refuse(state, ReasonCode.InvalidValue, Template, record.StrategyId);
            }
        }
    }

    public static void OnLimits(EngineState state, in RiskLimitsDecoder record)
    {
        RiskLimitSet limits = LimitRecord.Read(record, out string? wrong);
        if (wrong is not null)
        {
            Refuse(state, ReasonCode.InvalidValue, RiskLimitsDecoder.TemplateId, record.ScopeId);
        }
        else if (record.Scope == Scope.Client && state.Clients.TryFind(record.ScopeId, out int client))
        {
            state.Clients[client].Limits = limits;
        }
        else if (record.Scope == Scope.Strategy && state.Strategies.TryFind(record.ScopeId, out int strategy))
        {
            state.Strategies[strategy].Limits = limits;
        }
        else
        {
            ReasonCode reason = record.Scope switch { Scope.Client => ReasonCode.UnknownClient, Scope.Strategy => ReasonCode.UnknownStrategy, _ => ReasonCode.InvalidValue };
            Refuse(state, reason, RiskLimitsDecoder.TemplateId, record.ScopeId);
        }
    }

    private static void PutUnlessMoved<TRow>(EngineState state, Table<TRow> table, ulong id, in TRow row, ushort template, bool moved)
        where TRow : struct
    {
        if (moved)
        {
            Refuse(state, ReasonCode.AlreadyDefined, template, id);
        }
        else
        {
            Put(state, table, id, row, template);
        }
    }

    private static void Put<TRow>(EngineState state, Table<TRow> table, ulong id, in TRow row, ushort template)
        where TRow : struct
    {
        if (table.TryFind(id, out int existing))
        {
            table[existing] = row;
        }
        else if (table.IsFull)
        {
            Refuse(state, ReasonCode.TableFull, template, id);
        }
        else
        {
            table.Add(id, row);
        }
    }

    private static void Refuse(EngineState state, ReasonCode reason, ushort template, ulong id) =>
        Events.Alert(state, Severity.Warning, reason, template, id);
}
