// The calls are only compiled where DEBUG is defined, which is what users of a Debug build have.
#define DEBUG

namespace OrderPlatform.Sbe.Tests;

/// <summary>What an encoder of a Debug build says of parts in the wrong order.</summary>
public sealed class AccessOrderTests
{
    [Test]
    public void Parts_in_order_pass_and_the_message_is_complete()
    {
        int next = 0;
        AccessOrder.Enter(ref next, 0, "Order.legs");
        AccessOrder.Enter(ref next, 1, "Order.memo");
        Assert.That(() => AccessOrder.CheckComplete(next, 2, "Order"), Throws.Nothing);
    }

    [Test]
    public void A_part_that_is_left_out_written_twice_or_missing_at_the_end_is_named()
    {
        int next = 0;
        Assert.That(
            () => AccessOrder.Enter(ref next, 1, "Order.memo"),
            Throws.InvalidOperationException.With.Message.Contains("Order.memo: ").And.Message.Contains("earlier"));
        AccessOrder.Enter(ref next, 0, "Order.legs");
        Assert.That(() => AccessOrder.Enter(ref next, 0, "Order.legs"), Throws.InvalidOperationException.With.Message.Contains("later"));
        Assert.That(
            () => AccessOrder.CheckComplete(next, 2, "Order"),
            Throws.InvalidOperationException.With.Message.Contains("1 of its 2 groups and data are missing"));
    }

    [Test]
    public void Entries_that_were_promised_and_not_written_are_counted()
    {
        int left = 0;
        int next = 0;
        AccessOrder.Begin(ref left, 2, ref next, 1);
        AccessOrder.CheckComplete(next, 1, "Order.legs");
        AccessOrder.BeginEntry(ref left, ref next);
        Assert.That(next, Is.Zero, "the entry's own parts are still to come");
        Assert.That(() => AccessOrder.CheckEntries(left, "Order.legs"), Throws.InvalidOperationException.With.Message.Contains("1 entries are missing"));
    }
}
