using System.Security.Cryptography;
using System.Text.Json;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>One datagram of a capture of the reference driver.</summary>
internal sealed record RecordedDatagram(
    long TimeNs, UdpAddress Source, UdpAddress Destination, int LengthBytes, byte[] FirstBytes, string? Sha256, FrameType Type, RecordedFrame[] Frames)
{
    /// <summary>True if it is the same to the last byte.</summary>
    public bool Is(byte[] bytes) => bytes.Length == LengthBytes
        && bytes.AsSpan(0, FirstBytes.Length).SequenceEqual(FirstBytes)
        && (Sha256 is null || Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256);
}

/// <summary>What a capture says of a frame: of SETUP term is the active one.</summary>
internal readonly record struct RecordedFrame(int FrameLength, byte Flags, int TermOffset, int TermId, int SessionId, int StreamId);

/// <summary>What an application offered, and the position that it got.</summary>
internal readonly record struct RecordedOffer(int Message, int LengthBytes, long Result);

/// <summary>A capture of the reference driver, and what its applications did.</summary>
internal sealed class RecordedCapture
{
    private const string Folder = "golden";

    private RecordedCapture(List<RecordedDatagram> datagrams, List<RecordedOffer> offers)
    {
        Datagrams = datagrams;
        Offers = offers;
    }

    public List<RecordedDatagram> Datagrams { get; }

    /// <summary>Empty where only the datagrams were kept.</summary>
    public List<RecordedOffer> Offers { get; }

    public static RecordedCapture Read(string name)
    {
        var datagrams = new List<RecordedDatagram>();
        foreach (string line in File.ReadLines(PathOf(name + ".jsonl")))
        {
            using var datagram = JsonDocument.Parse(line);
            datagrams.Add(ReadDatagram(datagram.RootElement));
        }

        return new RecordedCapture(datagrams, ReadOffers(PathOf(name + ".app.json")));
    }

    private static string PathOf(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, Folder, file);

    private static RecordedDatagram ReadDatagram(JsonElement datagram)
    {
        bool isWhole = datagram.TryGetProperty("hex", out JsonElement hex);
        JsonElement frames = datagram.GetProperty("frames");
        byte[] bytes = Convert.FromHexString((isWhole ? hex : datagram.GetProperty("hexFirst64")).GetString()!);
        return new RecordedDatagram(
            (long)(datagram.GetProperty("t").GetDecimal() * 1_000_000_000),
            FakeTransport.Address(datagram.GetProperty("src").GetString()!),
            FakeTransport.Address(datagram.GetProperty("dst").GetString()!),
            datagram.GetProperty("len").GetInt32(),
            bytes,
            isWhole ? null : datagram.GetProperty("sha256").GetString(),
            (FrameType)BitConverter.ToInt16(bytes, DataHeader.TypeOffset),
            [.. frames.EnumerateArray().Select(ReadFrame)]);
    }

    private static RecordedFrame ReadFrame(JsonElement frame) => new(
        frame.GetProperty("frameLength").GetInt32(),
        Convert.ToByte(frame.GetProperty("flags").GetString(), 16),
        Number(frame, "termOffset"),
        frame.TryGetProperty("activeTermId", out JsonElement active) ? active.GetInt32() : Number(frame, "termId"),
        Number(frame, "sessionId"),
        Number(frame, "streamId"));

    private static int Number(JsonElement frame, string name) => frame.TryGetProperty(name, out JsonElement number) ? number.GetInt32() : 0;

    private static List<RecordedOffer> ReadOffers(string path)
    {
        if (!File.Exists(path))
            return [];
        using var application = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. application.RootElement.GetProperty("pub").EnumerateArray()
                .Where(static entry => entry.TryGetProperty("offer", out _) && entry.GetProperty("result").GetInt64() > 0)
                .Select(static entry => new RecordedOffer(
                    entry.GetProperty("offer").GetInt32(), entry.GetProperty("len").GetInt32(), entry.GetProperty("result").GetInt64())),
        ];
    }
}
