using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Counters that clients make for themselves.</summary>
internal sealed class CounterCommands(ConductorServices services)
{
    private const long NoOwner = -1;

    private readonly Dictionary<(int TypeId, long RegistrationId), int> _static = [];

    /// <summary>One that lives as long as its client.</summary>
    public void Add(DriverClient client, long correlationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label)
    {
        AtomicCounter counter = services.State.Counters.Allocate(typeId, key, label, correlationId, client.ClientId);
        client.Counters.Add(correlationId, counter);
        services.Clients.CounterReady(correlationId, counter.Id);
    }

    /// <summary>One that lives as long as the driver; asked for again it is the same.</summary>
    public void AddStatic(long correlationId, long registrationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label)
    {
        if (!_static.TryGetValue((typeId, registrationId), out int counterId))
        {
            if (_static.Count >= services.Context.StaticCountersMax)
            {
                throw new ControlProtocolException(
                    ErrorCode.GenericError,
                    $"the driver has {_static.Count} static counters, its limit StaticCountersMax: none is ever freed");
            }

            counterId = services.State.Counters.Allocate(typeId, key, label, registrationId, NoOwner).Id;
            _static.Add((typeId, registrationId), counterId);
        }

        services.Clients.StaticCounter(correlationId, counterId);
    }

    public void Remove(long registrationId, AtomicCounter counter)
    {
        services.State.Counters.Free(counter.Id);
        services.Clients.UnavailableCounter(registrationId, counter.Id);
    }
}
