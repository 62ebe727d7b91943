using System.Net;
using System.Text;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>The events that the reference driver sent: decoded by our client, and sent again, byte by byte, by our driver.</summary>
[TestFixture]
internal sealed class ClientProxyGoldenTests
{
    private const int BroadcastLength = (64 * 1024) + BroadcastDescriptor.TrailerLength;

    [Test]
    public void Events_decoded_and_sent_again_are_the_bytes_of_the_reference_driver()
    {
        IReadOnlyList<CapturedRecord> records = CncSession.ToClients(CncSession.Responses);
        using var captured = new NativeBlock(BroadcastLength);
        using var again = new NativeBlock(BroadcastLength);
        var echo = new EventEcho(new ClientProxy(new BroadcastTransmitter(again.Buffer)));
        var transmitter = new BroadcastTransmitter(captured.Buffer);
        var adapter = new DriverEventsAdapter(new CopyBroadcastReceiver(captured.Buffer), echo);
        int received = 0;
        foreach (CapturedRecord record in records)
        {
            transmitter.Transmit(record.TypeId, record.Message);
            received += adapter.Receive();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(received, Is.EqualTo(records.Count));
            foreach (CapturedRecord record in records)
            {
                Assert.That(captured.Buffer.AsSpan(record.Position, record.Length).ToArray(), Is.EqualTo(record.Bytes[..record.Length]), record.ToString());
                Assert.That(again.Buffer.AsSpan(record.Position, record.Length).ToArray(), Is.EqualTo(record.Bytes[..record.Length]), record.ToString());
            }

            var toClients = CncSession.State(CncSession.Responses).GetProperty("toClients");
            UnsafeBuffer trailer = again.Buffer.Slice(BroadcastLength - BroadcastDescriptor.TrailerLength, BroadcastDescriptor.TrailerLength);
            Assert.That(trailer.GetLong(BroadcastDescriptor.TailIntentOffset), Is.EqualTo(toClients.GetProperty("tailIntent").GetInt64()));
            Assert.That(trailer.GetLong(BroadcastDescriptor.TailOffset), Is.EqualTo(toClients.GetProperty("tail").GetInt64()));
            Assert.That(trailer.GetLong(BroadcastDescriptor.LatestOffset), Is.EqualTo(toClients.GetProperty("latest").GetInt64()));
        }
    }

    [Test]
    public void Events_have_the_values_that_the_capture_names()
    {
        using var memory = new NativeBlock(BroadcastLength);
        var echo = new EventEcho(null);
        var transmitter = new BroadcastTransmitter(memory.Buffer);
        var adapter = new DriverEventsAdapter(new CopyBroadcastReceiver(memory.Buffer), echo);
        using (Assert.EnterMultipleScope())
        {
            foreach (CapturedRecord record in CncSession.ToClients(CncSession.Responses))
            {
                transmitter.Transmit(record.TypeId, record.Message);
                adapter.Receive();
                Assert.That(echo.Last, Is.EqualTo(Expected(record)), record.ToString());
            }
        }
    }

    private static object Expected(CapturedRecord record) => record.Type switch
    {
        "ON_COUNTER_READY" => ("CounterReady", record.Id("correlationId"), record.Number("counterId")),
        "ON_STATIC_COUNTER" => ("StaticCounter", record.Id("correlationId"), record.Number("counterId")),
        "ON_SUBSCRIPTION_READY" => ("SubscriptionReady", record.Id("correlationId"), record.Number("channelStatusIndicatorId")),
        "ON_NEXT_AVAILABLE_SESSION_ID" => ("NextAvailableSessionId", record.Id("correlationId"), record.Number("nextSessionId")),
        "ON_OPERATION_SUCCESS" => ("OperationSuccess", record.Id("correlationId")),
        "ON_UNAVAILABLE_IMAGE" => (record.Id("correlationId"), record.Id("subscriptionRegistrationId"), record.Number("streamId")),
        "ON_PUBLICATION_READY" or "ON_EXCLUSIVE_PUBLICATION_READY" => new PublicationReady(
            record.Id("correlationId"), record.Id("registrationId"), record.Number("sessionId"), record.Number("streamId"),
            record.Number("positionLimitCounterId"), record.Number("channelStatusIndicatorId"), LogFile(record), record.Type.Contains("EXCLUSIVE")),
        "ON_AVAILABLE_IMAGE" => new AvailableImage(
            record.Id("correlationId"), record.Number("sessionId"), record.Number("streamId"), record.Id("subscriberRegistrationId"),
            record.Number("subscriberPositionId"), LogFile(record), record.Text("sourceIdentity")),
        "ON_PUBLICATION_ERROR" => new PublicationErrorEvent(
            record.Id("registrationId"), record.Id("destinationRegistrationId"), record.Number("sessionId"), record.Number("streamId"),
            // The reference driver writes the loopback address of a rejection over IPC back to front; from the network the order is right.
            record.Id("receiverId"), record.Id("groupTag"), new IPEndPoint(IPAddress.Parse("1.0.0.127"), record.Number("sourcePort")),
            (ErrorCode)record.Number("errorCode"), record.Text("message")),
        _ => throw new InvalidOperationException($"The capture has an event {record.Type} that this test does not know."),
    };

