using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>What a driver makes of the commands in its ring.</summary>
[TestFixture]
internal sealed class ClientCommandAdapterTests
{
    private ControlSide _driver = null!;

    [SetUp]
    public void SetUp() => _driver = new ControlSide();

    [TearDown]
    public void TearDown() => _driver.Dispose();

    [Test]
    public void The_commands_of_the_reference_client_are_decoded_as_the_capture_says()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (CapturedRecord record in CncSession.ToDriver(CncSession.Commands).Concat(CncSession.ToDriver(CncSession.CloseCommands)))
            {
                _driver.Ring.TryWrite(record.TypeId, record.Message);
                Assert.That(_driver.Adapter.Receive(), Is.EqualTo(1));
                Assert.That(_driver.Handler.Calls[^1], Is.EqualTo(Expected(record)), record.ToString());
            }

            Assert.That(_driver.Errors, Is.Zero);
        }
    }

    [Test]
    public void The_commands_that_the_capture_does_not_have_arrive_too()
    {
        var proxy = new DriverProxy(_driver.Ring, 9);
        long byId = proxy.RemoveDestinationById(2, 3);
        long removed = proxy.RemoveCounter(4);
        proxy.TerminateDriver([1, 2]);
        proxy.ClientKeepalive();
        long revoked = proxy.RemovePublication(5, revoke: true);
        _driver.Adapter.Receive();
        Assert.That(_driver.Handler.Calls, Is.EqualTo(new[]
        {
            $"RemoveDestinationById 9 {byId} 2 3", $"RemoveCounter 9 {removed} 4", "Terminate 9 0102", "Keepalive 9", $"RemovePublication 9 {revoked} 5 True",
        }));
    }

    [Test]
    public void The_removal_of_a_publication_in_the_form_without_flags_is_taken()
    {
        _driver.Ring.TryWrite(ControlMessageTypes.RemovePublication, ControlSide.Longs(1, 2, 3));
        _driver.Adapter.Receive();
        Assert.That(_driver.Handler.Calls, Is.EqualTo(new[] { "RemovePublication 1 2 3 False" }));
    }

    [Test]
    public void A_command_cut_anywhere_is_malformed_and_its_client_is_told_if_it_is_known()
    {
        foreach (CapturedRecord record in CncSession.ToDriver(CncSession.Commands))
        {
            byte[] message = record.Message;
            // The end of a rejection is not of its fields; the flags of a removal may be missing.
            int fields = record.Type switch { "REJECT_IMAGE" => message.Length - 5, "REMOVE_PUBLICATION" => 24, _ => message.Length };
            for (int length = 0; length < fields; length++)
            {
                long errors = _driver.Errors;
                _driver.Ring.TryWrite(record.TypeId, message.AsSpan(0, length));
                _driver.Adapter.Receive();
                Assert.That(_driver.Handler.Calls, Is.Empty, $"{record} cut to {length}");
                Assert.That(_driver.Errors, Is.EqualTo(errors + 1));
                string expected = length < 16 ? string.Empty : $"{record.Id("correlationId")} {ErrorCode.MalformedCommand}";
                Assert.That(_driver.LastError(), Is.EqualTo(expected), $"{record} cut to {length}");
            }
        }
    }

    [TestCase(int.MaxValue)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void A_length_that_lies_is_malformed(int channelLength)
    {
        byte[] message = [.. ControlSide.Longs(1, 2), .. BitConverter.GetBytes(1001), .. BitConverter.GetBytes(channelLength), .. "aeron:ipc"u8];
        _driver.Ring.TryWrite(ControlMessageTypes.AddPublication, message);
        _driver.Adapter.Receive();
        Assert.That(_driver.LastError(), Is.EqualTo($"2 {ErrorCode.MalformedCommand}"));
    }

    [TestCase(0x13)]
    [TestCase(0x0F01)]
    [TestCase(int.MaxValue)]
    public void A_type_that_is_not_known_is_answered_so(int typeId)
    {
        _driver.Ring.TryWrite(typeId, ControlSide.Longs(1, 77));
        _driver.Adapter.Receive();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_driver.LastError(), Is.EqualTo($"77 {ErrorCode.UnknownCommandTypeId}"));
            Assert.That(_driver.Errors, Is.EqualTo(1));
            Assert.That(_driver.Log.Entries, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void A_refusal_is_answered_with_its_code_and_the_next_command_follows()
    {
        var proxy = new DriverProxy(_driver.Ring, 1);
        _driver.Handler.Failure = new ControlProtocolException(ErrorCode.InvalidChannel, "no such channel");
        long id = proxy.AddPublication("aeron:nothing", 1);
        _driver.Adapter.Receive();
        Assert.That(_driver.LastError(), Is.EqualTo($"{id} {ErrorCode.InvalidChannel}"));

        _driver.Handler.Failure = new InvalidOperationException("something broke");
        id = proxy.AddPublication("aeron:ipc", 1);
        _driver.Adapter.Receive();
        Assert.That(_driver.LastError(), Is.EqualTo($"{id} {ErrorCode.GenericError}"));

        _driver.Handler.Failure = null;
        proxy.AddPublication("aeron:ipc", 1);
        _driver.Adapter.Receive();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_driver.Handler.Calls, Has.Count.EqualTo(1));
            Assert.That(_driver.Errors, Is.EqualTo(2));
            Assert.That(_driver.Log.Entries, Is.EqualTo(new[] { "InvalidChannel: no such channel", "something broke" }));
        }
    }

    [Test]
    public void A_close_or_keepalive_that_fails_is_logged_and_nobody_is_told()
    {
        _driver.Handler.Failure = new InvalidOperationException("broke");
        var proxy = new DriverProxy(_driver.Ring, 1);
        proxy.ClientClose();
        proxy.ClientKeepalive();
        _driver.Adapter.Receive();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_driver.LastError(), Is.Empty);
            Assert.That(_driver.Errors, Is.EqualTo(2));
        }
    }

    [Test]
    public void An_error_text_longer_than_an_event_is_cut()
    {
        _driver.Handler.Failure = new ControlProtocolException(ErrorCode.GenericError, new string('ä', 1_000_000));
        long id = new DriverProxy(_driver.Ring, 1).AddPublication("aeron:ipc", 1);
        _driver.Adapter.Receive();
        Assert.That(_driver.LastError(), Is.EqualTo($"{id} {ErrorCode.GenericError}"));
    }

    [Test]
    public void A_command_longer_than_the_ring_takes_or_a_full_ring_is_told_to_the_client()
    {
        var proxy = new DriverProxy(_driver.Ring, 1);
        Assert.That(() => proxy.AddPublication(new string('x', _driver.Ring.MaxMessageLength), 1), Throws.ArgumentException);
        Assert.That(
            () =>
            {
                while (true)
                {
                    proxy.AddPublication(new string('x', 1000), 1);
                }
            },
            Throws.InvalidOperationException.With.Message.Contains("full"));
    }

    private static string Expected(CapturedRecord record)
    {
        long client = record.Id("clientId");
        long id = record.Id("correlationId");
        return record.Type switch
        {
            "ADD_PUBLICATION" => $"AddPublication {client} {id} {record.Number("streamId")} {record.Text("channel")} False",
            "ADD_EXCLUSIVE_PUBLICATION" => $"AddPublication {client} {id} {record.Number("streamId")} {record.Text("channel")} True",
            "REMOVE_PUBLICATION" => $"RemovePublication {client} {id} {record.Id("registrationId")} False",
            "ADD_SUBSCRIPTION" => $"AddSubscription {client} {id} {record.Number("streamId")} {record.Text("channel")}",
            "REMOVE_SUBSCRIPTION" => $"RemoveSubscription {client} {id} {record.Id("registrationId")}",
            "ADD_DESTINATION" => $"AddDestination {client} {id} {record.Id("registrationId")} {record.Text("channel")}",
            "REMOVE_DESTINATION" => $"RemoveDestination {client} {id} {record.Id("registrationId")} {record.Text("channel")}",
            "ADD_RCV_DESTINATION" => $"AddReceiveDestination {client} {id} {record.Id("registrationId")} {record.Text("channel")}",
            "REMOVE_RCV_DESTINATION" => $"RemoveReceiveDestination {client} {id} {record.Id("registrationId")} {record.Text("channel")}",
            "ADD_COUNTER" => $"AddCounter {client} {id} {record.Number("typeId")} {record.Text("key").ToUpperInvariant()} {record.Text("label")}",
            "ADD_STATIC_COUNTER" => $"AddStaticCounter {client} {id} {record.Id("registrationId")} {record.Number("typeId")} "
                + $"{record.Text("key").ToUpperInvariant()} {record.Text("label")}",
            "REJECT_IMAGE" => $"RejectImage {client} {id} {record.Id("imageCorrelationId")} {record.Id("position")} {record.Text("reason")}",
            "GET_NEXT_AVAILABLE_SESSION_ID" => $"GetNextAvailableSessionId {client} {id} {record.Number("streamId")}",
            "CLIENT_CLOSE" => $"Close {client}",
            _ => throw new InvalidOperationException($"The capture has a command {record.Type} that this test does not know."),
        };
    }
}
