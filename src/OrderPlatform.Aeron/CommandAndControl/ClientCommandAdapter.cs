using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// Takes clients' commands from the ring and hands them on, decoded. A command that is malformed, unknown or refused is answered with an error,
/// logged and counted, and the next one follows. One thread, the conductor's.
/// </summary>
public sealed class ClientCommandAdapter
{
    private const int CommandsPerCall = 16;
    private const long NoCorrelationId = -1;
    private const long RevokeFlag = 1;

    private readonly ManyToOneRingBuffer _toDriver;
    private readonly IClientCommandHandler _handler;
    private readonly ClientProxy _clientProxy;
    private readonly IErrorLog _errorLog;
    private readonly AtomicCounter _errors;
    private readonly RecordHandler _onMessage;
    private long _damageSeen;

    /// <param name="toDriver">The way from the clients.</param>
    /// <param name="handler">Carries the commands out.</param>
    /// <param name="clientProxy">The way to the clients, for errors.</param>
    /// <param name="errorLog">Told of what goes wrong.</param>
    /// <param name="counters">Errors are counted there.</param>
    public ClientCommandAdapter(
        ManyToOneRingBuffer toDriver, IClientCommandHandler handler, ClientProxy clientProxy, IErrorLog errorLog, SystemCounters counters)
    {
        ArgumentNullException.ThrowIfNull(toDriver);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(clientProxy);
        ArgumentNullException.ThrowIfNull(errorLog);
        ArgumentNullException.ThrowIfNull(counters);
        _toDriver = toDriver;
        _handler = handler;
        _clientProxy = clientProxy;
        _errorLog = errorLog;
        _errors = counters[SystemCounterId.Errors];
        _onMessage = OnMessage;
    }

    /// <summary>Carries out what there is, at most a few commands.</summary>
    /// <returns>How many.</returns>
    public int Receive()
    {
        int count = _toDriver.Read(_onMessage, CommandsPerCall);
        long damage = _toDriver.DamageCount;
        if (damage != _damageSeen)
        {
            _errors.GetAndAdd(damage - _damageSeen);
            _damageSeen = damage;
            _errorLog.Record("The command ring holds what no client of the protocol writes; it was skipped. A client has overwritten it.");
        }

        return count;
    }

