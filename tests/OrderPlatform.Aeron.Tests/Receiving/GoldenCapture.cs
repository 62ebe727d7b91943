using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>A recorded run of the reference's publisher and receiver: datagrams in both directions, and what the subscriber got.</summary>
internal sealed class GoldenCapture
{
    private GoldenCapture(IReadOnlyList<Datagram> datagrams, IReadOnlyList<ReceivedMessage> messages)
    {
        Datagrams = datagrams;
        Messages = messages;
    }

    public readonly record struct Datagram(long TimeNs, UdpAddress Source, UdpAddress Destination, byte[] Bytes)
    {
        public FrameType Type => Frame.TypeOf(Bytes);

        public bool IsFromPublisher => Type is FrameType.Data or FrameType.Pad or FrameType.Setup
            || (Type == FrameType.RttMeasurement && (Frame.As<FrameHeader>(Bytes).Flags & FrameFlags.RttReply) == 0);
    }

    public readonly record struct ReceivedMessage(int TermId, int TermOffset, int FrameLength, long ReservedValue, long Position, uint Fnv1a);

    public IReadOnlyList<Datagram> Datagrams { get; }

    public IReadOnlyList<ReceivedMessage> Messages { get; }

    public static GoldenCapture Read(string name)
    {
        string folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "golden");
        Datagram[] datagrams = [.. File.ReadLines(Path.Combine(folder, $"{name}.jsonl")).Select(ReadDatagram)];
        string applications = Path.Combine(folder, $"{name}.app.json");
        return new GoldenCapture(datagrams, File.Exists(applications) ? ReadMessages(applications) : SentMessages(datagrams));
    }

    public static uint Fnv1a(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte value in bytes)
        {
            hash = unchecked((hash ^ value) * 16777619);
        }

        return hash;
    }

    private static Datagram ReadDatagram(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        byte[] bytes = root.TryGetProperty("hex", out JsonElement hex) ? Convert.FromHexString(hex.GetString()!) : ReadShortened(root);
        long timeNs = (long)Math.Round(root.GetProperty("t").GetDouble() * 1e9);
        return new Datagram(timeNs, Address("src"), Address("dst"), bytes);

        UdpAddress Address(string property) => ReceiverWorld.Address(root.GetProperty(property).GetString()!);
    }

    /// <summary>Long datagrams are recorded by their first bytes and their digest: each byte of a payload is one more than the byte before.</summary>
    private static byte[] ReadShortened(JsonElement root)
    {
        var bytes = new byte[root.GetProperty("len").GetInt32()];
        Convert.FromHexString(root.GetProperty("hexFirst64").GetString()!).CopyTo(bytes, 0);
        int end = Frame.As<FrameHeader>(bytes).FrameLength;
        for (int index = DataHeader.LengthBytes + 1; index < end; index++)
        {
            bytes[index] = unchecked((byte)(bytes[DataHeader.LengthBytes] + index - DataHeader.LengthBytes));
        }

        Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes)), Is.EqualTo(root.GetProperty("sha256").GetString()), "the payload's rule");
        return bytes;
    }

    private static ReceivedMessage[] ReadMessages(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("sub").EnumerateArray().Where(static entry => entry.TryGetProperty("msg", out _)).Select(ReadMessage)];
    }

    /// <summary>Where the subscriber was not recorded: the messages that were sent, none of which was cut.</summary>
    private static ReceivedMessage[] SentMessages(Datagram[] datagrams) =>
        [.. datagrams.Where(static datagram => datagram.Type == FrameType.Data).SelectMany(static datagram => MessagesOf(datagram.Bytes)).Distinct()];

    private static IEnumerable<ReceivedMessage> MessagesOf(byte[] datagram)
    {
        for (int offset = 0; offset < datagram.Length;)
        {
            DataHeader header = Frame.As<DataHeader>(datagram.AsSpan(offset));
            int length = header.Frame.FrameLength;
            int span = BitAlignment.Align(Math.Max(length, DataHeader.LengthBytes), LogBufferDescriptor.FrameAlignment);
            if (length > 0)
            {
                long position = LogPosition.Compute(header.TermId, header.TermOffset + span, 16, 7);
                uint hash = Fnv1a(datagram.AsSpan(offset + DataHeader.LengthBytes, length - DataHeader.LengthBytes));
                yield return new ReceivedMessage(header.TermId, header.TermOffset, length, header.ReservedValue, position, hash);
            }

            offset += span;
        }
    }

    private static ReceivedMessage ReadMessage(JsonElement entry) => new(
        entry.GetProperty("termId").GetInt32(),
        entry.GetProperty("termOffset").GetInt32(),
        entry.GetProperty("frameLength").GetInt32(),
        unchecked((long)Hex(entry.GetProperty("reserved"))),
        entry.GetProperty("position").GetInt64(),
        uint.Parse(entry.GetProperty("fnv1a").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static ulong Hex(JsonElement text) => ulong.Parse(text.GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
