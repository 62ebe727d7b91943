using OrderPlatform.Engine.Tests.Determinism;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Engine.Tests.Model;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>A seeded stream of inputs with their times, and the bounds of the engine that it is for.</summary>
internal sealed record InputStream(string Name, EngineLimits Limits, IReadOnlyList<(long TimeNanos, byte[] Message)> Inputs)
{
    private const int Length = 1_500;

    private static readonly EngineLimits ModelLimits = new(
        Venues: 1, Instruments: 3, Clients: 2, Accounts: 3, Strategies: 5, Positions: 24, Orders: 16, Budgets: 4, ClientOrders: 8, ClientPositions: 12);

    private static readonly EngineLimits SmallLimits = MixedInputs.Limits with { ClientOrders = 48, Orders = 48 };

    /// <summary>Streams of three kinds by turns: mixed inputs, the same with bytes changed, and those of the model's tests.</summary>
    public static InputStream Make(int seed) => (seed % 3) switch
    {
        0 => Mixed(seed),
        1 => Mutated(seed),
        _ => Model(seed),
    };

    /// <summary>Runs an engine over a part of the stream and gives the outputs of each input, joined.</summary>
    public List<byte[]> Run(BusinessLogicProcessor engine, int upTo)
    {
        var outputs = new List<byte[]>();
        for (int i = (int)engine.State.Sequence; i < upTo; i++)
        {
            engine.Process(i + 1, Inputs[i].TimeNanos, Inputs[i].Message);
            var joined = new List<byte>();
            for (int output = 0; output < engine.Outputs.Count; output++)
            {
                joined.AddRange(engine.Outputs[output]);
            }

            outputs.Add([.. joined]);
        }

        return outputs;
    }

    public override string ToString() => Name;

    private static InputStream Mixed(int seed) => new($"mixed {seed}", SmallLimits, Timed(MixedInputs.Make(seed, Length)));

    private static InputStream Mutated(int seed)
    {
        var random = new Random(seed);
        List<byte[]> inputs = MixedInputs.Make(seed, Length);
        foreach (byte[] input in inputs.Skip(MixedInputs.Setup.Length))
        {
            // A command that becomes a halt by chance would leave little to see.
            if (random.Next(4) == 0 && OperatorInputs.NeededLength(input) == input.Length)
            {
                MutatedInputTests.Mutate(random, input);
            }
        }

        return new InputStream($"mutated {seed}", SmallLimits, Timed(inputs));
    }

    private static InputStream Model(int seed)
    {
        var random = new Random(seed);
        var steps = new RandomSteps(random);
        var engine = new BusinessLogicProcessor(ModelLimits);
        var inputs = new List<(long, byte[])>();
        var orders = new List<Sent>();
        long now = EngineHarness.StartNanos;
        foreach (byte[] message in new NaiveSetup(new Random(seed)).Encode().Concat(Enumerable.Range(0, Length).Select(_ => steps.Next(orders).Bytes)))
        {
            now = steps.NextTime(now);
            inputs.Add((now, message));
            engine.Process(inputs.Count, now, message);
            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                if (OutputDecoding.Decode(engine.Outputs[i]) is Sent sent)
                {
                    orders.Add(sent);
                }
            }
        }

        return new InputStream($"model {seed}", ModelLimits, inputs);
    }

    private static (long, byte[])[] Timed(List<byte[]> inputs) =>
        [.. inputs.Select((input, i) => (EngineHarness.StartNanos + (i * EngineHarness.SecondNanos), input))];
}
