using OrderPlatform.Sbe;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Old bytes in new readers, new bytes in old readers.</summary>
public sealed class EvolutionTests
{
    [Test]
    public void What_an_old_writer_did_not_know_reads_as_absent()
    {
        var order = gv.evolution.v3.OrderDecoder.WrapForDecodeAndApplyHeader(Rewrapped("evolution-v0", "Order"));
        Assert.That(order.HasU32V1, Is.False);
        Assert.That(order.U32V1, Is.Zero);
        Assert.That(order.TryGetOptV1(out _), Is.False);
        Assert.That(order.StrV1.Length, Is.Zero);
        Assert.That(order.PointV2.X, Is.Zero);
        Assert.That(order.EnumV2, Is.EqualTo(gv.evolution.v3.LateEnum.NULL_VALUE));
        var legs = order.GetLegs();
        Assert.That(legs.Count, Is.EqualTo(2));
        Assert.That(legs.MoveNext(), Is.True);
        Assert.That(legs.HasPxV1, Is.False);
        Assert.That(legs.Qty, Is.EqualTo(10));
        Assert.That(legs.MoveNext() && !legs.MoveNext(), Is.True);
        Assert.That(order.GetMemo().SequenceEqual("memo0"u8), Is.True);
        Assert.That(order.GetBlobV3().Length, Is.Zero);
    }

    [Test]
    public void An_old_reader_skips_what_a_new_writer_added()
    {
        var order = gv.evolution.v0.OrderDecoder.WrapForDecodeAndApplyHeader(Rewrapped("evolution-v2", "Order"));
        Assert.That(order.Id, Is.EqualTo(72623859790382856));
        Assert.That(order.GetMemo().SequenceEqual("memo2"u8), Is.True, "the group before is skipped by its stated block length");
        Assert.That(() => Order(Rewrapped("evolution-v2", "Order")), Throws.InvalidOperationException.With.Message.Contains("schema order"));
    }

    [Test]
    public void A_version_before_the_message_existed_is_refused()
    {
        byte[] bytes = Rewrapped("evolution-v3", "NewInV3");
        bytes[6] = 2;
        Assert.That(gv.evolution.v3.MessageValidator.Validate(bytes), Is.EqualTo(MessageProblem.UnsupportedVersion));
        Assert.That(gv.evolution.v3.NewInV3Decoder.TryWrap(bytes, out _), Is.False);
    }

    /// <summary>Reads data, then a group that stands before it.</summary>
    private static void Order(byte[] bytes)
    {
        var order = gv.evolution.v0.OrderDecoder.WrapForDecodeAndApplyHeader(bytes);
        order.GetMemo();
        order.GetLegs();
    }

    private static byte[] Rewrapped(string schema, string message) => [.. Golden.Vectors.First(vector => vector.Schema == schema && vector.Message == message).Bytes];
}
