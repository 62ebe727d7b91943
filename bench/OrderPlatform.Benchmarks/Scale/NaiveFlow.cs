using System.Diagnostics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Engine.Tests.Model;
using OrderPlatform.Messages;

namespace OrderPlatform.Benchmarks.Scale;

/// <summary>What an input is, for the figures.</summary>
internal enum FlowKind
{
    MarketData,
    Signal,
    Report,
    Other,
}

/// <summary>
/// The same random inputs under the same random configurations for the engine and for the naive model of its tests, which is the same rules in decimals, dictionaries
/// and sums that are made anew, and says what it does in lines of text. Both begin anew with each sequence, so that neither has a long past to walk.
/// </summary>
internal sealed class NaiveFlow
{
    private const int Sequences = 150;
    private const int StepsPerSequence = 200;

    private static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 3, Clients: 2, Accounts: 3, Strategies: 5, Positions: 32, Orders: 512, Budgets: 1, ClientOrders: 256, ClientPositions: 16);

    private readonly Script[] _scripts = [.. Enumerable.Range(1, Sequences).Select(static seed => Draw(new Random(seed)))];
    private readonly List<BusinessLogicProcessor> _engines = [];
    private readonly List<NaiveEngine> _models = [];

    /// <summary>Inputs behind the configuration, of all sequences.</summary>
    public static int Inputs => Sequences * StepsPerSequence;

    /// <summary>How many inputs are of a kind.</summary>
    public int CountOf(FlowKind kind) => _scripts.Sum(script => script.Inputs.Count(input => input.Kind == kind));

    /// <summary>Fresh engines and models, configured.</summary>
    public void Begin()
    {
        _engines.Clear();
        _models.Clear();
        foreach (Script script in _scripts)
        {
            var engine = new BusinessLogicProcessor(Limits);
            var model = new NaiveEngine(script.Setup);
            foreach (byte[] record in script.Setup.Encode())
            {
                engine.Process(engine.State.Sequence + 1, NaiveSetup.StartNanos, record);
                model.Begin(engine.State.Sequence, NaiveSetup.StartNanos);
            }

            _engines.Add(engine);
            _models.Add(model);
        }
    }

    /// <summary>All inputs through the engines.</summary>
    public void RunEngines()
    {
        for (int i = 0; i < _scripts.Length; i++)
        {
            foreach (ref readonly Input input in _scripts[i].Inputs.AsSpan())
                _engines[i].Process(_engines[i].State.Sequence + 1, input.Nanos, input.Step.Bytes);
        }
    }

    /// <summary>All inputs through the models.</summary>
    public void RunModels()
    {
        for (int i = 0; i < _scripts.Length; i++)
        {
            foreach (ref readonly Input input in _scripts[i].Inputs.AsSpan())
                Act(_models[i], input);
        }
    }

    /// <summary>Seconds in inputs of one kind, each timed by itself: two looks at the clock are in it, of engine and model alike.</summary>
    public double TimeOf(FlowKind kind, bool ofModel)
    {
        Begin();
        long ticks = 0;
        for (int i = 0; i < _scripts.Length; i++)
        {
            foreach (ref readonly Input input in _scripts[i].Inputs.AsSpan())
            {
                long began = Stopwatch.GetTimestamp();
                if (ofModel)
                    Act(_models[i], input);
                else
                    _engines[i].Process(_engines[i].State.Sequence + 1, input.Nanos, input.Step.Bytes);
                ticks += input.Kind == kind ? Stopwatch.GetTimestamp() - began : 0;
            }
        }

        return Stopwatch.GetElapsedTime(0, ticks).TotalSeconds;
    }

    private static void Act(NaiveEngine model, in Input input)
    {
        model.Begin(input.Sequence, input.Nanos);
        input.Step.Act(model);
    }

    private static Script Draw(Random random)
    {
        var setup = new NaiveSetup(random);
        var engine = new BusinessLogicProcessor(Limits);
        foreach (byte[] record in setup.Encode())
            engine.Process(engine.State.Sequence + 1, NaiveSetup.StartNanos, record);
        var steps = new RandomSteps(random);
        var orders = new List<Sent>();
        var inputs = new Input[StepsPerSequence];
        long now = NaiveSetup.StartNanos;
        for (int i = 0; i < inputs.Length; i++)
        {
            now = steps.NextTime(now);
            Step step = steps.Next(orders);
            engine.Process(engine.State.Sequence + 1, now, step.Bytes);
            inputs[i] = new Input(step, engine.State.Sequence, now, KindOf(step.Bytes));
            now = engine.State.NowNanos;
            for (int output = 0; output < engine.Outputs.Count; output++)
            {
                if (OutputDecoding.Decode(engine.Outputs[output]) is Sent sent)
                    orders.Add(sent);
            }
        }

        return new Script(setup, inputs);
    }

    private static FlowKind KindOf(byte[] bytes) => !MessageHeader.TryRead(bytes, out MessageHeader header) ? FlowKind.Other : header.TemplateId switch
    {
        BarDecoder.TemplateId or TopOfBookDecoder.TemplateId or MarketTradeDecoder.TemplateId => FlowKind.MarketData,
        SignalDecoder.TemplateId => FlowKind.Signal,
        ExecutionReportDecoder.TemplateId => FlowKind.Report,
        _ => FlowKind.Other,
    };

    private sealed record Script(NaiveSetup Setup, Input[] Inputs);

    private readonly record struct Input(Step Step, long Sequence, long Nanos, FlowKind Kind);
}
