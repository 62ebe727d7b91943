using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>The commands that the reference client sent, sent by ours.</summary>
[TestFixture]
internal sealed class DriverProxyGoldenTests
{
    private const int RingLength = (64 * 1024) + ManyToOneRingBuffer.TrailerLength;

    private NativeBlock _memory = null!;
    private ManyToOneRingBuffer _ring = null!;

    private static IEnumerable<TestCaseData> Captured() =>
        CncSession.ToDriver(CncSession.Commands).Concat(CncSession.ToDriver(CncSession.CloseCommands))
            .Select(static record => new TestCaseData(record).SetArgDisplayNames(record.ToString()));

    [SetUp]
    public void SetUp()
    {
        _memory = new NativeBlock(RingLength);
        _ring = new ManyToOneRingBuffer(_memory.Buffer);
    }

    [TearDown]
    public void TearDown() => _memory.Dispose();

    [TestCaseSource(nameof(Captured))]
    public void A_command_is_the_bytes_of_the_reference_client(CapturedRecord record)
    {
        SetNextCorrelationId(record.Id("correlationId"));
        Send(new DriverProxy(_ring, record.Id("clientId")), record);

        Assert.That(_memory.Buffer.AsSpan(0, record.Bytes.Length).ToArray(), Is.EqualTo(record.Bytes));
        Assert.That(_ring.ProducerPosition, Is.EqualTo(record.Bytes.Length));
    }

    [Test]
    public void The_commands_of_the_capture_in_a_row_lie_where_they_lay()
    {
        IReadOnlyList<CapturedRecord> records = CncSession.ToDriver(CncSession.Commands);
        _memory.Buffer.PutLong(RingLength - ManyToOneRingBuffer.TrailerLength + 128, records[0].Position);
        foreach (CapturedRecord record in records)
        {
            SetNextCorrelationId(record.Id("correlationId"));
            Send(new DriverProxy(_ring, record.Id("clientId")), record);
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (CapturedRecord record in records)
            {
                Assert.That(_memory.Buffer.AsSpan(record.Position, record.Bytes.Length).ToArray(), Is.EqualTo(record.Bytes), record.ToString());
            }

            Assert.That(_ring.ProducerPosition, Is.EqualTo(CncSession.State(CncSession.Commands).GetProperty("toDriver").GetProperty("tail").GetInt64()));
        }
    }

    private void SetNextCorrelationId(long id) => _memory.Buffer.PutLong(RingLength - ManyToOneRingBuffer.TrailerLength + 512, id);

    private static void Send(DriverProxy proxy, CapturedRecord record)
    {
        switch (record.Type)
        {
            case "ADD_DESTINATION":
                proxy.AddDestination(record.Id("registrationId"), record.Text("channel"));
                break;
            case "REMOVE_DESTINATION":
                proxy.RemoveDestination(record.Id("registrationId"), record.Text("channel"));
                break;
            case "ADD_RCV_DESTINATION":
                proxy.AddReceiveDestination(record.Id("registrationId"), record.Text("channel"));
                break;
            case "REMOVE_RCV_DESTINATION":
                proxy.RemoveReceiveDestination(record.Id("registrationId"), record.Text("channel"));
                break;
            case "ADD_PUBLICATION":
                proxy.AddPublication(record.Text("channel"), record.Number("streamId"));
                break;
            case "ADD_EXCLUSIVE_PUBLICATION":
                proxy.AddExclusivePublication(record.Text("channel"), record.Number("streamId"));
                break;
            case "ADD_SUBSCRIPTION":
                proxy.AddSubscription(record.Text("channel"), record.Number("streamId"));
                break;
            case "ADD_COUNTER":
                proxy.AddCounter(record.Number("typeId"), Convert.FromHexString(record.Text("key")), record.Text("label"));
                break;
            case "ADD_STATIC_COUNTER":
                proxy.AddStaticCounter(
                    record.Number("typeId"), Convert.FromHexString(record.Text("key")), record.Text("label"), record.Id("registrationId"));
                break;
            case "GET_NEXT_AVAILABLE_SESSION_ID":
                proxy.GetNextAvailableSessionId(record.Number("streamId"));
                break;
            case "REJECT_IMAGE":
                proxy.RejectImage(record.Id("imageCorrelationId"), record.Id("position"), record.Text("reason"));
                break;
            case "REMOVE_PUBLICATION":
                proxy.RemovePublication(record.Id("registrationId"));
                break;
            case "REMOVE_SUBSCRIPTION":
                proxy.RemoveSubscription(record.Id("registrationId"));
                break;
            case "CLIENT_CLOSE":
                proxy.ClientClose();
                break;
            default:
                Assert.Fail($"The capture has a command {record.Type} that this test does not know.");
                break;
        }
    }
}
