using OrderPlatform.Sbe;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Numbers on the wire that lie, and arguments that do not fit.</summary>
public sealed class HostileTests
{
    [TestCase(new byte[] { 0x00, 0xFF }, MessageProblem.DataOutsideBuffer)]
    [TestCase(new byte[] { 0xFF, 0xFF }, MessageProblem.DataTooLong)]
    public void A_data_length_beyond_the_buffer_is_refused(byte[] length, MessageProblem expected)
    {
        byte[] bytes = [.. Golden.Vector("vardata-le", "only-data").Bytes];
        length.CopyTo(bytes, 8);
        Assert.That(gv.vardata.le.MessageValidator.Validate(bytes), Is.EqualTo(expected));
        Assert.That(
            () => gv.vardata.le.OnlyDataDecoder.WrapForDecodeAndApplyHeader(bytes).GetRaw().Length,
            Throws.TypeOf<SbeException>().With.Property(nameof(SbeException.Problem)).EqualTo(expected).And.Message.Contains("OnlyData.raw"));
    }

    [Test]
    public void A_block_length_beyond_the_buffer_or_below_the_oldest_version_is_refused()
    {
        byte[] bytes = [.. Golden.Vector("scalars-le", "optional-by-field-set").Bytes];
        bytes[0]++;
        Assert.That(() => gv.scalars.le.OptionalByFieldDecoder.WrapForDecodeAndApplyHeader(bytes).F_int8, Throws.TypeOf<SbeException>().With.Message.Contains("stated 44, here 43"));
        bytes[0] = 42;
        Assert.That(gv.scalars.le.MessageValidator.Validate(bytes), Is.EqualTo(MessageProblem.BlockTooShort));
    }

    [Test]
    public void An_undeclared_enum_value_and_a_foreign_header_are_named()
    {
        byte[] bytes = [.. Golden.Vectors.First(static vector => vector.Message == "Enums" && vector.Schema == "enums-sets-le").Bytes];
        byte[] foreign = [.. bytes];
        bytes[9] = 77;
        foreign[4] ^= 1;
        Assert.That(gv.enumsets.le.MessageValidator.Validate(bytes), Is.EqualTo(MessageProblem.EnumOutOfRange));
        Assert.That(gv.enumsets.le.MessageValidator.Validate(foreign), Is.EqualTo(MessageProblem.WrongSchema));
    }

    [Test]
    public void Text_that_does_not_fit_is_refused_with_field_and_lengths()
    {
        var buffer = new byte[256];
        Assert.That(
            () => gv.arrays.le.CharArraysEncoder.WrapForEncode(buffer).SetC6("1234567"u8),
            Throws.ArgumentException.With.Message.EqualTo("CharArrays.c6: the value has 7 bytes, the field holds 6"));
        Assert.That(() => gv.arrays.le.CharArraysEncoder.WrapForEncode(buffer).SetC6("é"), Throws.ArgumentException.With.Message.Contains("U+00E9"));
        Assert.That(() => gv.arrays.le.CharArraysEncoder.WrapForEncode(new byte[3]).C1, Throws.TypeOf<SbeException>().With.Message.Contains("has 3 left"));
    }

    [Test]
    public void A_group_count_that_does_not_fit_is_refused()
    {
        Assert.That(() => gv.groups.le.OneGroupEncoder.WrapForEncode(new byte[64]).BeginLegs(-1).Count, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => gv.groups.le.OneGroupEncoder.WrapForEncode(new byte[64]).BeginLegs(12).Count, Throws.TypeOf<SbeException>().With.Message.Contains("OneGroup.legs"));
    }

    [Test]
    public void Encoding_decoding_and_validating_allocate_nothing()
    {
        var buffer = new byte[256];
        Round(buffer, 1);
        long sum = 0;
        long allocatedBytes = AllocationCount.LeastOfRounds(() => sum += Round(buffer, 2_000));
        Assert.That(sum, Is.EqualTo(10_000L * (7 + 3 + 4)));
        Assert.That(allocatedBytes, Is.Zero);
    }

    private static long Round(byte[] buffer, int rounds)
    {
        long sum = 0;
        for (int round = 0; round < rounds; round++)
        {
            var encoder = gv.evolution.v2.BasketEncoder.WrapForEncodeAndApplyHeader(buffer);
            encoder.Id = 7;
            var items = encoder.BeginItems(1);
            items.Next();
            items.N = 3;
            var notes = encoder.BeginNotesV2(1);
            notes.Next();
            notes.SetText("note");
            ReadOnlySpan<byte> message = buffer.AsSpan(0, encoder.EncodedLengthSoFar);
            if (gv.evolution.v2.MessageValidator.Validate(message) != MessageProblem.None || !gv.evolution.v2.BasketDecoder.TryWrap(message, out var decoder))
            {
                return -1;
            }

            sum += (long)decoder.Id;
            var read = decoder.GetItems();
            while (read.MoveNext())
            {
                sum += read.N;
            }

            var readNotes = decoder.GetNotesV2();
            while (readNotes.MoveNext())
            {
                sum += readNotes.GetText().Length;
            }
        }

        return sum;
    }
}
