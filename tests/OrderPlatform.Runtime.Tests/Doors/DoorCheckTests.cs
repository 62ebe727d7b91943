using System.Buffers.Binary;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>Each thing that is wrong gets its own answer, which says what to do, is counted, and changes nothing else.</summary>
[TestFixture]
internal sealed class DoorCheckTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static value => (byte)value)];

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return new TestCaseData(1001, Array.Empty<byte>(), DoorReason.Malformed, "a message of template 0 is malformed (shorter than a header): encode it with schema 2700, version 0");
        yield return new TestCaseData(1001, DoorMessages.Signal(1)[..^1], DoorReason.Malformed, "a message of template 30 is malformed (it ends within its block): encode it with schema 2700, version 0");
        yield return new TestCaseData(1001, With(DoorMessages.Signal(1), 20, 9), DoorReason.Malformed, "a message of template 30 is malformed (an enum has no such value): encode it with schema 2700, version 0");
        yield return new TestCaseData(1001, With(DoorMessages.Signal(1), 2, 250), DoorReason.UnknownTemplate, "template 250 is not of this schema");
        yield return new TestCaseData(1001, With(DoorMessages.Signal(1), 4, 1), DoorReason.WrongSchema, "schema 2561, version 0: here it is schema 2700, version 0");
        yield return new TestCaseData(1001, With(DoorMessages.Signal(1), 6, 3), DoorReason.WrongSchema, "schema 2700, version 3: here it is schema 2700, version 0");
        yield return new TestCaseData(1001, new byte[500], DoorReason.TooLarge, "500 bytes: at most 432 fit");
        yield return new TestCaseData(1001, DoorMessages.Trade(), DoorReason.NotAnInput, "template 20 may not be sent on stream 1001");
        yield return new TestCaseData(1002, DoorMessages.Signal(1), DoorReason.NotAnInput, "template 30 may not be sent on stream 1002");
        yield return new TestCaseData(1002, DoorMessages.Trade(instrument: 6), DoorReason.UnknownInstrument, "instrument 6 is not known");
        yield return new TestCaseData(1001, DoorMessages.Signal(1, client: 2), DoorReason.ClientNotAllowed, "the publisher may not speak for client 2");
        yield return new TestCaseData(1001, DoorMessages.Signal(1, client: 3), DoorReason.UnknownClient, "client 3 is not known");
        yield return new TestCaseData(1001, DoorMessages.Signal(1, strategy: 20), DoorReason.UnknownStrategy, "strategy 20 is not of client 1");
        yield return new TestCaseData(1001, DoorMessages.Signal(1, strategy: 11), DoorReason.UnknownStrategy, "strategy 11 is not known");
        yield return new TestCaseData(1001, DoorMessages.Signal(1, instrument: 4), DoorReason.UnknownInstrument, "instrument 4 is not known");
        yield return new TestCaseData(1003, DoorMessages.Cancel(client: 2), DoorReason.ClientNotAllowed, "the publisher may not speak for client 2");
        yield return new TestCaseData(1003, DoorMessages.Cash(account: 200), DoorReason.ClientNotAllowed, "the publisher may not speak for client 2");
        yield return new TestCaseData(1003, DoorMessages.Cash(account: 300), DoorReason.UnknownClient, "account 300 is not known");
        yield return new TestCaseData(1003, DoorMessages.Command(Scope.Client, 2), DoorReason.ClientNotAllowed, "the publisher may not speak for client 2");
        yield return new TestCaseData(1003, DoorMessages.Command(Scope.Strategy, 20), DoorReason.ClientNotAllowed, "the publisher may not speak for client 2");
        yield return new TestCaseData(1003, DoorMessages.Command(Scope.Account, 200), DoorReason.ClientNotAllowed, "the publisher may not speak for client 2");
        yield return new TestCaseData(1003, DoorMessages.Command(Scope.Shard, 0), DoorReason.ClientNotAllowed, "what concerns more than one client needs a publisher for all clients");
    }

    [TestCaseSource(nameof(Refusals))]
    public void A_message_that_may_not_enter_is_refused_with_its_reason(int stream, byte[] message, DoorReason reason, string detail)
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7) with { ClientIds = [1, 3] }));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2), stream: stream);
        publisher.Connect();
        publisher.Send(1, message);
        publisher.Send(2, stream == 1001 ? DoorMessages.Signal(2) : stream == 1002 ? DoorMessages.Trade() : DoorMessages.Command(Scope.Client, 1));
        AckLine[] acks = publisher.AwaitAcks(2);
        Assert.That(acks[0], Is.EqualTo(new AckLine(1, DoorStatus.Refused, reason, 0, detail)));
        Assert.That(acks[1], Is.EqualTo(new AckLine(2, DoorStatus.Accepted, DoorReason.None, 1, string.Empty)));
        Assert.That(rig.Door.CountsOf(7).Refused, Is.EqualTo(1));
        Assert.That(rig.ReadAudit(), Has.One.Matches<AuditLine>(line => line == new AuditLine(7, DoorEventKind.SubmissionRefused, reason, stream, 1, 1, detail)));
    }

    [Test]
    public void A_publisher_for_all_clients_may_command_the_shard()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7) with { ClientIds = [], AllClients = true }));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2), stream: 1003);
        publisher.Connect();
        publisher.Send(1, DoorMessages.Command(Scope.Shard, 0));
        publisher.Send(2, DoorMessages.Cancel(client: 2));
        Assert.That(publisher.AwaitAcks(2), Has.All.Matches<AckLine>(static ack => ack.Status == DoorStatus.Accepted));
    }

    [Test]
    public void Garbage_in_a_session_is_answered_and_the_session_goes_on()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2));
        publisher.Connect();
        publisher.Offer([1, 2, 3]);
        publisher.Offer(DoorMessages.Signal(1));
        publisher.Offer(With(DoorMessages.Submission(7, 1, DoorMessages.Signal(1)), 60, 255));
        publisher.Offer(new byte[2_000]);
        publisher.Offer(DoorMessages.Submission(8, 1, DoorMessages.Signal(1)));
        publisher.Send(1, DoorMessages.Signal(1));
        Assert.That(publisher.AwaitAcks(6), Is.EqualTo(new[]
        {
            new AckLine(0, DoorStatus.Refused, DoorReason.Malformed, 0, "a message of template 0 is malformed (shorter than a header): encode it with schema 2700, version 0"),
            new AckLine(0, DoorStatus.Refused, DoorReason.NotAnInput, 0, "template 30 may not be sent on stream 1001"),
            new AckLine(0, DoorStatus.Refused, DoorReason.Malformed, 0, "a message of template 152 is malformed (it ends within a text or message): encode it with schema 2700, version 0"),
            new AckLine(0, DoorStatus.Refused, DoorReason.TooLarge, 0, "2000 bytes: at most 1024 fit"),
            new AckLine(1, DoorStatus.Refused, DoorReason.WrongSource, 0, "publisher 8 may not speak in the session of publisher 7"),
            new AckLine(1, DoorStatus.Accepted, DoorReason.None, 1, string.Empty),
        }));
    }

    [Test]
    public void A_message_in_fragments_is_one_message()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2), DoorRig.Udp + "|mtu=96");
        publisher.Connect();
        for (ulong number = 1; number <= 200; number++)
        {
            publisher.Send(number, DoorMessages.Signal(number));
        }

        Assert.That(publisher.AwaitAcks(200), Has.All.Matches<AckLine>(static ack => ack.Status == DoorStatus.Accepted));
        Assert.That(rig.ReadJournal()[199].Message, Is.EqualTo(DoorMessages.Signal(200)));
    }

    [Test]
    public void A_token_is_asked_for_in_every_message_and_a_wrong_one_changes_nothing()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7) with { Key = Key }));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2), key: Key);
        publisher.Connect();
        publisher.Offer(DoorMessages.Submission(7, 1, DoorMessages.Signal(1)));
        byte[] changed = DoorMessages.Submission(7, 1, DoorMessages.Signal(1), publisher.Token);
        changed[^1] ^= 1;
        publisher.Offer(changed);
        publisher.Send(1, DoorMessages.Signal(1));
        AckLine[] acks = publisher.AwaitAcks(3);
        Assert.That(acks[..2], Has.All.EqualTo(new AckLine(
            1, DoorStatus.Refused, DoorReason.BadToken, 0, "the token is not that of publisher 7: HMAC-SHA-256 of the message with zeros in its token")));
        Assert.That(acks[2].Status, Is.EqualTo(DoorStatus.Accepted));
    }

    private static IEnumerable<TestCaseData> Hellos()
    {
        static byte[] Of(RawPublisher publisher, uint id = 7, int stream = 1010, ulong next = 1, ushort version = 1, string? channel = null, PublisherToken? token = null) =>
            DoorMessages.Hello(id, channel ?? publisher.ResponseChannel, stream, next, version, token);

        yield return Case(1001, static publisher => Of(publisher, version: 2), DoorReason.ProtocolVersion, "protocol version 2: here it is 1");
        yield return Case(1001, static publisher => Of(publisher, id: 9), DoorReason.UnknownPublisher, "publisher 9 is not configured");
        yield return Case(1001, static publisher => Of(publisher, id: 8), DoorReason.BadToken, "the token is not that of publisher 8: HMAC-SHA-256 of the message with zeros in its token");
        yield return Case(1002, static publisher => Of(publisher), DoorReason.KindNotAllowed, "publisher 7 may not send on stream 1002");
        yield return Case(1001, static publisher => Of(publisher, id: 6), DoorReason.WrongSource, "publisher 6 may not speak from this address");
        yield return Case(1001, static publisher => Of(publisher, next: ulong.MaxValue), DoorReason.Malformed, "a message of template 150 is malformed (a field is out of range): encode it with schema 2700, version 0");
        yield return Case(1001, static publisher => Of(publisher, stream: 2001), DoorReason.ResponseChannel, "stream 2001 is not for answers: take 1010 to 1019, or one from 10000 on", isAnswered: false);
        yield return Case(1001, static publisher => Of(publisher, channel: "aeron:udp?endpoint=10.1.2.3:4000"), DoorReason.ResponseChannel, "the endpoint is at 10.1.2.3, the session comes from 127.0.0.1", isAnswered: false);
        yield return Case(1001, static publisher => Of(publisher, channel: "aeron:udp?endpoint=127.0.0.1:4000|term-length=1g"), DoorReason.ResponseChannel, "write aeron:udp?endpoint=<address>:<port> and no more", isAnswered: false);
        yield return Case(1001, static publisher => Of(publisher, channel: "aeron:ipc"), DoorReason.ResponseChannel, "write aeron:udp?endpoint=<address>:<port> and no more", isAnswered: false);
        yield return Case(1001, static publisher => Of(publisher, channel: "http://x"), DoorReason.ResponseChannel, "Channel 'http://x' does not begin with 'aeron:': write 'aeron:udp?…' or 'aeron:ipc'.", isAnswered: false);

        static TestCaseData Case(int stream, Func<RawPublisher, byte[]> hello, DoorReason reason, string detail, bool isAnswered = true) =>
            new TestCaseData(stream, (Func<object, byte[]>)(publisher => hello((RawPublisher)publisher)), reason, detail, isAnswered).SetArgDisplayNames(stream.ToString(), reason.ToString(), detail);
    }

    [TestCaseSource(nameof(Hellos))]
    public void A_hello_that_may_not_come_in_is_refused_with_its_reason_and_its_session_rejected(
        int stream, Func<object, byte[]> hello, DoorReason reason, string detail, bool isAnswered)
    {
        using var rig = new DoorRig(DoorRig.With(
            DoorRig.Rule(7) with { Kinds = DoorKinds.Signals }, DoorRig.Rule(8) with { Key = Key }, DoorRig.Rule(6) with { Sources = ["10.0.0.0/8", "ipc"] }));
        using var publisher = new RawPublisher(rig, 7, rig.World.Add(2), stream: stream);
        publisher.Offer(hello(publisher));
        if (isAnswered)
        {
            publisher.StepUntil(() => publisher.Welcomes.Count == 1, "the refusal");
            Assert.That((publisher.Welcomes[0].Status, publisher.Welcomes[0].Reason, publisher.Welcomes[0].Detail), Is.EqualTo((DoorStatus.Refused, reason, detail)));
        }

        publisher.StepUntil(() => !publisher.Publication.IsConnected, "the rejection");
        rig.StepFor(TimeSpan.FromSeconds(1));
        Assert.That(rig.ReadAudit(), Has.One.Matches<AuditLine>(line => line.Kind == DoorEventKind.HelloRefused && line.Reason == reason && line.Detail == detail));
        Assert.That(rig.Door.Nobody.Refused + rig.Options.Publishers.Sum(rule => rig.Door.CountsOf(rule.Id).Refused), Is.EqualTo(1));
    }

    [Test]
    public void A_session_without_a_hello_is_rejected_after_sixteen_messages_or_after_a_while()
    {
        using var rig = new DoorRig(DoorRig.With(DoorRig.Rule(7)));
        using var babbler = new RawPublisher(rig, 7, rig.World.Add(2));
        using var silent = new RawPublisher(rig, 7, rig.World.Add(3));
        for (ulong number = 1; number <= 16; number++)
        {
            babbler.Send(number, DoorMessages.Signal(number));
        }

        babbler.StepUntil(() => !babbler.Publication.IsConnected, "the babbler is rejected");
        Assert.That(silent.Publication.IsConnected, Is.True);
        silent.StepUntil(() => !silent.Publication.IsConnected, "the silent one is rejected");
        Assert.That(rig.Door.Nobody.Refused, Is.EqualTo(16));
        Assert.That(rig.AppendedSequence, Is.Zero);
        rig.StepFor(TimeSpan.FromSeconds(2));
        AuditLine[] refused = [.. rig.ReadAudit().Where(static line => line.Kind == DoorEventKind.SubmissionRefused)];
        Assert.That(refused.Select(static line => (line.Publisher, line.Reason, line.Count)), Is.EqualTo(new[] { (0u, DoorReason.NotConnected, 1UL), (0u, DoorReason.NotConnected, 15UL) }));
    }

    private static byte[] With(byte[] message, int offset, byte value)
    {
        byte[] changed = [.. message];
        changed[offset] = value;
        if (offset == 4)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(4), 2_561);
        }

        return changed;
    }
}
