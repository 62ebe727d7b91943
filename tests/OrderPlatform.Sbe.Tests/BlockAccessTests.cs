using System.Buffers.Binary;

namespace OrderPlatform.Sbe.Tests;

/// <summary>Values at offsets against the platform's own reading of bytes.</summary>
public sealed class BlockAccessTests
{
    [FsCheck.NUnit.Property(Replay = "(20261121,7)")]
    public bool What_is_written_is_read_and_lies_in_the_stated_order(long value, byte offset)
    {
        var buffer = new byte[300];
        LittleEndian.Write(ref buffer[0], offset, value);
        bool little = LittleEndian.Read<long>(in buffer[0], offset) == value && BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(offset)) == value;
        BigEndian.Write(ref buffer[0], offset, value);
        return little && BigEndian.Read<long>(in buffer[0], offset) == value && BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(offset)) == value;
    }

    [FsCheck.NUnit.Property(Replay = "(20261121,7)")]
    public bool Short_text_is_padded_and_read_back_without_padding(byte[] bytes)
    {
        byte[] text = [.. bytes.Where(static value => value != 0).Take(16)];
        byte[] block = [.. Enumerable.Repeat((byte)0xAA, 20)];
        TextField.Write(ref block[0], 2, 16, text, "field");
        return TextField.Read(in block[0], 2, 16).SequenceEqual(text)
            && block.AsSpan(2 + text.Length, 16 - text.Length).IndexOfAnyExcept((byte)0) < 0
            && block[1] == 0xAA && block[18] == 0xAA;
    }

    [Test]
    public void Hostile_dimensions_are_refused_without_overflow()
    {
        Assert.That(GroupBounds.Check(100, uint.MaxValue, 0, uint.MaxValue, uint.MaxValue, 0), Is.EqualTo(MessageProblem.GroupOutsideBuffer));
        Assert.That(GroupBounds.Check(100, 3, 0, 2, 1, 0), Is.EqualTo(MessageProblem.GroupCountOutOfRange));
        Assert.That(GroupBounds.Check(100, 10, 0, 20, 10, 10), Is.EqualTo(MessageProblem.None));
        Assert.That(VariableData.Check(10, 4, 2, 5, 100), Is.EqualTo(MessageProblem.DataOutsideBuffer));
        Assert.That(VariableData.Check(10, 4, 2, 4, 100), Is.EqualTo(MessageProblem.None));
    }
}
