using OrderPlatform.Engine;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A world: an engine with its venues, to which the items of a journal's feed come, changed where the world is another one.</summary>
internal sealed class Lane
{
    private readonly VenueLoop _loop;
    private readonly ConfigurationPatch _patch;
    private readonly WorldLog _recorded;
    private readonly byte[] _request = new byte[InputSlot.PayloadLengthMax];

    /// <summary>A world.</summary>
    /// <param name="setup">The journal.</param>
    /// <param name="change">What is otherwise.</param>
    /// <param name="recorded">The orders that were recorded, for requests that name them.</param>
    /// <param name="limits">Bounds of the engine.</param>
    /// <param name="keepsOrders">Whether its orders are kept to be compared.</param>
    public Lane(JournalSetup setup, WorldChange change, WorldLog recorded, EngineLimits limits, bool keepsOrders)
    {
        Change = change;
        Log = new WorldLog(keepsOrders);
        Engine = new BusinessLogicProcessor(limits);
        _patch = new ConfigurationPatch(change, setup);
        _recorded = recorded;
        SimulatedGateway[] gateways =
            [.. change.Venues.Select(venue => new SimulatedGateway(new SimulatedVenue(venue.Options), venue.Setup.Id, answers: setup.IsLive || setup.Starts > 1))];
        _loop = new VenueLoop(gateways, Engine, null, Log);
        _loop.Begin(setup.FirstTimeNanos, []);
    }

    /// <summary>What is otherwise.</summary>
    public WorldChange Change { get; }

    /// <summary>Its engine.</summary>
    public BusinessLogicProcessor Engine { get; }

    /// <summary>What happened in it.</summary>
    public WorldLog Log { get; }

    /// <summary>Cancels and amends of orders that it does not have.</summary>
    public long RequestsWithoutOrder { get; private set; }

    /// <summary>What comes before an item.</summary>
    public void Prepare(FeedItem item)
    {
        Log.Steps.Clear();
        _loop.Prepare(item);
    }

    /// <summary>The item itself.</summary>
    /// <exception cref="WhatIfException">The engine refuses a changed record.</exception>
    public void Put(FeedItem item)
    {
        Log.Begin(new InputPlace(item.Sequence, item.TimeNanos));
        MessageHeader.TryRead(item.Message, out MessageHeader header);
        if (OrderReference.IsIn(header.TemplateId))
        {
            PutRequest(item);
        }
        else if (!_patch.IsEmpty && header.TemplateId is >= VenueConfigurationDecoder.TemplateId and <= ExitConfigurationDecoder.TemplateId)
        {
            PutConfiguration(header.TemplateId, item);
        }
        else
        {
            _loop.Put(item.TimeNanos, item.Message);
        }
    }

    /// <summary>After the last item.</summary>
    /// <param name="untilNanos">How far time goes on.</param>
    public void End(long untilNanos)
    {
        Log.Steps.Clear();
        _loop.End(untilNanos);
        Log.Sample(Engine.State);
    }

    private void PutConfiguration(ushort templateId, FeedItem item)
    {
        byte[]? changed = _patch.Apply(templateId, item.Message);
        _loop.Put(item.TimeNanos, changed ?? item.Message);
        if (changed is not null)
        {
            RequireTaken(templateId);
        }

        foreach (byte[] behind in _patch.TakeBehind(templateId, item.Message))
        {
            _loop.Put(item.TimeNanos, behind);
            MessageHeader.TryRead(behind, out MessageHeader header);
            RequireTaken(header.TemplateId);
        }
    }

    private void RequireTaken(ushort templateId)
    {
        if (Log.RefusedTemplate == templateId)
        {
            throw new WhatIfException(
                $"{_patch.Describe()}: the engine refuses the {MessagesSchema.TemplateName(templateId)} that this makes: the values do not fit together; set those that belong to them too");
        }
    }

    // An id counts inputs: the same order has another one here.
    private void PutRequest(FeedItem item)
    {
        OrderReference.TryRead(item.Message, out ulong recorded);
        OrderCause? cause = _recorded.CauseOf(recorded);
        ulong? here = cause is { } known ? Log.Find(known)?.ClientOrderId : Log.CauseOf(recorded) is null ? recorded : 0;
        if (here is not { } id)
        {
            RequestsWithoutOrder++;
            return;
        }

        _loop.Put(item.TimeNanos, id == recorded ? item.Message : Renamed(item.Message, id));
    }

    private ReadOnlySpan<byte> Renamed(ReadOnlySpan<byte> message, ulong clientOrderId)
    {
        Span<byte> renamed = _request.AsSpan(0, message.Length);
        OrderReference.Write(message, clientOrderId, renamed);
        return renamed;
    }
}