    /// <summary>The capture's text names the file below its folder; the bytes have the whole path, behind the last number before the text.</summary>
    private static string LogFile(CapturedRecord record)
    {
        int offset = record.Type == "ON_AVAILABLE_IMAGE" ? 28 : 32;
        int length = BitConverter.ToInt32(record.Message, offset);
        string path = Encoding.UTF8.GetString(record.Message, offset + 4, length);
        Assert.That(path, Does.EndWith(record.Text("logFile")));
        return path;
    }

    /// <summary>Remembers the last event and sends it on.</summary>
    private sealed class EventEcho(ClientProxy? proxy) : IDriverEventHandler
    {
        internal object? Last { get; private set; }

        public void OnError(long offendingCorrelationId, ErrorCode code, string message)
        {
            Last = (offendingCorrelationId, code, message);
            proxy?.Error(offendingCorrelationId, code, message);
        }

        public void OnAvailableImage(in AvailableImage image)
        {
            Last = image;
            proxy?.AvailableImage(image);
        }

        public void OnUnavailableImage(long imageCorrelationId, long subscriptionRegistrationId, int streamId)
        {
            Last = (imageCorrelationId, subscriptionRegistrationId, streamId);
            proxy?.UnavailableImage(imageCorrelationId, subscriptionRegistrationId, streamId, "aeron:ipc");
        }

        public void OnPublicationReady(in PublicationReady publication)
        {
            Last = publication;
            proxy?.PublicationReady(publication);
        }

        public void OnSubscriptionReady(long correlationId, int channelStatusCounterId)
        {
            Last = ("SubscriptionReady", correlationId, channelStatusCounterId);
            proxy?.SubscriptionReady(correlationId, channelStatusCounterId);
        }

        public void OnOperationSuccess(long correlationId)
        {
            Last = ("OperationSuccess", correlationId);
            proxy?.OperationSuccess(correlationId);
        }

        public void OnCounterReady(long correlationId, int counterId)
        {
            Last = ("CounterReady", correlationId, counterId);
            proxy?.CounterReady(correlationId, counterId);
        }

        public void OnUnavailableCounter(long registrationId, int counterId)
        {
            Last = ("UnavailableCounter", registrationId, counterId);
            proxy?.UnavailableCounter(registrationId, counterId);
        }

        public void OnStaticCounter(long correlationId, int counterId)
        {
            Last = ("StaticCounter", correlationId, counterId);
            proxy?.StaticCounter(correlationId, counterId);
        }

        public void OnClientTimeout(long clientId)
        {
            Last = ("ClientTimeout", clientId);
            proxy?.ClientTimeout(clientId);
        }

        public void OnPublicationError(in PublicationErrorEvent publicationError)
        {
            Last = publicationError;
            proxy?.PublicationError(publicationError);
        }

        public void OnNextAvailableSessionId(long correlationId, int sessionId)
        {
            Last = ("NextAvailableSessionId", correlationId, sessionId);
            proxy?.NextAvailableSessionId(correlationId, sessionId);
        }
    }
}
