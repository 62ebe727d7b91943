using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>
/// Takes venues, instruments, clients and accounts in: reference data are inputs, so a journal replays without a configuration file (law 2). A record for a
/// known id changes its rules; what it belongs to cannot change. A record that makes no sense changes nothing and is reported.
/// </summary>
internal static class Registry
{
    private const long DayNanos = 86_400_000_000_000;

    public static void OnVenue(EngineState state, in VenueConfigurationDecoder record)
    {
        if (!Bounds.IsRate(record.MakerFeeRate) || !Bounds.IsRate(record.TakerFeeRate) || record.VenueId is 0 or ushort.MaxValue
            || record.DayEndNanos is < 0 or >= DayNanos || record.SelfTradePrevention > SelfTradePrevention.Decrement)
        {
            Refuse(state, ReasonCode.InvalidValue, VenueConfigurationDecoder.TemplateId, record.VenueId);
            return;
        }

        Venue venue = state.Venues.TryFind(record.VenueId, out int row) ? state.Venues[row] : new Venue { Id = record.VenueId, Breaker = Breaker.None };
        venue.MakerFeeRate = new Ratio(record.MakerFeeRate);
        venue.TakerFeeRate = new Ratio(record.TakerFeeRate);
        venue.Features = record.Features;
        venue.BatchMaximum = record.BatchMaximum;
        venue.DayEndNanos = record.DayEndNanos;
        venue.SelfTradePrevention = record.SelfTradePrevention;
        Put(state, state.Venues, record.VenueId, venue, VenueConfigurationDecoder.TemplateId);
    }

    public static void OnInstrument(EngineState state, in InstrumentConfigurationDecoder record)
    {
        const ushort Template = InstrumentConfigurationDecoder.TemplateId;
        if (!state.Venues.TryFind(record.VenueId, out int venue))
        {
            Refuse(state, ReasonCode.UnknownVenue, Template, record.InstrumentId);
            return;
        }

        bool isKnown = state.Instruments.TryFind(record.InstrumentId, out int row);
        Instrument instrument = isKnown ? state.Instruments[row] : new Instrument { Id = record.InstrumentId, Venue = venue, FirstHeld = -1 };
        Instrument before = instrument;
        if (record.InstrumentId == 0 || !InstrumentRules.TryRead(record, ref instrument))
        {
            Refuse(state, ReasonCode.InvalidValue, Template, record.InstrumentId);
        }
        else if (isKnown && (before.Venue != venue || before.Kind != instrument.Kind || before.Multiplier != instrument.Multiplier || before.Product != instrument.Product
            || before.BaseAsset != instrument.BaseAsset || before.QuoteAsset != instrument.QuoteAsset))
        {
            Refuse(state, ReasonCode.AlreadyDefined, Template, record.InstrumentId);
        }
        else
        {
            if (!isKnown && !state.Instruments.IsFull)
            {
                Link(state, ref instrument);
            }

            Put(state, state.Instruments, record.InstrumentId, instrument, Template);
        }
    }

    public static void OnClient(EngineState state, in ClientConfigurationDecoder record)
    {
        const ushort Template = ClientConfigurationDecoder.TemplateId;
        uint orders = record.TryGetMaximumOrders(out uint a) ? a : (uint)state.Limits.ClientOrders;
        uint positions = record.TryGetMaximumPositions(out uint b) ? b : (uint)state.Limits.ClientPositions;
        long roll = record.TryGetDayRollNanos(out long c) ? c : 0;
        SelfTradePrevention prevention = record.SelfTradePrevention == SelfTradePrevention.NULL_VALUE ? SelfTradePrevention.None : record.SelfTradePrevention;
        if (record.ClientId == 0 || roll is < 0 or >= DayNanos || prevention > SelfTradePrevention.Decrement)
        {
            Refuse(state, ReasonCode.InvalidValue, Template, record.ClientId);
        }
        else if (state.Clients.TryFind(record.ClientId, out int row))
        {
            ref Client client = ref state.Clients[row];
            if (client.MaximumOrders != orders || client.MaximumPositions != positions || client.DayRollNanos != roll)
            {
                Refuse(state, ReasonCode.AlreadyDefined, Template, record.ClientId);
                return;
            }

            client.SelfTradePrevention = prevention;
        }
        else if (!state.Clients.IsFull && !Quotas.Fit(state, orders, positions))
        {
            Refuse(state, ReasonCode.QuotaNotFree, Template, record.ClientId);
        }
        else
        {
            Put(state, state.Clients, record.ClientId, new Client
            {
                Id = record.ClientId,
                MaximumOrders = orders,
                MaximumPositions = positions,
                DayRollNanos = roll,
                Day = Days.Of(state.NowNanos, roll),
                SelfTradePrevention = prevention,
                Limits = RiskLimitSet.None,
                Breaker = Breaker.None,
                FirstEnded = -1,
                LastEnded = -1,
                FirstFreeParent = -1,
                FillBase = Quotas.NextFillBase(state),
                FillPlaces = Math.Min(orders * FillMemory.PlacesPerOrder, (uint)state.Limits.ClientFills),
                FirstAccount = -1,
                FirstStrategy = -1,
            }, Template);
            Days.Schedule(state);
        }
    }

