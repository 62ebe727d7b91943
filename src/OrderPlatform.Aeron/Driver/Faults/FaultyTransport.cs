using System.Buffers.Binary;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Faults;

/// <summary>A transport with faults. To its sender a lost, late or held datagram is a sent one, as it is on a network.</summary>
internal sealed unsafe class FaultyTransport : IUdpTransport
{
    private const int BitsTurnedMax = 4;
    private const int TypeOffset = 6;

    private readonly IUdpTransport _inner;
    private readonly FaultProfile _profile;
    private readonly IClock _clock;
    private readonly FaultyTransportFactory _owner;
    private readonly Random _sendRandom;
    private readonly Random _receiveRandom;
    private readonly HeldDatagrams _heldSends;
    private readonly HeldDatagrams _heldReceives;
    private readonly NativeBlock _scratch = new(LogBuffers.LogBufferDescriptor.MtuMax);

    public FaultyTransport(IUdpTransport inner, FaultProfile profile, IClock clock, int seed, FaultyTransportFactory owner)
    {
        _inner = inner;
        _profile = profile;
        _clock = clock;
        _owner = owner;

        // How often the other side calls must not change what happens to this side.
        _sendRandom = new Random(seed);
        _receiveRandom = new Random(~seed);
        _heldSends = new HeldDatagrams(profile.HeldMax);
        _heldReceives = new HeldDatagrams(profile.HeldMax);
    }

