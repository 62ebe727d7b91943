using System.Runtime.CompilerServices;

namespace OrderPlatform.Aeron.Memory;

/// <summary>
/// A view of native memory, mapped or allocated, that others may write at the same time. It owns nothing: whoever made the memory keeps it
/// alive as long as the view is used. Every access is checked against the length; all values are little-endian, as the processor must be.
/// </summary>
public readonly unsafe struct UnsafeBuffer : IEquatable<UnsafeBuffer>
{
    /// <param name="address">The first byte.</param>
    /// <param name="capacityBytes">How many bytes there are.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is big-endian.</exception>
    public UnsafeBuffer(byte* address, long capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacityBytes);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Aeron's frames and files are little-endian; this processor is not.");
        Address = address;
        CapacityBytes = capacityBytes;
    }

    /// <summary>The first byte.</summary>
    public byte* Address { get; }

    /// <summary>Length in bytes.</summary>
    public long CapacityBytes { get; }

    /// <summary>A part of this view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside.</exception>
    public UnsafeBuffer Slice(long offset, long lengthBytes) => new(At(offset, lengthBytes), lengthBytes);

    /// <summary>The bytes of a part.</summary>
    /// <inheritdoc cref="Slice" path="/exception"/>
    public Span<byte> AsSpan(long offset, int lengthBytes) => new(At(offset, lengthBytes), lengthBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte GetByte(long offset) => *At(offset, sizeof(byte));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutByte(long offset, byte value) => *At(offset, sizeof(byte)) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short GetShort(long offset) => Unsafe.ReadUnaligned<short>(At(offset, sizeof(short)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutShort(long offset, short value) => Unsafe.WriteUnaligned(At(offset, sizeof(short)), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetInt(long offset) => Unsafe.ReadUnaligned<int>(At(offset, sizeof(int)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt(long offset, int value) => Unsafe.WriteUnaligned(At(offset, sizeof(int)), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetLong(long offset) => Unsafe.ReadUnaligned<long>(At(offset, sizeof(long)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutLong(long offset, long value) => Unsafe.WriteUnaligned(At(offset, sizeof(long)), value);

    /// <summary>Reads with acquire order; the offset is a multiple of 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetIntVolatile(long offset) => Volatile.Read(ref *(int*)At(offset, sizeof(int)));

    /// <summary>Writes with release order; the offset is a multiple of 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutIntRelease(long offset, int value) => Volatile.Write(ref *(int*)At(offset, sizeof(int)), value);

    /// <summary>Reads with acquire order; the offset is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetLongVolatile(long offset) => Volatile.Read(ref *(long*)At(offset, sizeof(long)));

    /// <summary>Writes with release order; the offset is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutLongRelease(long offset, long value) => Volatile.Write(ref *(long*)At(offset, sizeof(long)), value);

    /// <summary>Adds with a full fence; returns the value before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetAndAddLong(long offset, long delta) => Interlocked.Add(ref *(long*)At(offset, sizeof(long)), delta) - delta;

    /// <summary>Replaces <paramref name="expected"/> by <paramref name="value"/>, with a full fence; true if it did.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareAndSetLong(long offset, long expected, long value) =>
        Interlocked.CompareExchange(ref *(long*)At(offset, sizeof(long)), value, expected) == expected;

    /// <inheritdoc cref="CompareAndSetLong"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareAndSetInt(long offset, int expected, int value) =>
        Interlocked.CompareExchange(ref *(int*)At(offset, sizeof(int)), value, expected) == expected;

    /// <summary>Sets bytes to zero.</summary>
    public void Clear(long offset, long lengthBytes) => NativeMemoryClear(At(offset, lengthBytes), lengthBytes);

    /// <inheritdoc/>
    public bool Equals(UnsafeBuffer other) => Address == other.Address && CapacityBytes == other.CapacityBytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UnsafeBuffer other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((nint)Address, CapacityBytes);

    public static bool operator ==(UnsafeBuffer left, UnsafeBuffer right) => left.Equals(right);

    public static bool operator !=(UnsafeBuffer left, UnsafeBuffer right) => !left.Equals(right);

    /// <summary>The address of <paramref name="lengthBytes"/> bytes that lie inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* At(long offset, long lengthBytes)
    {
        // Both unsigned: a negative offset or length is huge, and the sum of two such cannot come back inside.
        if ((ulong)offset > (ulong)CapacityBytes || (ulong)lengthBytes > (ulong)(CapacityBytes - offset))
            Refuse(offset, lengthBytes);
        return Address + offset;
    }

    private static void NativeMemoryClear(byte* address, long lengthBytes) =>
        System.Runtime.InteropServices.NativeMemory.Clear(address, (nuint)lengthBytes);

    private void Refuse(long offset, long lengthBytes) =>
        throw new ArgumentOutOfRangeException(nameof(offset), $"{lengthBytes} bytes at {offset} are not inside a buffer of {CapacityBytes} bytes.");
}
