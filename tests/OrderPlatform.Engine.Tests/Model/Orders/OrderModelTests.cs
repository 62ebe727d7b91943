using System.Globalization;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>
/// The engine against the naive model of orders and execution, over random inputs under random set-ups: the same requests, alarms and refusals in each
/// input, the same state after each, and the invariants. <c>MODEL_SEQUENCES</c> is the number of
/// sequences (the campaign runs 100,000), <c>MODEL_SEED</c> the first seed.
/// </summary>
internal sealed class OrderModelTests
{
    private const int Steps = 80;

    private static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 2, Clients: 2, Accounts: 2, Strategies: 2, Positions: 4, Orders: 512, Budgets: 4, ClientOrders: 256, ClientPositions: 2);

    private static int Sequences => Number("MODEL_SEQUENCES", 1_500);

    [Test]
    [Description("R59-R82, D3, D14, D15, T2-T6, T11, T14, T15, T17")]
    public void Random_orders_end_as_in_the_naive_model_and_the_invariants_hold_after_every_input()
    {
        int first = Number("MODEL_SEED", 1);
        long inputs = 0;
        TestContext.Out.WriteLine($"seeds {first} to {first + Sequences - 1}");
        for (int seed = first; seed < first + Sequences; seed++)
        {
            inputs += Run(seed, null);
        }

        TestContext.Out.WriteLine($"{Sequences} sequences, {inputs} inputs");
    }

    [Test]
    [Description("the random sequences reach what the model is about")]
    public void The_random_sequences_reach_every_kind_of_request_and_alarm()
    {
        var seen = new Dictionary<string, int>();
        for (int seed = 1; seed <= 400; seed++)
        {
            Run(seed, seen);
        }

        TestContext.Out.WriteLine(string.Join('\n', seen.OrderByDescending(word => word.Value).Select(word => $"{word.Key} {word.Value}")));
        Assert.That(seen.Keys, Is.SupersetOf(new[]
        {
            "new", "cancel", "amend", "ask", "parent", "Overfill", "FillGap", "DuplicateFill", "LateReport", "UnknownOrder", "OutcomeUnknown",
            "ExecutionTimeout", "SentAgain", "ForgottenByVenue", "EstimatedFill", "Throttled", "VenueDown", "AmendPending", "AmendRefused", "Reconciling",
            "ReconciliationStarted", "ReconciliationComplete", "MalformedInput", "TimeWentBack", "NotReducing", "WouldCross", "Expired", "OperatorEndDoubt",
            "OperatorCancel", "OperatorResolve", "NotInDoubt",
        }));
    }

    private static int Run(int seed, Dictionary<string, int>? seen)
    {
        var random = new Random(seed);
        var setup = new OrderSetup(random);
        var engine = new BusinessLogicProcessor(Limits);
        var model = new NaiveOrders(setup);
        var invariants = new OrderInvariants();
        var steps = new OrderSteps(random, model);
        long number = 0;
        long now = EngineHarness.StartNanos;
        foreach (byte[] record in setup.Encode())
        {
            engine.Process(++number, now, record);
            model.Begin(number, now);
            Assert.That(engine.Outputs.Count, Is.Zero, $"seed {seed}: a record of the set-up is refused");
        }

        for (int step = 0; step < Steps; step++)
        {
            long time = now + steps.Pause();
            OrderStep input = steps.Next();
            string where = $"seed {seed}, input {step}";
            Guard(where, () => engine.Process(++number, time, input.Bytes));
            model.Begin(number, time);
            input.Act(model);
            now = Math.Max(now, time);
            List<string> said = EngineWords.Said(engine);
            if (Environment.GetEnvironmentVariable("MODEL_TRACE") is not null)
            {
                string at = $"{where}: {(time - EngineHarness.StartNanos) / 1e9:0.000} s, {input.Request ?? Convert.ToHexString(input.Bytes)}";
                TestContext.Out.WriteLine($"{at}\n  {string.Join("\n  ", said)}\n{OrderTrace.Of(engine)}");
            }

            AssertSame(where, said, model);
            Assert.That(StateComparison.Difference(engine.State, model), Is.Null, where);
            Assert.That(invariants.Wrong(engine.State, said), Is.Null, where);
            Note(said, seen);
        }

        return Steps;
    }

    private static void Guard(string where, Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(where, exception);
        }
    }

    private static void AssertSame(string where, List<string> said, NaiveOrders model)
    {
        List<string> expected = [.. model.Said];
        List<string> both = [.. said];
        both.Sort(StringComparer.Ordinal);
        expected.Sort(StringComparer.Ordinal);
        if (!both.SequenceEqual(expected))
        {
            Assert.Fail($"{where}: the engine said\n  {string.Join("\n  ", said)}\nand the model\n  {string.Join("\n  ", model.Said)}");
        }
    }

    private static void Note(List<string> said, Dictionary<string, int>? seen)
    {
        foreach (string line in seen is null ? [] : said)
        {
            string[] words = line.Split(' ');
            string word = words[0] is "alert" or "refused" ? words[1] : words[0];
            seen![word] = seen.GetValueOrDefault(word) + 1;
        }
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
