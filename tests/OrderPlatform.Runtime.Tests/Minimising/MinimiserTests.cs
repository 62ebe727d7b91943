using System.Diagnostics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Minimising;

namespace OrderPlatform.Runtime.Tests.Minimising;

/// <summary>A month with a fault in it is cut to the few inputs that show the fault (N8).</summary>
[TestFixture]
internal sealed class MinimiserTests
{
    private const int InputsMax = 10;

    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };

    private readonly Lazy<PlantedMonth> _generated = new(PlantedMonth.Generated);
    private readonly Lazy<PlantedMonth> _real = new(PlantedMonth.Real);

    private static Plant[] Plants => Plant.All;

    [OneTimeTearDown]
    public void Remove()
    {
        foreach (Lazy<PlantedMonth> month in new[] { _generated, _real })
        {
            if (month.IsValueCreated)
            {
                month.Value.Dispose();
            }
        }
    }

    [TestCaseSource(nameof(Plants))]
    public void A_planted_fault_in_a_month_is_cut_to_ten_inputs_at_most(Plant plant) => Check(plant, _generated.Value);

    [TestCaseSource(nameof(Plants))]
    public void A_planted_fault_in_a_real_month_is_cut_to_ten_inputs_at_most(Plant plant) => Check(plant, _real.Value);

    private static void Check(Plant plant, PlantedMonth month)
    {
        int place = month.PlaceOf(plant.Share, plant.IsPlace);
        string journal = month.Plant(place, plant.Make(month.At(place)), plant.Instead);
        Assert.That(Run(month.Journal, plant.Shows).Outcome, Is.EqualTo(MinimiserOutcome.NeverHolds), "the sound month does not show it");

        long start = Stopwatch.GetTimestamp();
        MinimiserResult result = Run(journal, plant.Shows);
        TestContext.Out.WriteLine($"{plant}: {month.Count} inputs, holds after {result.HoldsAfter}, cut to {result.Inputs.Count} in {result.Trials} trials, {Stopwatch.GetElapsedTime(start).TotalSeconds:f2} s: "
            + string.Join(", ", result.Inputs.Select(static input => $"{input.OriginalSequence} {MessagesSchema.TemplateName(input.TemplateId)}")));
        Assert.That(result.Outcome, Is.EqualTo(MinimiserOutcome.Minimal));
        Assert.That(result.Inputs, Has.Count.LessThanOrEqualTo(InputsMax));
        Assert.That(Holds(result.Inputs, plant.Shows), Is.True);
        for (int gone = 0; gone < result.Inputs.Count; gone++)
        {
            Assert.That(Holds(Without(result.Inputs, gone), plant.Shows), Is.False, $"input {gone + 1} is not needed");
        }
    }

    private static MinimiserResult Run(string journal, Func<BusinessLogicProcessor, bool> predicate, MinimiserOptions? options = null) =>
        new JournalMinimiser(journal, Reading, predicate, options).Run(CancellationToken.None);

    private static bool Holds(IReadOnlyList<MinimisedInput> inputs, Func<BusinessLogicProcessor, bool> predicate)
    {
        var engine = new BusinessLogicProcessor();
        long sequence = 0;
        return inputs.Any(input =>
        {
            engine.Process(++sequence, input.TimestampNanos, input.Message);
            return predicate(engine);
        });
    }

    // The naive way: what comes behind moves up by one, and so do the orders that it names.
    private static List<MinimisedInput> Without(IReadOnlyList<MinimisedInput> inputs, int gone)
    {
        var rest = new List<MinimisedInput>();
        for (int i = 0; i < inputs.Count; i++)
        {
            if (i == gone)
            {
                continue;
            }

            byte[] message = [.. inputs[i].Message];
            if (OrderReference.TryRead(message, out ulong order) && ClientOrderId.SequenceOf(order) is var decided && decided > gone)
            {
                ulong moved = decided == gone + 1 ? order | (1UL << 45) : order - ClientOrderId.OrdersPerInputMax;
                OrderReference.Write([.. message], moved, message);
            }

            rest.Add(inputs[i] with { Message = message });
        }

        return rest;
    }
}