    private void OnMessage(int typeId, ReadOnlySpan<byte> message)
    {
        var reader = new ControlMessageReader(message);
        long clientId = reader.Long();
        long correlationId = reader.Long();
        if (reader.IsMalformed)
        {
            Refuse(NoCorrelationId, ErrorCode.MalformedCommand, "A command is shorter than client and correlation id.");
            return;
        }

        if (typeId is ControlMessageTypes.ClientClose or ControlMessageTypes.ClientKeepalive)
        {
            // Neither has an answer; the correlation id may be anything.
            correlationId = NoCorrelationId;
        }

        try
        {
            if (!Dispatch(typeId, clientId, correlationId, ref reader))
                Refuse(correlationId, ErrorCode.UnknownCommandTypeId, "A command is of a type that there is not.");
            else if (reader.IsMalformed)
                Refuse(correlationId, ErrorCode.MalformedCommand, $"A command of type {typeId} is shorter than its fields.");
        }
        catch (ControlProtocolException refusal)
        {
            Refuse(correlationId, refusal.Code, refusal.Message);
        }
#pragma warning disable CA1031 // A command that fails must not keep others from being carried out; its client is told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _errors.Increment();
            _errorLog.Record(failure);
            Answer(correlationId, ErrorCode.GenericError, $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    /// <summary>Hands a command on, unless the reader finds it malformed. False if there is no such type.</summary>
    private bool Dispatch(int typeId, long clientId, long correlationId, ref ControlMessageReader reader)
    {
        switch (typeId)
        {
            case ControlMessageTypes.AddPublication or ControlMessageTypes.AddExclusivePublication or ControlMessageTypes.AddSubscription:
                OnAddStream(typeId, clientId, correlationId, ref reader);
                return true;
            case ControlMessageTypes.RemovePublication or ControlMessageTypes.RemoveSubscription or ControlMessageTypes.RemoveCounter:
                OnRemove(typeId, clientId, correlationId, ref reader);
                return true;
            case ControlMessageTypes.AddDestination or ControlMessageTypes.RemoveDestination
                or ControlMessageTypes.AddReceiveDestination or ControlMessageTypes.RemoveReceiveDestination:
                OnDestination(typeId, clientId, correlationId, ref reader);
                return true;
            case ControlMessageTypes.RemoveDestinationById:
                OnRemoveDestinationById(clientId, correlationId, ref reader);
                return true;
            case ControlMessageTypes.AddCounter or ControlMessageTypes.AddStaticCounter:
                OnAddCounter(typeId, clientId, correlationId, ref reader);
                return true;
            case ControlMessageTypes.ClientKeepalive:
                _handler.OnClientKeepalive(clientId);
                return true;
            case ControlMessageTypes.ClientClose:
                _handler.OnClientClose(clientId);
                return true;
            case ControlMessageTypes.TerminateDriver:
                OnTerminateDriver(clientId, ref reader);
                return true;
            case ControlMessageTypes.RejectImage:
                OnRejectImage(clientId, correlationId, ref reader);
                return true;
            case ControlMessageTypes.GetNextAvailableSessionId:
                OnGetNextAvailableSessionId(clientId, correlationId, ref reader);
                return true;
            default:
                return false;
        }
    }

    private void OnAddStream(int typeId, long clientId, long correlationId, ref ControlMessageReader reader)
    {
        if (typeId == ControlMessageTypes.AddSubscription)
            reader.Long();
        int streamId = reader.Int();
        string channel = reader.Text();
        if (reader.IsMalformed)
            return;
        if (typeId == ControlMessageTypes.AddSubscription)
            _handler.OnAddSubscription(clientId, correlationId, streamId, channel);
        else
            _handler.OnAddPublication(clientId, correlationId, streamId, channel, typeId == ControlMessageTypes.AddExclusivePublication);
    }

    private void OnRemove(int typeId, long clientId, long correlationId, ref ControlMessageReader reader)
    {
        long registrationId = reader.Long();
        if (reader.IsMalformed)
            return;
        if (typeId == ControlMessageTypes.RemovePublication)
        {
            // Clients before 1.47 send no flags.
            bool revoke = reader.Remaining >= sizeof(long) && (reader.Long() & RevokeFlag) != 0;
            _handler.OnRemovePublication(clientId, correlationId, registrationId, revoke);
        }
        else if (typeId == ControlMessageTypes.RemoveSubscription)
        {
            _handler.OnRemoveSubscription(clientId, correlationId, registrationId);
        }
        else
        {
            _handler.OnRemoveCounter(clientId, correlationId, registrationId);
        }
    }

    private void OnDestination(int typeId, long clientId, long correlationId, ref ControlMessageReader reader)
    {
        long registrationId = reader.Long();
        string channel = reader.Text();
        if (reader.IsMalformed)
            return;
        switch (typeId)
        {
            case ControlMessageTypes.AddDestination:
                _handler.OnAddDestination(clientId, correlationId, registrationId, channel);
                break;
            case ControlMessageTypes.RemoveDestination:
                _handler.OnRemoveDestination(clientId, correlationId, registrationId, channel);
                break;
            case ControlMessageTypes.AddReceiveDestination:
                _handler.OnAddReceiveDestination(clientId, correlationId, registrationId, channel);
                break;
            default:
                _handler.OnRemoveReceiveDestination(clientId, correlationId, registrationId, channel);
                break;
        }
    }

    private void OnRemoveDestinationById(long clientId, long correlationId, ref ControlMessageReader reader)
    {
        long registrationId = reader.Long();
        long destinationId = reader.Long();
        if (reader.IsMalformed)
            return;
        _handler.OnRemoveDestinationById(clientId, correlationId, registrationId, destinationId);
    }

    private void OnAddCounter(int typeId, long clientId, long correlationId, ref ControlMessageReader reader)
    {
        long registrationId = typeId == ControlMessageTypes.AddStaticCounter ? reader.Long() : 0;
        int counterTypeId = reader.Int();
        ReadOnlySpan<byte> key = reader.Bytes();
        reader.AlignToInt();
        ReadOnlySpan<byte> label = reader.Bytes();
        if (reader.IsMalformed)
            return;
        if (typeId == ControlMessageTypes.AddStaticCounter)
            _handler.OnAddStaticCounter(clientId, correlationId, registrationId, counterTypeId, key, label);
        else
            _handler.OnAddCounter(clientId, correlationId, counterTypeId, key, label);
    }

    private void OnTerminateDriver(long clientId, ref ControlMessageReader reader)
    {
        ReadOnlySpan<byte> token = reader.Bytes();
        if (reader.IsMalformed)
            return;
        _handler.OnTerminateDriver(clientId, token);
    }

    private void OnRejectImage(long clientId, long correlationId, ref ControlMessageReader reader)
    {
        long imageCorrelationId = reader.Long();
        long position = reader.Long();
        string reason = reader.Text();
        if (reader.IsMalformed)
            return;
        _handler.OnRejectImage(clientId, correlationId, imageCorrelationId, position, reason);
    }

    private void OnGetNextAvailableSessionId(long clientId, long correlationId, ref ControlMessageReader reader)
    {
        int streamId = reader.Int();
        if (reader.IsMalformed)
            return;
        _handler.OnGetNextAvailableSessionId(clientId, correlationId, streamId);
    }

    private void Refuse(long correlationId, ErrorCode code, string message)
    {
        _errors.Increment();
        _errorLog.Record($"{code}: {message}");
        Answer(correlationId, code, message);
    }

    private void Answer(long correlationId, ErrorCode code, string message)
    {
        if (correlationId != NoCorrelationId)
            _clientProxy.Error(correlationId, code, message);
    }
}
