using System.Net;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>Takes a driver's events from the broadcast and hands them on, decoded. One thread.</summary>
public sealed class DriverEventsAdapter
{
    private const int EventsPerCall = 16;
    private const int AddressTypeIp6 = 2;
    private const int AddressLength = 16;
    private const int Ip4Length = 4;

    private readonly CopyBroadcastReceiver _receiver;
    private readonly IDriverEventHandler _handler;
    private readonly RecordHandler _onMessage;

    /// <param name="receiver">The way from the driver.</param>
    /// <param name="handler">Told of each event.</param>
    public DriverEventsAdapter(CopyBroadcastReceiver receiver, IDriverEventHandler handler)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(handler);
        _receiver = receiver;
        _handler = handler;
        _onMessage = OnMessage;
    }

    /// <summary>Handles what there is, at most a few events.</summary>
    /// <returns>How many.</returns>
    /// <inheritdoc cref="CopyBroadcastReceiver.Receive" path="/exception"/>
    public int Receive()
    {
        int count = 0;
        while (count < EventsPerCall && _receiver.Receive(_onMessage))
        {
            count++;
        }

        return count;
    }

    private void OnMessage(int typeId, ReadOnlySpan<byte> message)
    {
        var reader = new ControlMessageReader(message);
        switch (typeId)
        {
            case ControlMessageTypes.OnError:
                OnError(ref reader);
                break;
            case ControlMessageTypes.OnAvailableImage:
                OnAvailableImage(ref reader);
                break;
            case ControlMessageTypes.OnUnavailableImage:
                OnUnavailableImage(ref reader);
                break;
            case ControlMessageTypes.OnPublicationReady:
            case ControlMessageTypes.OnExclusivePublicationReady:
                OnPublicationReady(ref reader, typeId == ControlMessageTypes.OnExclusivePublicationReady);
                break;
            case ControlMessageTypes.OnPublicationError:
                OnPublicationError(ref reader);
                break;
            case ControlMessageTypes.OnOperationSuccess:
            case ControlMessageTypes.OnClientTimeout:
                OnId(ref reader, typeId);
                break;
            case ControlMessageTypes.OnSubscriptionReady:
            case ControlMessageTypes.OnCounterReady:
            case ControlMessageTypes.OnUnavailableCounter:
            case ControlMessageTypes.OnStaticCounter:
            case ControlMessageTypes.OnNextAvailableSessionId:
                OnIdAndNumber(ref reader, typeId);
                break;
            default:
                // A newer driver may tell more than is known here.
                break;
        }
    }

    private void OnError(ref ControlMessageReader reader)
    {
        long correlationId = reader.Long();
        var code = (ErrorCode)reader.Int();
        string text = reader.Text();
        Check(ref reader, nameof(ControlMessageTypes.OnError));
        _handler.OnError(correlationId, Enum.IsDefined(code) ? code : ErrorCode.UnknownCodeValue, text);
    }

    private void OnAvailableImage(ref ControlMessageReader reader)
    {
        long correlationId = reader.Long();
        int sessionId = reader.Int();
        int streamId = reader.Int();
        long subscriptionId = reader.Long();
        int counterId = reader.Int();
        string logFile = reader.Text();
        reader.AlignToInt();
        string source = reader.Text();
        Check(ref reader, nameof(ControlMessageTypes.OnAvailableImage));
        _handler.OnAvailableImage(new AvailableImage(correlationId, sessionId, streamId, subscriptionId, counterId, logFile, source));
    }

    private void OnUnavailableImage(ref ControlMessageReader reader)
    {
        long correlationId = reader.Long();
        long subscriptionId = reader.Long();
        int streamId = reader.Int();
        Check(ref reader, nameof(ControlMessageTypes.OnUnavailableImage));
        _handler.OnUnavailableImage(correlationId, subscriptionId, streamId);
    }

    private void OnPublicationReady(ref ControlMessageReader reader, bool isExclusive)
    {
        long correlationId = reader.Long();
        long registrationId = reader.Long();
        int sessionId = reader.Int();
        int streamId = reader.Int();
        int limitCounterId = reader.Int();
        int statusCounterId = reader.Int();
        string logFile = reader.Text();
        Check(ref reader, nameof(ControlMessageTypes.OnPublicationReady));
        _handler.OnPublicationReady(
            new PublicationReady(correlationId, registrationId, sessionId, streamId, limitCounterId, statusCounterId, logFile, isExclusive));
    }

    private void OnPublicationError(ref ControlMessageReader reader)
    {
        long registrationId = reader.Long();
        long destinationId = reader.Long();
        int sessionId = reader.Int();
        int streamId = reader.Int();
        long receiverId = reader.Long();
        long groupTag = reader.Long();
        int addressType = reader.UShort();
        int port = reader.UShort();
        ReadOnlySpan<byte> address = reader.Raw(AddressLength);
        var code = (ErrorCode)reader.Int();
        string text = reader.Text();
        Check(ref reader, nameof(ControlMessageTypes.OnPublicationError));
        var source = new IPEndPoint(new IPAddress(addressType == AddressTypeIp6 ? address : address[..Ip4Length]), port);
        _handler.OnPublicationError(new PublicationErrorEvent(
            registrationId, destinationId, sessionId, streamId, receiverId, groupTag, source, Enum.IsDefined(code) ? code : ErrorCode.UnknownCodeValue, text));
    }

    private void OnId(ref ControlMessageReader reader, int typeId)
    {
        long id = reader.Long();
        Check(ref reader, "of an id");
        if (typeId == ControlMessageTypes.OnOperationSuccess)
            _handler.OnOperationSuccess(id);
        else
            _handler.OnClientTimeout(id);
    }

    private void OnIdAndNumber(ref ControlMessageReader reader, int typeId)
    {
        long id = reader.Long();
        int number = reader.Int();
        Check(ref reader, "of an id and a number");
        switch (typeId)
        {
            case ControlMessageTypes.OnSubscriptionReady:
                _handler.OnSubscriptionReady(id, number);
                break;
            case ControlMessageTypes.OnCounterReady:
                _handler.OnCounterReady(id, number);
                break;
            case ControlMessageTypes.OnUnavailableCounter:
                _handler.OnUnavailableCounter(id, number);
                break;
            case ControlMessageTypes.OnStaticCounter:
                _handler.OnStaticCounter(id, number);
                break;
            default:
                _handler.OnNextAvailableSessionId(id, number);
                break;
        }
    }

    private static void Check(ref ControlMessageReader reader, string name)
    {
        if (reader.IsMalformed)
            throw new InvalidDataException($"The driver's events are damaged: an event {name} is shorter than its fields.");
    }
}
