using System.Text.Json;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Client;

/// <summary>From the datagrams of a capture an application is given what the reference's application was given.</summary>
[TestFixture]
internal sealed class GoldenImageTests
{
    private const uint Fnv1AStart = 2166136261;
    private const uint Fnv1APrime = 16777619;

    [TestCase("small")]
    [TestCase("fragmented")]
    [TestCase("termroll")]
    [TestCase("loss_fixed")]
    [TestCase("idle")]
    [TestCase("mdc_dynamic")]
    [TestCase("gtag")]
    [TestCase("rttm_cubic")]
    public void An_assembled_stream_is_the_references(string capture)
    {
        using JsonDocument application = JsonDocument.Parse(File.ReadAllText(GoldenFile($"{capture}.app.json")));
        JsonElement[] events = [.. application.RootElement.GetProperty("sub").EnumerateArray()];
        JsonElement joined = events.First(static line => IsEvent(line, "available"));
        int initialTermId = joined.GetProperty("initialTermId").GetInt32();
        int sessionId = joined.GetProperty("sessionId").GetInt32();
        using var both = new StubbedClient();
        both.Driver.InitialTermId = initialTermId;
        both.Driver.StartTermId = initialTermId;
        LogBuffer log = both.Driver.CreateImageLog(50, sessionId);
        Receive(log, capture, initialTermId);
        Subscription subscription = both.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:40123", 1001);
        long join = joined.GetProperty("joinPosition").GetInt64();
        both.Driver.AnnounceImage(subscription.RegistrationId, 50, sessionId, AeronDirectory.ImageLog(both.Driver.Directory, 50), join);
        both.Work();

        var messages = new List<string>();
        var assembler = new FragmentAssembler((buffer, in header) => messages.Add(Describe(messages.Count, buffer, header)));
        long position;
        do
        {
            position = subscription.Images[0].Position;
            subscription.Poll(assembler, 3);
        }
        while (subscription.Images[0].Position > position);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(messages, Is.EqualTo(events.Where(static line => line.TryGetProperty("msg", out _)).Select(Describe)));
            Assert.That(subscription.Images[0].JoinPosition, Is.EqualTo(join));
            JsonElement gone = events.First(static line => IsEvent(line, "unavailable"));
            Assert.That(subscription.Images[0].Position, Is.EqualTo(gone.GetProperty("position").GetInt64()));
        }
    }

    private static void Receive(LogBuffer log, string capture, int initialTermId)
    {
        foreach (string line in File.ReadLines(GoldenFile($"{capture}.jsonl")))
        {
            using JsonDocument datagram = JsonDocument.Parse(line);
            JsonElement first = datagram.RootElement.GetProperty("frames")[0];
            if (first.GetProperty("type").GetString() is not ("DATA" or "PAD") || first.GetProperty("frameLength").GetInt32() == 0)
                continue;
            byte[] bytes = Convert.FromHexString(datagram.RootElement.GetProperty("hex").GetString()!);
            int partition = LogPosition.PartitionIndexOfTerm(first.GetProperty("termId").GetInt32(), initialTermId);
            bytes.CopyTo(log.Terms[partition].AsSpan(first.GetProperty("termOffset").GetInt32(), bytes.Length));
        }
    }

    private static string Describe(int number, ReadOnlySpan<byte> buffer, in Header header)
    {
        uint hash = Fnv1AStart;
        foreach (byte value in buffer)
        {
            hash = unchecked((hash ^ value) * Fnv1APrime);
        }

        return $"{number} len {buffer.Length} fnv1a {hash:x8} frame {header.FrameLength} flags 0x{header.Flags:x2} type {(int)header.Type} "
            + $"at {header.TermId}/{header.TermOffset} of {header.SessionId}/{header.StreamId} "
            + $"reserved 0x{header.ReservedValue:x16} position {header.Position}";
    }

    private static string Describe(JsonElement message)
    {
        string Field(string name) => message.GetProperty(name).ToString();
        return $"{Field("msg")} len {Field("len")} fnv1a {Field("fnv1a")} frame {Field("frameLength")} flags {Field("flags")} type {Field("type")} "
            + $"at {Field("termId")}/{Field("termOffset")} of {Field("sessionId")}/{Field("streamId")} "
            + $"reserved {Field("reserved")} position {Field("position")}";
    }

    private static bool IsEvent(JsonElement line, string name) => line.TryGetProperty("event", out JsonElement value) && value.GetString() == name;

    private static string GoldenFile(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "golden", name);
}
