using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Tests.Orders;

public class FillMemoryTests
{
    [Test]
    public void The_oldest_fill_makes_room()
    {
        var memory = new FillMemory(4);
        var client = new Client { FillPlaces = 4 };
        foreach (ulong key in new ulong[] { 1, 2, 3, 4, 5 })
        {
            memory.Add(ref client, key);
        }

        Assert.That(memory.Contains(client, 1), Is.False);
        Assert.That(memory.Contains(client, 2) && memory.Contains(client, 3) && memory.Contains(client, 4) && memory.Contains(client, 5), Is.True);
        Assert.That(client.FillsAdded, Is.EqualTo(5));
    }

    [Test]
    public void Exactly_the_last_ones_are_remembered()
    {
        const int Capacity = 8;
        var memory = new FillMemory(Capacity + 2);
        var client = new Client { FillPlaces = Capacity, FillBase = 2 };
        for (ulong key = 1; key <= 1_000; key++)
        {
            memory.Add(ref client, key * 0x1_0000_0000UL);
            ulong oldest = key > Capacity ? key - Capacity + 1 : 1;
            Assert.That(memory.Contains(client, (oldest - 1) * 0x1_0000_0000UL), Is.False, $"after {key}");
            for (ulong known = oldest; known <= key; known++)
            {
                Assert.That(memory.Contains(client, known * 0x1_0000_0000UL), Is.True, $"{known} after {key}");
            }
        }
    }
}
