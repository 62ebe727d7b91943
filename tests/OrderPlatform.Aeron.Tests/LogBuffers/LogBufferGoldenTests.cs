using System.Text.Json;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.LogBuffers;

/// <summary>Logs are byte for byte what the reference makes of the same messages.</summary>
[TestFixture]
internal sealed class LogBufferGoldenTests
{
    private const string IpcLog = "4.logbuffer";
    private const int ClaimedFrameLength = 52;

    private static readonly JsonElement Logs = JsonElement.Parse(File.ReadAllText(GoldenFile("logbuffers.json")));

    [TestCase("2.logbuffer")]
    [TestCase(IpcLog)]
    public void Metadata_is_byte_for_byte_the_references(string name)
    {
        byte[] golden = Convert.FromHexString(Logs.GetProperty(name).GetProperty("metadataHexFirst508").GetString()!);
        using var memory = new NativeBlock(LogBufferDescriptor.LogLength(LogBufferDescriptor.TermLengthMin, LogBufferDescriptor.PageLengthMin));
        LogBuffer log = LogBuffer.Over(memory.Buffer, Expected(name));
        if (name == IpcLog)
        {
            log.MetaData.PutInt(LogBufferDescriptor.IsConnectedOffset, 1);
            AppendGoldenMessages(new Appender(log, isExclusive: false));
        }

        Assert.That(Convert.ToHexString(log.MetaData.AsSpan(0, golden.Length)), Is.EqualTo(Convert.ToHexString(golden)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_term_is_byte_for_byte_the_references(bool isExclusive)
    {
        byte[] golden = GoldenTerm();
        using var memory = new NativeBlock(LogBufferDescriptor.LogLength(LogBufferDescriptor.TermLengthMin, LogBufferDescriptor.PageLengthMin));
        LogBuffer log = LogBuffer.Over(memory.Buffer, Expected(IpcLog));
        AppendGoldenMessages(new Appender(log, isExclusive));
        Assert.That(Convert.ToHexString(log.Terms[0].AsSpan(0, golden.Length)), Is.EqualTo(Convert.ToHexString(golden)));
    }

    [Test]
    public void A_log_file_of_the_reference_opens_and_says_how_far_its_producer_is()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.logbuffer");
        JsonElement golden = Logs.GetProperty(IpcLog);
        try
        {
            using (MappedFile file = MappedFile.CreateNew(path, golden.GetProperty("fileLength").GetInt64()))
            {
                byte[] metaData = Convert.FromHexString(golden.GetProperty("metadataHexFirst508").GetString()!);
                metaData.CopyTo(file.Buffer.AsSpan(file.Buffer.CapacityBytes - LogBufferDescriptor.MetaDataLength, metaData.Length));
            }

            using LogBuffer log = LogBuffer.Open(path);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(log.TermLength, Is.EqualTo(LogBufferDescriptor.TermLengthMin));
                Assert.That(LogTail.ProducerPosition(log.MetaData), Is.EqualTo(2464));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("small", false)]
    [TestCase("small", true)]
    [TestCase("fragmented", false)]
    [TestCase("fragmented", true)]
    [TestCase("termroll", false)]
    [TestCase("termroll", true)]
    public void Offers_give_the_references_positions_and_frames(string capture, bool isExclusive)
    {
        using JsonDocument application = JsonDocument.Parse(File.ReadAllText(GoldenFile($"{capture}.app.json")));
        JsonElement joined = application.RootElement.GetProperty("sub").EnumerateArray().First(static line => IsEvent(line, "available"));
        int initialTermId = joined.GetProperty("initialTermId").GetInt32();
        long start = joined.GetProperty("joinPosition").GetInt64();
        const int Shift = 16;
        using var log = new MemoryLog(
            initialTermId,
            LogPosition.TermId(start, Shift, initialTermId),
            LogPosition.TermOffset(start, LogBufferDescriptor.TermLengthMin),
            joined.GetProperty("sessionId").GetInt32());
        var appender = new Appender(log.Log, isExclusive);
        long fragment = capture == "termroll" ? 0 : 0x1122334455667700;
        ReservedValueSupplier? supplier = capture == "termroll" ? null : _ => fragment++;
        foreach (JsonElement offer in application.RootElement.GetProperty("pub").EnumerateArray().Where(static line => line.TryGetProperty("offer", out _)))
        {
            byte[] payload = MemoryLog.Payload(offer.GetProperty("offer").GetInt32(), offer.GetProperty("len").GetInt32());
            Assert.That(appender.OfferUntilTaken(payload, supplier), Is.EqualTo(offer.GetProperty("result").GetInt64()));
        }

        Assert.That(CompareWithWire(log, capture, initialTermId), Is.GreaterThan(5));
    }

    private static int CompareWithWire(MemoryLog log, string capture, int initialTermId)
    {
        int compared = 0;
        foreach (string line in File.ReadLines(GoldenFile($"{capture}.jsonl")))
        {
            using JsonDocument datagram = JsonDocument.Parse(line);
            byte[] bytes = Convert.FromHexString(datagram.RootElement.GetProperty("hex").GetString()!);
            foreach (JsonElement frame in datagram.RootElement.GetProperty("frames").EnumerateArray())
            {
                string type = frame.GetProperty("type").GetString()!;
                int frameLength = frame.GetProperty("frameLength").GetInt32();
                if (type is not ("DATA" or "PAD") || frameLength == 0)
                    continue;
                int onWire = type == "PAD" ? DataHeader.LengthBytes : BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
                int partition = LogPosition.PartitionIndexOfTerm(frame.GetProperty("termId").GetInt32(), initialTermId);
                byte[] written = log.Bytes(partition, frame.GetProperty("termOffset").GetInt32(), onWire);
                Assert.That(Convert.ToHexString(written), Is.EqualTo(Convert.ToHexString(bytes.AsSpan(frame.GetProperty("off").GetInt32(), onWire))));
                compared++;
            }
        }

        return compared;
    }

    private static void AppendGoldenMessages(Appender appender)
    {
        byte[] term = GoldenTerm();
        for (int offset = 0; offset < term.Length;)
        {
            DataHeader header = System.Runtime.InteropServices.MemoryMarshal.Read<DataHeader>(term.AsSpan(offset));
            if (header.Frame.FrameLength == ClaimedFrameLength)
            {
                appender.Claim(term.AsSpan(offset + DataHeader.LengthBytes, ClaimedFrameLength - DataHeader.LengthBytes), header.Frame.Type == FrameType.Data);
                offset += 2 * LogBufferDescriptor.FrameAlignment;
                continue;
            }

            var message = new List<byte>();
            bool isLast = false;
            while (!isLast)
            {
                header = System.Runtime.InteropServices.MemoryMarshal.Read<DataHeader>(term.AsSpan(offset));
                isLast = (header.Frame.Flags & FrameFlags.End) != 0;
                message.AddRange(term.AsSpan(offset + DataHeader.LengthBytes, header.Frame.FrameLength - DataHeader.LengthBytes).ToArray());
                offset += BitAlignment.Align(header.Frame.FrameLength, LogBufferDescriptor.FrameAlignment);
            }

            appender.OfferUntilTaken([.. message], null);
        }
    }

    private static byte[] GoldenTerm() =>
        Convert.FromHexString(Logs.GetProperty(IpcLog).GetProperty("terms")[0].GetProperty("usedHex").GetString()!);

    private static LogMetaData Expected(string name)
    {
        JsonElement decoded = Logs.GetProperty(name).GetProperty("decoded");
        byte[] flags = Convert.FromHexString(decoded.GetProperty("flags488").GetString()!);
        byte[] header = Convert.FromHexString(decoded.GetProperty("defaultHeaderHex").GetString()!);
        DataHeader defaults = System.Runtime.InteropServices.MemoryMarshal.Read<DataHeader>(header);
        int Int(string field) => decoded.GetProperty(field).GetInt32();
        long Long(string field) => decoded.GetProperty(field).GetInt64();
        return new LogMetaData
        {
            Type = flags[9],
            CorrelationId = Long("correlationId"),
            SessionId = defaults.SessionId,
            StreamId = defaults.StreamId,
            InitialTermId = Int("initialTermId"),
            StartTermId = Int("initialTermId"),
            TermLength = Int("termLength"),
            PageSize = Int("pageSize"),
            MtuLength = Int("mtuLength"),
            PublicationWindowLength = Int("publicationWindowLength"),
            OsDefaultSendBufferLength = Int("osDefaultSndbuf"),
            OsDefaultReceiveBufferLength = Int("osDefaultRcvbuf"),
            OsMaxSendBufferLength = BitConverter.ToInt32(MetaData(name), LogBufferDescriptor.OsMaxSendBufferLengthOffset),
            OsMaxReceiveBufferLength = BitConverter.ToInt32(MetaData(name), LogBufferDescriptor.OsMaxReceiveBufferLengthOffset),
            MaxResend = Int("maxResend"),
            EntityTag = Long("entityTag"),
            ResponseCorrelationId = Long("responseCorrelationId"),
            LingerTimeoutNs = Long("lingerTimeoutNs"),
            UntetheredWindowLimitTimeoutNs = Long("untetheredWindowLimitTimeoutNs"),
            UntetheredRestingTimeoutNs = Long("untetheredRestingTimeoutNs"),
            UntetheredLingerTimeoutNs = Long("untetheredLingerTimeoutNs"),
            IsGroup = flags[0] != 0,
            IsResponse = flags[1] != 0,
            Rejoin = flags[2] != 0,
            IsReliable = flags[3] != 0,
            IsSparse = flags[4] != 0,
            SignalEndOfStream = flags[5] != 0,
            SpiesSimulateConnection = flags[6] != 0,
            Tether = flags[7] != 0,
        };
    }

    private static byte[] MetaData(string name) => Convert.FromHexString(Logs.GetProperty(name).GetProperty("metadataHexFirst508").GetString()!);

    private static bool IsEvent(JsonElement line, string name) => line.TryGetProperty("event", out JsonElement value) && value.GetString() == name;

    private static string GoldenFile(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "golden", name);
}