    public static void OnAccount(EngineState state, in AccountConfigurationDecoder record)
    {
        const ushort Template = AccountConfigurationDecoder.TemplateId;
        int conversion = -1;
        if (!state.Clients.TryFind(record.ClientId, out int client))
        {
            Refuse(state, ReasonCode.UnknownClient, Template, record.AccountId);
        }
        else if (!state.Venues.TryFind(record.VenueId, out int venue))
        {
            Refuse(state, ReasonCode.UnknownVenue, Template, record.AccountId);
        }
        else if (record.TryGetConversionInstrumentId(out uint instrument) && !state.Instruments.TryFind(instrument, out conversion))
        {
            Refuse(state, ReasonCode.UnknownInstrument, Template, record.AccountId);
        }
        else if (record.AccountId == 0 || !Bounds.IsMoney(record.InitialCash) || !Bounds.IsRatio(record.MaximumLeverage)
            || record.PositionMode is not (PositionMode.Netting or PositionMode.Hedging or PositionMode.NULL_VALUE))
        {
            Refuse(state, ReasonCode.InvalidValue, Template, record.AccountId);
        }
        else
        {
            var cash = new Money(record.InitialCash);
            PutAccount(state, new Account
            {
                FirstQueued = -1,
                LastQueued = -1,
                LastCancel = -1,
                QueueTimer = -1,
                Id = record.AccountId,
                Client = client,
                Venue = venue,
                Asset = AssetCode.Of(record.QuoteAsset),
                Cash = cash,
                InitialCash = cash,
                MaximumLeverage = new Ratio(record.MaximumLeverage),
                PositionMode = record.PositionMode == PositionMode.Hedging ? PositionMode.Hedging : PositionMode.Netting,
                Conversion = conversion,
                FirstPosition = -1,
            });
        }
    }

    /// <summary>Links an instrument that is added next to those of its product, in a ring.</summary>
    public static void Link(EngineState state, ref Instrument instrument)
    {
        int own = state.Instruments.Count;
        instrument.FirstPosition = -1;
        instrument.NextOfProduct = own;
        for (int row = 0; instrument.Product != 0 && row < own; row++)
        {
            if (state.Instruments[row].Product == instrument.Product)
            {
                instrument.NextOfProduct = state.Instruments[row].NextOfProduct;
                state.Instruments[row].NextOfProduct = own;
                return;
            }
        }
    }

    /// <summary>Links an account that is added next into the list of its client.</summary>
    public static void Link(EngineState state, ref Account account)
    {
        account.NextOfClient = state.Clients[account.Client].FirstAccount;
        state.Clients[account.Client].FirstAccount = state.Accounts.Count;
    }

    /// <summary>Links a strategy that is added next into the list of its client.</summary>
    public static void Link(EngineState state, ref Strategy strategy)
    {
        strategy.NextOfClient = state.Clients[strategy.Client].FirstStrategy;
        state.Clients[strategy.Client].FirstStrategy = state.Strategies.Count;
    }

    /// <summary>Adds a row or replaces the one with its id.</summary>
    public static void Put<TRow>(EngineState state, Table<TRow> table, ulong id, in TRow row, ushort template)
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

    /// <summary>Reports a record that changed nothing.</summary>
    public static void Refuse(EngineState state, ReasonCode reason, ushort template, ulong id) => Events.Alert(state, Severity.Warning, reason, template, id);

    private static void PutAccount(EngineState state, Account account)
    {
        const ushort Template = AccountConfigurationDecoder.TemplateId;
        if (!state.Accounts.TryFind(account.Id, out int row))
        {
            bool hasRoom = !state.Accounts.IsFull;
            if (hasRoom)
            {
                Link(state, ref account);
            }

            Put(state, state.Accounts, account.Id, account, Template);
            if (hasRoom)
            {
                Days.OnTransfer(state, state.Accounts.Count - 1, account.Cash);
            }

            return;
        }

        ref Account known = ref state.Accounts[row];
        if (known.Client != account.Client || known.Venue != account.Venue || known.InitialCash != account.InitialCash || known.Asset != account.Asset
            || known.PositionMode != account.PositionMode)
        {
            Refuse(state, ReasonCode.AlreadyDefined, Template, account.Id);
            return;
        }

        known.MaximumLeverage = account.MaximumLeverage;
        known.Conversion = account.Conversion;
    }
}