    /// <inheritdoc/>
    public UdpAddress LocalAddress => _inner.LocalAddress;

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams) => Send(datagrams, null);

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination) => Send(datagrams, (UdpAddress?)destination);

    /// <inheritdoc/>
    public int Receive(ReceiveBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        SendDue();
        int count = 0;
        while (count < batch.Capacity && _heldReceives.FindDue(_clock.NanoTime) is >= 0 and int due)
        {
            Put(batch, count++, _heldReceives.Bytes(due), _heldReceives.Address(due)!.Value);
            _heldReceives.Release(due);
        }

        // What is left of a batch with losses may be nothing though more waits, and zero would say that nothing does.
        int received = count > 0 ? 0 : _inner.Receive(batch);
        while (received > 0 && (count = KeepSome(batch, received)) == 0)
        {
            received = _inner.Receive(batch);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Connect(in UdpAddress remote) => _inner.Connect(remote);

    /// <inheritdoc/>
    public void Dispose()
    {
        _inner.Dispose();
        _scratch.Dispose();
    }

    private static void Put(ReceiveBatch batch, int index, ReadOnlySpan<byte> datagram, in UdpAddress source)
    {
        datagram.CopyTo(new Span<byte>(batch.Address(index), batch.SlotLengthBytes));
        batch.Set(index, datagram.Length, source);
    }

    private int Send(ReadOnlySpan<OutgoingDatagram> datagrams, UdpAddress? destination)
    {
        SendDue();
        if (!_owner.IsActive || (_profile.Sides & FaultSides.Send) == 0)
            return Pass(datagrams, destination);
        for (int index = 0; index < datagrams.Length; index++)
        {
            if (!SendWithFaults(datagrams[index], destination))
                return index;
        }

        return datagrams.Length;
    }

    private bool SendWithFaults(OutgoingDatagram datagram, UdpAddress? destination)
    {
        var bytes = new ReadOnlySpan<byte>(datagram.Address, datagram.LengthBytes);
        Fault fault = Draw(_sendRandom, bytes);
        if (fault.IsDropped)
            return true;
        if (fault.IsCorrupt)
        {
            Span<byte> copy = _scratch.Buffer.AsSpan(0, bytes.Length);
            bytes.CopyTo(copy);
            TurnBits(_sendRandom, copy);
            datagram = new OutgoingDatagram(_scratch.Buffer.Address, bytes.Length);
            bytes = copy;
        }

        if (fault.IsDouble)
            _heldSends.TryHold(bytes, destination, long.MinValue, isBehindNext: false);
        if (fault.IsHeld && _heldSends.TryHold(bytes, destination, DueNs(_sendRandom, fault), fault.IsBehindNext))
            return true;
        if (Pass(new ReadOnlySpan<OutgoingDatagram>(in datagram), destination) == 0)
            return false;
        _heldSends.OnPassed();
        SendDue();
        return true;
    }

    private void SendDue()
    {
        while (_heldSends.FindDue(_clock.NanoTime) is >= 0 and int due)
        {
            fixed (byte* bytes = _heldSends.Bytes(due))
            {
                var datagram = new OutgoingDatagram(bytes, _heldSends.Bytes(due).Length);
                Pass(new ReadOnlySpan<OutgoingDatagram>(in datagram), _heldSends.Address(due));
            }

            _heldSends.Release(due);
        }
    }

    private int Pass(ReadOnlySpan<OutgoingDatagram> datagrams, UdpAddress? destination) =>
        destination is { } address ? _inner.Send(datagrams, address) : _inner.Send(datagrams);

    private int KeepSome(ReceiveBatch batch, int received)
    {
        int kept = 0;
        for (int index = 0; index < received; index++)
        {
            if (!IsKept(batch, index))
                continue;
            if (index != kept)
                Put(batch, kept, batch.Datagram(index), batch.Source(index));
            kept++;
        }

        return kept;
    }

    private bool IsKept(ReceiveBatch batch, int index)
    {
        if (!_owner.IsActive || (_profile.Sides & FaultSides.Receive) == 0)
            return true;
        Fault fault = Draw(_receiveRandom, batch.Datagram(index));
        if (fault.IsDropped)
            return false;
        if (fault.IsCorrupt)
            TurnBits(_receiveRandom, new Span<byte>(batch.Address(index), batch.LengthBytes(index)));
        if (fault.IsDouble)
            _heldReceives.TryHold(batch.Datagram(index), batch.Source(index), long.MinValue, isBehindNext: false);
        if (fault.IsHeld && _heldReceives.TryHold(batch.Datagram(index), batch.Source(index), DueNs(_receiveRandom, fault), fault.IsBehindNext))
            return false;
        _heldReceives.OnPassed();
        return true;
    }

    private Fault Draw(Random random, ReadOnlySpan<byte> datagram)
    {
        if (_profile.FrameTypes is { } types
            && (datagram.Length < FrameHeader.LengthBytes || !types.Contains((FrameType)BinaryPrimitives.ReadInt16LittleEndian(datagram[TypeOffset..]))))
        {
            return default;
        }

        // Each number is always drawn, so that one rate does not move the faults of another.
        double drop = random.NextDouble();
        double corrupt = random.NextDouble();
        double twice = random.NextDouble();
        double reorder = random.NextDouble();
        double delay = random.NextDouble();
        if (drop < _profile.DropRate || _profile.DropIf?.Invoke(datagram) == true)
        {
            _owner.Counts.CountDropped();
            return new Fault { IsDropped = true };
        }

        var fault = new Fault
        {
            IsCorrupt = corrupt < _profile.CorruptRate && datagram.Length > 0,
            IsDouble = twice < _profile.DuplicateRate,
            IsBehindNext = reorder < _profile.ReorderRate,
            IsDelayed = delay < _profile.DelayRate,
        };
        if (fault.IsCorrupt)
            _owner.Counts.CountCorrupted();
        if (fault.IsDouble)
            _owner.Counts.CountDuplicated();
        if (fault.IsHeld)
            _owner.Counts.CountHeld();
        return fault;
    }

    private long DueNs(Random random, Fault fault) => _clock.NanoTime
        + (fault.IsDelayed ? random.NextInt64(_profile.DelayMinNs, _profile.DelayMaxNs + 1) : _profile.DelayMaxNs);

    private static void TurnBits(Random random, Span<byte> datagram)
    {
        for (int count = random.Next(BitsTurnedMax); count >= 0; count--)
        {
            datagram[random.Next(datagram.Length)] ^= (byte)(1 << random.Next(8));
        }
    }

    private readonly record struct Fault
    {
        public bool IsDropped { get; init; }

        public bool IsCorrupt { get; init; }

        public bool IsDouble { get; init; }

        public bool IsBehindNext { get; init; }

        public bool IsDelayed { get; init; }

        public bool IsHeld => IsBehindNext || IsDelayed;
    }
}
