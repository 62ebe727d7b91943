using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>The commands' end of a driver: a ring, an adapter that reads it, a handler that writes down what it is asked, and the answers.</summary>
internal sealed class ControlSide : IDisposable
{
    private const int Capacity = 64 * 1024;

    private readonly NativeBlock _ringMemory = new(Capacity + ManyToOneRingBuffer.TrailerLength);
    private readonly NativeBlock _broadcastMemory = new(Capacity + BroadcastDescriptor.TrailerLength);
    private readonly NativeBlock _counterMemory = new(SystemCounters.Count * CountersDescriptor.ValueRecordLength);
    private readonly SystemCounters _counters;
    private readonly CopyBroadcastReceiver _answers;

    internal ControlSide()
    {
        _counters = new SystemCounters(_counterMemory.Buffer);
        Ring = new ManyToOneRingBuffer(_ringMemory.Buffer);
        _answers = new CopyBroadcastReceiver(_broadcastMemory.Buffer);
        Adapter = new ClientCommandAdapter(Ring, Handler, new ClientProxy(new BroadcastTransmitter(_broadcastMemory.Buffer)), Log, _counters);
    }

    internal UnsafeBuffer RingBuffer => _ringMemory.Buffer;

    internal ManyToOneRingBuffer Ring { get; }

    internal ClientCommandAdapter Adapter { get; }

    internal CommandNotes Handler { get; } = new();

    internal ErrorNotes Log { get; } = new();

    internal long Errors => _counters[SystemCounterId.Errors].Get();

    public void Dispose()
    {
        _ringMemory.Dispose();
        _broadcastMemory.Dispose();
        _counterMemory.Dispose();
    }

    internal static byte[] Longs(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>The last error since the last call: correlation id and code; empty if there was none.</summary>
    internal string LastError()
    {
        string error = string.Empty;
        while (_answers.Receive((typeId, message) =>
        {
            Assert.That(typeId, Is.EqualTo(ControlMessageTypes.OnError));
            error = $"{BitConverter.ToInt64(message)} {(ErrorCode)BitConverter.ToInt32(message[8..])}";
        }))
        {
        }

        return error;
    }
}

/// <summary>Remembers what was logged.</summary>
internal sealed class ErrorNotes : IErrorLog
{
    internal List<string> Entries { get; } = [];

    public void Record(string observation) => Entries.Add(observation);

    public void Record(Exception failure) => Entries.Add(failure.Message);
}

/// <summary>Writes down each command as a line, or fails.</summary>
internal sealed class CommandNotes : IClientCommandHandler
{
    internal List<string> Calls { get; } = [];

    internal Exception? Failure { get; set; }

    public void OnAddPublication(long clientId, long correlationId, int streamId, string channel, bool isExclusive) =>
        Note($"AddPublication {clientId} {correlationId} {streamId} {channel} {isExclusive}");

    public void OnRemovePublication(long clientId, long correlationId, long registrationId, bool revoke) =>
        Note($"RemovePublication {clientId} {correlationId} {registrationId} {revoke}");

    public void OnAddSubscription(long clientId, long correlationId, int streamId, string channel) =>
        Note($"AddSubscription {clientId} {correlationId} {streamId} {channel}");

    public void OnRemoveSubscription(long clientId, long correlationId, long registrationId) =>
        Note($"RemoveSubscription {clientId} {correlationId} {registrationId}");

    public void OnAddDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Note($"AddDestination {clientId} {correlationId} {registrationId} {channel}");

    public void OnRemoveDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Note($"RemoveDestination {clientId} {correlationId} {registrationId} {channel}");

    public void OnRemoveDestinationById(long clientId, long correlationId, long resourceRegistrationId, long destinationRegistrationId) =>
        Note($"RemoveDestinationById {clientId} {correlationId} {resourceRegistrationId} {destinationRegistrationId}");

    public void OnAddReceiveDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Note($"AddReceiveDestination {clientId} {correlationId} {registrationId} {channel}");

    public void OnRemoveReceiveDestination(long clientId, long correlationId, long registrationId, string channel) =>
        Note($"RemoveReceiveDestination {clientId} {correlationId} {registrationId} {channel}");

    public void OnAddCounter(long clientId, long correlationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label) =>
        Note($"AddCounter {clientId} {correlationId} {typeId} {Convert.ToHexString(key)} {System.Text.Encoding.UTF8.GetString(label)}");

    public void OnAddStaticCounter(
        long clientId, long correlationId, long registrationId, int typeId, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label) =>
        Note($"AddStaticCounter {clientId} {correlationId} {registrationId} {typeId} {Convert.ToHexString(key)} {System.Text.Encoding.UTF8.GetString(label)}");

    public void OnRemoveCounter(long clientId, long correlationId, long registrationId) => Note($"RemoveCounter {clientId} {correlationId} {registrationId}");

    public void OnClientKeepalive(long clientId) => Note($"Keepalive {clientId}");

    public void OnClientClose(long clientId) => Note($"Close {clientId}");

    public void OnTerminateDriver(long clientId, ReadOnlySpan<byte> token) => Note($"Terminate {clientId} {Convert.ToHexString(token)}");

    public void OnRejectImage(long clientId, long correlationId, long imageCorrelationId, long position, string reason) =>
        Note($"RejectImage {clientId} {correlationId} {imageCorrelationId} {position} {reason}");

    public void OnGetNextAvailableSessionId(long clientId, long correlationId, int streamId) =>
        Note($"GetNextAvailableSessionId {clientId} {correlationId} {streamId}");

    private void Note(string call)
    {
        if (Failure is not null)
            throw Failure;
        Calls.Add(call);
    }
}
