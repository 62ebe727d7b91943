using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Determinism;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Valid inputs with random bytes changed: the engine never throws on what a message says, and its sums stay true (D19, T6).</summary>
public class MutatedInputTests
{
    private static readonly byte[][] Extremes =
    [
        .. new[] { long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 5_000_000_000_000_000_000 }
            .Select(BitConverter.GetBytes),
    ];

    [Test]
    public void No_content_of_a_message_throws_and_the_sums_hold([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 20; round++)
        {
            var engine = new BusinessLogicProcessor(MixedInputs.Limits);
            List<byte[]> inputs = MixedInputs.Make((seed * 100) + round, 400);
            for (int i = 0; i < inputs.Count; i++)
            {
                if (i >= MixedInputs.Setup.Length && random.Next(3) == 0)
                {
                    Mutate(random, inputs[i]);
                }

                Process(engine, i, inputs[i], $"seed {seed}, round {round}, input {i}");
            }
        }
    }

    [Test]
    public void Every_prefix_of_every_input_is_refused_and_changes_nothing_else()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(1, 100);
        string before = EngineText.State(engine.State);
        long malformed = engine.State.MalformedInputs;
        long count = 0;
        foreach (byte[] input in MixedInputs.Make(1, 60).Concat(MixedInputs.Setup).DistinctBy(input => input.Length))
        {
            // The text behind a command's block is not the engine's to read: the edge checks it.
            int needed = OperatorInputs.NeededLength(input);
            for (int length = 0; length < needed; length++)
            {
                Alert alert = engine.Send(input.AsSpan(0, length)).One<Alert>();
                Assert.That((alert.Reason, alert.Subject), Is.EqualTo((Messages.ReasonCode.MalformedInput, (ulong)length)));
                count++;
            }
        }

        Assert.That(engine.State.MalformedInputs - malformed, Is.EqualTo(count), "counted");
        Assert.That(EngineText.State(engine.State), Is.EqualTo(before));
    }

    private static void Process(BusinessLogicProcessor engine, int i, byte[] input, string where)
    {
        try
        {
            engine.Process(i + 1, EngineHarness.StartNanos + (i * EngineHarness.SecondNanos), input);
        }
        catch (Exception e)
        {
            throw new AssertionException($"{where} threw: {Convert.ToHexString(input)}", e);
        }

        AssertSums(engine.State, where);
    }

    private static void AssertSums(EngineState state, string where)
    {
        Order[] orders = [.. state.Orders.Rows.ToArray().Where(order => order.ClientOrderId != 0)];
        for (int row = 0; row < state.Positions.Count; row++)
        {
            Position position = state.Positions[row];
            Int128 pending = orders.Where(order => order.Position == row).Aggregate((Int128)0, (sum, order) => sum + OpeningLeft(order));
            bool flatWithCost = position.Quantity.Raw == 0 && position.Cost.Raw != 0;
            if (pending != position.PendingOpening.Raw || flatWithCost)
            {
                Assert.Fail($"{where}: position {row} has {position.PendingOpening} pending and {pending} in orders; cost {position.Cost}");
            }
        }

        for (int row = 0; row < state.Accounts.Count; row++)
        {
            Int128 reserved = orders.Where(order => state.Positions[order.Position].Account == row)
                .Aggregate((Int128)0, (sum, order) => sum + order.Reserved.Raw);
            if (reserved != state.Accounts[row].Reserved.Raw || (state.Orders.OpenCount == 0 && reserved != 0))
            {
                Assert.Fail($"{where}: account {row} has {state.Accounts[row].Reserved} reserved and {reserved} in orders");
            }
        }

        if (orders.FirstOrDefault(order => order.IsOpen ? order.Leaves.Raw <= 0 : order.Leaves.Raw > 0) is { ClientOrderId: not 0 } wrong)
        {
            Assert.Fail($"{where}: order {wrong.ClientOrderId} is {wrong.Status} with {wrong.Leaves} left");
        }
    }

    private static long OpeningLeft(in Order order) => order.IsOpen ? Math.Min(order.Leaves.Raw, order.Opening.Raw) : 0;

    /// <summary>Changes a byte or a number of a message.</summary>
    internal static void Mutate(Random random, byte[] bytes)
    {
        // Beyond the header mostly, so that the content is what is wrong; whole numbers as well as single bytes.
        int from = random.Next(20) == 0 ? 0 : Math.Min(8, bytes.Length - 1);
        if (random.Next(2) == 0)
        {
            bytes[random.Next(from, bytes.Length)] = (byte)random.Next(256);
            return;
        }

        byte[] number = Extremes[random.Next(Extremes.Length)];
        int at = random.Next(from, Math.Max(from + 1, bytes.Length - 8));
        number.AsSpan(0, Math.Min(8, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
    }
}
