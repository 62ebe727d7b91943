using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The engine against the naive model over random inputs: the same orders, decisions, refusals and trades after each, and the same state, compared
/// after every tenth input and after every malformed one.
/// </summary>
public class ModelTests
{
    private const int Sequences = 250;
    private const int StepsPerSequence = 150;

    private static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 2, Clients: 2, Accounts: 2, Strategies: 4, Positions: 8, Orders: 1_024, Budgets: 4, ClientOrders: 512, ClientPositions: 4);

    [Test]
    public void Random_inputs_end_in_the_same_orders_positions_profit_and_cash([Range(1, 8)] int seed)
    {
        long orders = 0;
        long trades = 0;
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            (int sent, int closed) = Run(seed, sequence);
            orders += sent;
            trades += closed;
        }

        TestContext.Out.WriteLine($"seed {seed}: {orders} orders, {trades} trades");
        Assert.That(orders > 5 * Sequences && trades > Sequences, Is.True, $"seed {seed}: too little happened: {orders} orders, {trades} trades");
    }

    private static (int Orders, int Trades) Run(int seed, int sequence)
    {
        var random = new Random((seed * 100_000) + sequence);
        var setup = new NaiveSetup();
        var engine = new BusinessLogicProcessor(Limits);
        var model = new NaiveEngine(setup);
        long number = 0;
        foreach (byte[] record in setup.Encode())
        {
            engine.Process(++number, EngineHarness.StartNanos, record);
            model.Begin(number, EngineHarness.StartNanos);
        }

        var steps = new RandomSteps(random);
        var orders = new List<Sent>();
        int trades = 0;
        long now = EngineHarness.StartNanos;
        for (int i = 0; i < StepsPerSequence; i++)
        {
            now += random.Next(40) == 0 ? EngineHarness.DayNanos / 2 : random.Next(40) == 0 ? -5 : EngineHarness.SecondNanos;
            Step step = steps.Next(orders);
            engine.Process(++number, now, step.Bytes);
            model.Begin(number, now);
            now = Math.Max(now, engine.State.NowNanos);
            step.Act(model);
            Reply reply = Decode(engine);
            AssertSameSaid(model, reply, $"seed {seed}, sequence {sequence}, step {i}");
            if (i % 10 == 9 || model.WasMalformed)
            {
                AssertSameState(engine, model, reply, $"seed {seed}, sequence {sequence}, step {i}");
            }

            orders.AddRange(reply.Of<Sent>());
            trades += reply.Of<TradeNews>().Length;
        }

        return (orders.Count, trades);
    }

    private static void AssertSameSaid(NaiveEngine model, Reply reply, string where)
    {
        string[] said = [.. EngineText.Said(reply)];
        if (!said.SequenceEqual(model.Said))
        {
            Assert.Fail($"{where}: the engine said\n  {string.Join("\n  ", said)}\nand the model\n  {string.Join("\n  ", model.Said)}");
        }
    }

    private static void AssertSameState(BusinessLogicProcessor engine, NaiveEngine model, Reply reply, string where)
    {
        string state = EngineText.State(engine.State);
        string expected = model.State();
        if (state != expected)
        {
            string[] lines = [.. state.Split('\n').Except(expected.Split('\n')).Concat(["instead of"]).Concat(expected.Split('\n').Except(state.Split('\n')))];
            Assert.Fail($"{where}: the engine has\n  {string.Join("\n  ", lines)}\nafter\n  {reply}");
        }
    }

    private static Reply Decode(BusinessLogicProcessor engine)
    {
        var outputs = new List<object>();
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            outputs.Add(OutputDecoding.Decode(engine.Outputs[i]));
        }

        return new Reply(outputs);
    }
}
