namespace OrderPlatform.SbeTool.Tests;

/// <summary>How encoders are used by hand, over a buffer full of old bytes; all golden messages are driven in <see cref="GoldenVectorTests"/>.</summary>
public sealed class GoldenEncodeTests
{
    private readonly byte[] _buffer = [.. Enumerable.Repeat((byte)0xAA, 2048)];

    [Test]
    public void Wrapping_alone_writes_null_into_every_optional_field()
    {
        var little = gv.scalars.le.OptionalByFieldEncoder.WrapForEncodeAndApplyHeader(_buffer);
        AssertBytes("scalars-le", "optional-by-field-all-null", little.EncodedLengthSoFar);
        var big = gv.scalars.be.OptionalByFieldEncoder.WrapForEncodeAndApplyHeader(_buffer);
        AssertBytes("scalars-be", "optional-by-field-all-null", big.EncodedLengthSoFar);
    }

    [Test]
    public void A_computed_NaN_is_written_in_its_canonical_form()
    {
        var message = gv.scalars.le.OptionalByFieldEncoder.WrapForEncodeAndApplyHeader(_buffer);
        message.F_float = float.NaN;
        message.F_double = double.NaN;
        AssertBytes("scalars-le", "optional-by-field-all-null", message.EncodedLengthSoFar);
    }

    [Test]
    public void Composites_of_composites_are_written_at_their_offsets()
    {
        var message = gv.composites.be.CompositesEncoder.WrapForEncodeAndApplyHeader(_buffer);
        message.Before = 238;
        var outer = message.Outer;
        outer.Capacity = 16909060;
        outer.SetCode("abc"u8);
        outer.SetTriple([1, -2, 258]);
        outer.Percent = 42;
        outer.SetTag("xyz");
        outer.Flag = gv.composites.be.Flag.T;
        outer.Opts = gv.composites.be.Opts.alpha | gv.composites.be.Opts.beta;
        var inner = outer.Inner;
        inner.Kind = gv.composites.be.Kind.NITRO;
        inner.Power = 1286;
        var deep = outer.Deep;
        deep.X = -5;
        var deeper = deep.Deeper;
        deeper.Y = 72623859790382856;
        outer.Shade = gv.composites.be.Shade.LIGHT;
        outer.Bits = gv.composites.be.Bits.zero | gv.composites.be.Bits.nine;
        var padded = message.Padded;
        padded.A = 1;
        padded.B = 168496141;
        padded.C = gv.composites.be.Flag.T;
        padded.D = 3599;
        var pairs = message.TwoPairs;
        var left = pairs.P;
        left.L = 1;
        left.R = 2;
        var right = pairs.Q;
        right.L = 3;
        right.R = 4;
        message.After = 255;
        AssertBytes("composites-be", "composites-full", message.EncodedLengthSoFar);
    }

    [Test]
    public void Parts_of_every_kind_follow_the_block_in_order()
    {
        var message = gv.evolution.v2.BasketEncoder.WrapForEncodeAndApplyHeader(_buffer);
        message.Id = 5;
        var items = message.BeginItems(2);
        items.Next();
        items.N = 1;
        items.MV1 = 9;
        items.Next();
        items.N = 2;
        items.MV1 = 8;
        var notes = message.BeginNotesV2(1);
        notes.Next();
        notes.Code = 7;
        notes.SetText("note");
        AssertBytes("evolution-v2", "basket-v2", message.EncodedLengthSoFar);
    }

    private void AssertBytes(string schema, string vector, int lengthBytes) =>
        Assert.That(Convert.ToHexString(_buffer, 0, lengthBytes), Is.EqualTo(Convert.ToHexString(Golden.Vector(schema, vector).Bytes)));
}
