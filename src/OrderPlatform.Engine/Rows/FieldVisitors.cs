using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Engine.Digests;

namespace OrderPlatform.Engine.Rows;

/// <summary>Mixes each field into a digest: small ones as one word, arrays word by word.</summary>
internal ref struct DigestFields(ref DigestBuilder digest) : IFieldVisitor
{
    private readonly ref DigestBuilder _digest = ref digest;

    public readonly void Add<T>(string name, ref T value)
        where T : unmanaged
    {
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                _digest.Add((ulong)Unsafe.As<T, byte>(ref value));
                break;
            case 2:
                _digest.Add((ulong)Unsafe.As<T, ushort>(ref value));
                break;
            case 4:
                _digest.Add((ulong)Unsafe.As<T, uint>(ref value));
                break;
            default:
                foreach (ulong word in MemoryMarshal.Cast<T, ulong>(new ReadOnlySpan<T>(ref value)))
                {
                    _digest.Add(word);
                }

                break;
        }
    }
}

/// <summary>Counts the bytes that the fields take in a record.</summary>
internal struct FieldLength : IFieldVisitor
{
    /// <summary>Bytes so far.</summary>
    public int Bytes { get; private set; }

    public void Add<T>(string name, ref T value)
        where T : unmanaged => Bytes += Unsafe.SizeOf<T>();
}

/// <summary>Writes each field behind the one before, little endian.</summary>
internal ref struct WriteFields(Span<byte> block) : IFieldVisitor
{
    private readonly Span<byte> _block = block;
    private int _at;

    public void Add<T>(string name, ref T value)
        where T : unmanaged
    {
        Span<byte> field = _block.Slice(_at, Unsafe.SizeOf<T>());
        MemoryMarshal.Write(field, in value);
        LittleEndianField.Turn(field);
        _at += field.Length;
    }
}

/// <summary>Reads each field behind the one before, little endian.</summary>
internal ref struct ReadFields(ReadOnlySpan<byte> block) : IFieldVisitor
{
    private readonly ReadOnlySpan<byte> _block = block;
    private int _at;

    public void Add<T>(string name, ref T value)
        where T : unmanaged
    {
        ReadOnlySpan<byte> field = _block.Slice(_at, Unsafe.SizeOf<T>());
        value = MemoryMarshal.Read<T>(field);
        LittleEndianField.Turn(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        _at += field.Length;
    }
}

/// <summary>Records are little endian on every machine.</summary>
file static class LittleEndianField
{
    public static void Turn(Span<byte> field)
    {
        if (BitConverter.IsLittleEndian)
        {
            return;
        }

        if (field.Length < sizeof(ulong))
        {
            field.Reverse();
            return;
        }

        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(field);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
