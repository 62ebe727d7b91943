using System.Buffers;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>
/// Asks a driver for things; the client's side of <see cref="IClientCommandHandler"/>. Each command returns the correlation id that its answer
/// will have. Any thread. Layouts: aeron_control_protocol.h of Aeron 1.52.
/// </summary>
/// <param name="toDriver">The way to the driver.</param>
/// <param name="clientId">Who asks.</param>
public sealed class DriverProxy(ManyToOneRingBuffer toDriver, long clientId)
{
    private const int RoomBesidesText = 128;
    private const long NoCorrelationId = -1;
    private const long RevokeFlag = 1;

    private delegate ControlMessageWriter Encode<TArguments>(ControlMessageWriter start, TArguments arguments);

    /// <summary>Who asks.</summary>
    public long ClientId { get; } = clientId;

    /// <summary>When the driver was last alive, in milliseconds since the epoch.</summary>
    public long DriverHeartbeatTime => toDriver.ConsumerHeartbeatTime;

    /// <summary>Adds a publication, which is shared with others of the same channel and stream.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddPublication(string channel, int streamId) => SendStream(ControlMessageTypes.AddPublication, channel, streamId);

    /// <summary>Adds a publication that nobody else writes to.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddExclusivePublication(string channel, int streamId) => SendStream(ControlMessageTypes.AddExclusivePublication, channel, streamId);

    /// <summary>Takes a publication away.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RemovePublication(long registrationId, bool revoke = false) => Send(
        ControlMessageTypes.RemovePublication, 0, (registrationId, revoke),
        static (start, arguments) => start.Long(arguments.registrationId).Long(arguments.revoke ? RevokeFlag : 0));

    /// <summary>Adds a subscription.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddSubscription(string channel, int streamId) => Send(
        ControlMessageTypes.AddSubscription, Length(channel), (channel, streamId),
        // The first field once was the subscription that this one follows; drivers do not look at it.
        static (start, arguments) => start.Long(0).Int(arguments.streamId).Text(arguments.channel));

    /// <summary>Takes a subscription away.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RemoveSubscription(long registrationId) => SendIds(ControlMessageTypes.RemoveSubscription, registrationId);

    /// <summary>Adds a destination to a publication.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddDestination(long registrationId, string channel) => SendChannel(ControlMessageTypes.AddDestination, registrationId, channel);

    /// <summary>Takes a destination from a publication.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RemoveDestination(long registrationId, string channel) => SendChannel(ControlMessageTypes.RemoveDestination, registrationId, channel);

    /// <summary>Takes a destination from a publication, by the correlation id with which it was added.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RemoveDestinationById(long registrationId, long destinationRegistrationId) => Send(
        ControlMessageTypes.RemoveDestinationById, 0, (registrationId, destinationRegistrationId),
        static (start, arguments) => start.Long(arguments.registrationId).Long(arguments.destinationRegistrationId));

    /// <summary>Adds a place to receive from to a subscription.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddReceiveDestination(long registrationId, string channel) =>
        SendChannel(ControlMessageTypes.AddReceiveDestination, registrationId, channel);

    /// <summary>Takes a place to receive from away from a subscription.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RemoveReceiveDestination(long registrationId, string channel) =>
        SendChannel(ControlMessageTypes.RemoveReceiveDestination, registrationId, channel);

    /// <summary>Adds a counter that lives as long as the client. A key or label that is too long is cut by the driver.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddCounter(int typeId, ReadOnlySpan<byte> key, string label) => Send(
        ControlMessageTypes.AddCounter, key.Length + Length(label), (typeId, key: key.ToArray(), label),
        static (start, arguments) => start.Int(arguments.typeId).Bytes(arguments.key).AlignToInt().Text(arguments.label));

    /// <summary>Adds a counter that outlives the client, or finds the one of that type and registration id.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long AddStaticCounter(int typeId, ReadOnlySpan<byte> key, string label, long registrationId) => Send(
        ControlMessageTypes.AddStaticCounter, key.Length + Length(label), (typeId, key: key.ToArray(), label, registrationId),
        static (start, arguments) =>
            start.Long(arguments.registrationId).Int(arguments.typeId).Bytes(arguments.key).AlignToInt().Text(arguments.label));

    /// <summary>Takes a counter away.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RemoveCounter(long registrationId) => SendIds(ControlMessageTypes.RemoveCounter, registrationId);

    /// <summary>Makes a publisher see that an image is refused.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long RejectImage(long imageCorrelationId, long position, string reason) => Send(
        ControlMessageTypes.RejectImage, Length(reason), (imageCorrelationId, position, reason),
        // The reference driver measures by a struct of 40 bytes that has the text at 36, and its client ends the text with a zero: without these
        // five bytes the command would be malformed to it.
        static (start, arguments) => start.Long(arguments.imageCorrelationId).Long(arguments.position).Text(arguments.reason).Zeros(5));

    /// <summary>Asks for a session id that no publication of the stream has.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long GetNextAvailableSessionId(int streamId) => Send(
        ControlMessageTypes.GetNextAvailableSessionId, 0, streamId, static (start, stream) => start.Int(stream));

    /// <summary>Asks the driver to end; it may refuse.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public long TerminateDriver(ReadOnlySpan<byte> token) => Send(
        ControlMessageTypes.TerminateDriver, token.Length, token.ToArray(), static (start, bytes) => start.Bytes(bytes));

    /// <summary>Says that the client is alive; what it writes into its heartbeat counter says the same.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public void ClientKeepalive() => Write(ControlMessageTypes.ClientKeepalive, 0, 0, 0, static (start, _) => start);

    /// <summary>Says that the client ends.</summary>
    /// <inheritdoc cref="Send" path="/exception"/>
    public void ClientClose() => Write(ControlMessageTypes.ClientClose, NoCorrelationId, 0, 0, static (start, _) => start);

    private static int Length(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return System.Text.Encoding.UTF8.GetByteCount(text);
    }

    private long SendStream(int typeId, string channel, int streamId) => Send(
        typeId, Length(channel), (channel, streamId), static (start, arguments) => start.Int(arguments.streamId).Text(arguments.channel));

    private long SendChannel(int typeId, long registrationId, string channel) => Send(
        typeId, Length(channel), (registrationId, channel), static (start, arguments) => start.Long(arguments.registrationId).Text(arguments.channel));

    private long SendIds(int typeId, long registrationId) => Send(typeId, 0, registrationId, static (start, id) => start.Long(id));

    /// <exception cref="ArgumentException">The texts are longer than a command can be.</exception>
    /// <exception cref="InvalidOperationException">The ring is full: the driver does not read.</exception>
    private long Send<TArguments>(int typeId, int textLength, TArguments arguments, Encode<TArguments> encode)
    {
        long correlationId = toDriver.NextCorrelationId();
        Write(typeId, correlationId, textLength, arguments, encode);
        return correlationId;
    }

    private void Write<TArguments>(int typeId, long correlationId, int textLength, TArguments arguments, Encode<TArguments> encode)
    {
        if (textLength > toDriver.MaxMessageLength - RoomBesidesText)
        {
            throw new ArgumentException(
                $"A command with texts of {textLength} bytes is too long: at most {toDriver.MaxMessageLength - RoomBesidesText} are possible.");
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(textLength + RoomBesidesText);
        try
        {
            ReadOnlySpan<byte> message = encode(new ControlMessageWriter(buffer).Long(ClientId).Long(correlationId), arguments).Written;
            if (!toDriver.TryWrite(typeId, message))
                throw new InvalidOperationException("The driver's command ring is full: the driver does not run, or too many commands were sent at once.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
