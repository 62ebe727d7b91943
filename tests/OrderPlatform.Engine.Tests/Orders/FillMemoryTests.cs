using OrderPlatform.Engine.Orders;

namespace OrderPlatform.Engine.Tests.Orders;

public class FillMemoryTests
{
    [Test]
    public void The_oldest_fill_makes_room()
    {
        var memory = new FillMemory(3);
        foreach (ulong key in new ulong[] { 1, 2, 3, 4 })
        {
            memory.Add(key);
        }

        Assert.That(memory.Contains(1), Is.False);
        Assert.That(memory.Contains(2) && memory.Contains(3) && memory.Contains(4), Is.True);
        Assert.That(memory.Added, Is.EqualTo(4));
    }

    [Test]
    public void Exactly_the_last_ones_are_remembered()
    {
        const int Capacity = 7;
        var memory = new FillMemory(Capacity);
        for (ulong key = 1; key <= 1_000; key++)
        {
            memory.Add(key * 0x1_0000_0000UL);
            ulong oldest = key > Capacity ? key - Capacity + 1 : 1;
            Assert.That(memory.Contains((oldest - 1) * 0x1_0000_0000UL), Is.False, $"after {key}");
            for (ulong known = oldest; known <= key; known++)
            {
                Assert.That(memory.Contains(known * 0x1_0000_0000UL), Is.True, $"{known} after {key}");
            }
        }
    }
}
