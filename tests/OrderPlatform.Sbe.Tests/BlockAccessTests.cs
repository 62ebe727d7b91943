using System.Buffers.Binary;
using System.Runtime.CompilerServices;

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

    [TestCase(20261126)]
    public void Text_ends_at_the_first_NUL_whatever_stands_behind_it_and_beside_it(int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            int length = random.Next(2, 41);
            var block = new byte[length + 16];
            random.NextBytes(block);
            foreach (ref byte value in block.AsSpan())
                value = random.Next(6) == 0 ? (byte)0 : value;
            int end = Array.IndexOf(block, (byte)0, 8, length);
            byte[] expected = block[8..(end < 0 ? 8 + length : end)];
            Assert.That(TextField.Read(in block[0], 8, length).ToArray(), Is.EqualTo(expected), () => Convert.ToHexString(block));
        }
    }

    [Test]
    public void Values_of_every_length_are_copied_whole_and_nothing_else_is_touched()
    {
        for (int length = 0; length < 70; length++)
        {
            byte[] value = [.. Enumerable.Range(1, length).Select(static number => (byte)number)];
            byte[] target = [.. Enumerable.Repeat((byte)0xAA, length + 2)];
            VariableData.Copy(value, ref target[1]);
            Assert.That(target, Is.EqualTo((byte[])[0xAA, .. value, 0xAA]));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Arrays_are_the_same_at_once_and_one_by_one(bool isBigEndian)
    {
        AssertArray<int>([1, -2, int.MinValue], isBigEndian);
        AssertArray<ushort>([1, 0x1234, ushort.MaxValue], isBigEndian);
        AssertArray<byte>([1, 2, 255], isBigEndian);
        AssertArray<double>([1.5, double.NaN, -0.0], isBigEndian);
        AssertArray([1.5f, BitConverter.Int32BitsToSingle(unchecked((int)0xFFC0_0001)), float.NegativeInfinity], isBigEndian);
    }

    [Test]
    public void A_value_that_does_not_fit_is_refused_before_anything_is_written()
    {
        Assert.That(() => VariableData.CheckRoom(10, 2, 9, 100, "Order.memo"), Throws.TypeOf<SbeException>().With.Message.Contains("Order.memo"));
        Assert.That(() => VariableData.CheckRoom(10, 2, 8, 7, "Order.memo"), Throws.ArgumentException.With.Message.Contains("allows 7"));
        Assert.That(() => VariableData.CheckRoom(int.MaxValue, 4, int.MaxValue, uint.MaxValue, "Order.memo"), Throws.TypeOf<SbeException>());
        Assert.That(() => VariableData.CheckRoom(10, 2, 8, 8, "Order.memo"), Throws.Nothing);
        Assert.That(() => GroupBounds.CheckRoom(int.MaxValue, 4, 65_535, 0, 65_535, 65_534, "Order.legs"), Throws.TypeOf<SbeException>());
    }

    private static void AssertArray<T>(T[] values, bool isBigEndian)
        where T : unmanaged
    {
        var oneByOne = new byte[40];
        for (int index = 0; index < values.Length; index++)
        {
            int at = 1 + (index * Unsafe.SizeOf<T>());
            if (isBigEndian)
                BigEndian.Write(ref oneByOne[0], at, values[index]);
            else
                LittleEndian.Write(ref oneByOne[0], at, values[index]);
        }

        var atOnce = new byte[40];
        NumericArray.Write<T>(ref atOnce[0], 1, values.Length, values, isBigEndian);
        Assert.That(atOnce, Is.EqualTo(oneByOne));
        var read = new T[values.Length];
        NumericArray.Read(in atOnce[0], 1, values.Length, read.AsSpan(), isBigEndian);
        Assert.That(read, Is.EqualTo(values));
    }
}
