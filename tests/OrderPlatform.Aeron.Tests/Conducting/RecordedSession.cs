using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Tests.CommandAndControl;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>Carries what was recorded from one driver over to another: session ids, the directory and the port that the system chose differ.</summary>
internal sealed class RecordedSession(string directory, int sessionDelta, ushort port)
{
    private const int ReservedSession = 777;
    private const string RecordedPort = "38688";

    /// <summary>Records of the events as this driver should send them.</summary>
    public byte[] Expected(CapturedRecord record)
    {
        byte[] message = record.Message;
        switch (record.Type)
        {
            case "ON_PUBLICATION_READY" or "ON_EXCLUSIVE_PUBLICATION_READY":
                MapSession(message, 16);
                return [.. message.AsSpan(0, 32), .. Text(LogPath(message, 32))];

            case "ON_AVAILABLE_IMAGE":
                MapSession(message, 8);
                byte[] log = Text(LogPath(message, 28));
                int sourceAt = 32 + Aligned(BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(28)));
                string source = TextAt(message, sourceAt).Replace(RecordedPort, port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                return [.. message.AsSpan(0, 28), .. log, .. new byte[Aligned(log.Length) - log.Length], .. Text(source)];

            case "ON_NEXT_AVAILABLE_SESSION_ID":
                MapSession(message, 8);
                return message;

            case "ON_PUBLICATION_ERROR":
                // The reference driver writes the loopback address of a rejection over IPC back to front.
                message.AsSpan(44, 4).Reverse();
                return message;

            default:
                return message;
        }
    }

    public string ExpectedLabel(JsonElement counter) => MapText(counter.GetProperty("label").GetString()!);

    /// <summary>The part of a key that means something: the reference driver leaves what was on its stack behind some.</summary>
    public byte[] ExpectedKey(JsonElement counter)
    {
        byte[] key = new byte[CountersDescriptor.KeyMaxLength];
        Convert.FromHexString(counter.GetProperty("keyHex").GetString()!).CopyTo(key, 0);
        bool isFree = counter.GetProperty("state").GetInt32() != CountersDescriptor.RecordAllocated;
        switch (counter.GetProperty("typeId").GetInt32())
        {
            case var _ when isFree:
                break;

            case CounterTypes.SendChannelStatus or CounterTypes.ReceiveChannelStatus or CounterTypes.MdcDestinations:
                key.AsSpan(sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(key)).Clear();
                break;

            case CounterTypes.LocalSocketAddress:
                int length = BinaryPrimitives.ReadInt32LittleEndian(key.AsSpan(sizeof(int)));
                byte[] address = Encoding.UTF8.GetBytes(MapText(Encoding.UTF8.GetString(key, 2 * sizeof(int), length)));
                key.AsSpan(2 * sizeof(int)).Clear();
                address.CopyTo(key, 2 * sizeof(int));
                break;

            case CounterTypes.PublisherPosition or CounterTypes.PublisherLimit or CounterTypes.SenderPosition or CounterTypes.SenderLimit
                or CounterTypes.SenderBackPressure or CounterTypes.SenderNaksReceived or CounterTypes.SubscriberPosition
                or CounterTypes.ReceiverHighWaterMark or CounterTypes.ReceiverPosition or CounterTypes.ReceiverNaksSent:
                MapSession(key, 8);
                break;
        }

        return key;
    }

    /// <summary>A log's metadata as it should be here, where the recorded one has what chance or the machine decided.</summary>
    public static void MapMetaData(byte[] recorded, UnsafeBuffer ours)
    {
        foreach ((int offset, int length) in ((int, int)[])[(4, 4), (12, 4), (20, 4), (264, 4), (296, 4), (308, 4), (332, 4), (340, 4)])
        {
            ours.AsSpan(offset, length).CopyTo(recorded.AsSpan(offset));
        }
    }

    private string MapText(string text)
    {
        string mapped = text.Replace($"127.0.0.1:{RecordedPort}", $"127.0.0.1:{port}", StringComparison.Ordinal);
        foreach (int session in (int[])[-321014913, -321014912, -321014911])
        {
            mapped = mapped.Replace($" {session} ", string.Create(CultureInfo.InvariantCulture, $" {session + sessionDelta} "), StringComparison.Ordinal);
        }

        return mapped;
    }

    private void MapSession(byte[] bytes, int offset)
    {
        int session = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
        if (session != ReservedSession)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), session + sessionDelta);
    }

    private string LogPath(byte[] message, int offset)
    {
        string[] parts = TextAt(message, offset).Split('/');
        return Path.Combine(directory, parts[^2], parts[^1]);
    }

    private static string TextAt(byte[] message, int offset) =>
        Encoding.UTF8.GetString(message, offset + sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(offset)));

    private static byte[] Text(string text) => [.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static int Aligned(int length) => BitAlignment.Align(length, sizeof(int));
}
