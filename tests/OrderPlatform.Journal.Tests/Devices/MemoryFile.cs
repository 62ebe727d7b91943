using System.Runtime.InteropServices;
using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal.Tests.Devices;

/// <summary>A file of a <see cref="MemoryDevice"/>: what the page cache has, and what the disk has.</summary>
internal sealed unsafe class MemoryFile
{
    public const int SectorBytes = 512;

    // Less than a record: its length is there, and the rest is not.
    private const int WrittenFirstBytes = 16;

    private readonly MemoryDevice _device;
    private readonly byte[] _cached;
    private readonly byte[] _durable;

    public MemoryFile(MemoryDevice device, int lengthBytes)
        : this(device, new byte[lengthBytes])
    {
    }

    public MemoryFile(MemoryDevice device, byte[] bytes)
    {
        _device = device;
        _durable = bytes;
        LengthBytes = bytes.Length;
        _cached = GC.AllocateUninitializedArray<byte>(LengthBytes, pinned: true);
        Address = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_cached, 0);
        bytes.CopyTo(_cached, 0);
    }

    public byte* Address { get; }

    public int LengthBytes { get; }

    public Span<byte> Bytes => _cached;

    public MemoryFile AfterPowerCut(MemoryDevice survivor, Random random, int share)
    {
        lock (_durable)
        {
            byte[] bytes = [.. _durable];
            CopySectors(bytes, random, share);
            return new MemoryFile(survivor, bytes);
        }
    }

    public void WriteBack(Random random, int share) => CopySectors(_durable, random, share);

    /// <summary>From the first byte to the last, as a write does it, with somebody who looks in the middle; a crash may come before any of it.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        _device.Before("write");
        int first = Math.Min(WrittenFirstBytes, bytes.Length);
        bytes[..first].CopyTo(Bytes[(int)offset..]);
        _device.DuringWrite();
        bytes[first..].CopyTo(Bytes[((int)offset + first)..]);
    }

    public void Sync(long offset, long lengthBytes)
    {
        _device.Before("sync");
        if (lengthBytes <= 0)
            return;
        int first = (int)offset & -SectorBytes;
        int end = Math.Min(LengthBytes, ((int)(offset + lengthBytes) + SectorBytes - 1) & -SectorBytes);
        lock (_durable)
            Bytes[first..end].CopyTo(_durable.AsSpan(first));
        _device.AfterSync();
    }

    // Half of the time a share of the sectors, chosen one by one; else all up to some sector: disks do both.
    private void CopySectors(Span<byte> target, Random random, int share)
    {
        bool isInOrder = random.Next(2) == 0;
        int sectors = (LengthBytes + SectorBytes - 1) / SectorBytes;
        int inOrder = random.Next(sectors + 1);
        for (int sector = 0; sector < sectors; sector++)
        {
            if (isInOrder ? sector >= inOrder : random.Next(100) >= share && share < 100)
                continue;
            int offset = sector * SectorBytes;
            int length = Math.Min(SectorBytes, LengthBytes - offset);
            lock (_durable)
                Bytes.Slice(offset, length).CopyTo(target[offset..]);
        }
    }
}

/// <summary>An open file.</summary>
internal sealed unsafe class MemoryView(MemoryFile file) : IJournalFile
{
    public byte* Address { get; private set; } = file.Address;

    public long LengthBytes => file.LengthBytes;

    public void Sync(long offset, long lengthBytes)
    {
        ObjectDisposedException.ThrowIf(Address == null, this);
        file.Sync(offset, lengthBytes);
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(Address == null, this);
        file.Write(offset, bytes);
    }

    public void Touch()
    {
    }

    public void Dispose() => Address = null;
}
