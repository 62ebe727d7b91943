using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Tests;

/// <summary>State files (R166): what cannot be resumed from is named with the remedy.</summary>
public sealed class StrategyStateTests
{
    private const string State = """{"FastPeriod":3,"SlowPeriod":8,"Side":0,"Closes":[100000000,200000000]}""";

    [Test]
    public void A_saved_state_is_resumed()
    {
        using var folder = new WorkFolder();
        using RunParts parts = PartsOf(folder, WithStateFile);
        string path = folder.PathOf("state/s.json");
        parts.Strategy!.OnBarClosed(0, new Price(FixedPoint.One), out _);
        StrategyState.Save(path, parts.Strategy);
        StrategyState.Save(path, parts.Strategy);
        Assert.That(Directory.GetFiles(folder.PathOf("state")), Is.EqualTo(new[] { path }), "written over, and nothing left aside");

        using RunParts resumed = PartsOf(folder, WithStateFile);
        StrategyState.Load(resumed);
        Assert.That(resumed.Strategy!.SaveState().Closes, Is.EqualTo(new[] { FixedPoint.One }));
    }

    [TestCase(null, "s.json does not exist: run once without --resume-state")]
    [TestCase("", "s.json cannot be used: ")]
    [TestCase("null", "s.json cannot be used: it is empty")]
    [TestCase("{", "s.json cannot be used: ")]
    [TestCase("[]", "s.json cannot be used: ")]
    [TestCase("{}", "s.json cannot be used: the saved state is of periods 0/0")]
    [TestCase("""{"FastPeriod":3,"SlowPeriod":8,"Side":0}""", "s.json cannot be used: the saved state is damaged: delete the state file")]
    [TestCase("""{"FastPeriod":3,"SlowPeriod":8,"Side":0,"Closes":[-1]}""", "the saved state is damaged")]
    [TestCase("""{"FastPeriod":3,"SlowPeriod":8,"Side":5,"Closes":[1]}""", "the saved state is damaged")]
    [TestCase("""{"FastPeriod":3,"SlowPeriod":9,"Side":0,"Closes":[1]}""", "the saved state is of periods 3/9 and this strategy has 3/8: delete the state file or restore the periods")]
    [TestCase("""{"FastPeriod":"x","SlowPeriod":8,"Side":0,"Closes":[1]}""", "s.json cannot be used: ")]
    public void A_state_that_cannot_be_resumed_is_named(string? state, string expected)
    {
        using var folder = new WorkFolder();
        _ = state is null ? null : folder.Write("state/s.json", state);
        using RunParts parts = PartsOf(folder, WithStateFile);
        string message = Assert.Throws<ConfigurationException>(() => StrategyState.Load(parts))!.Message;
        Assert.That(message, Does.Contain(expected).And.Not.Contain("\n"));
    }

    [Test]
    public void Nothing_is_resumed_without_a_state_file_or_without_a_strategy()
    {
        using var folder = new WorkFolder();
        using (RunParts parts = PartsOf(folder, StrategyText.Runs))
        {
            Assert.That(() => StrategyState.Load(parts), Throws.InstanceOf<ConfigurationException>().With.Message.Contains("needs state_file and save_state_on_stop: true"));
        }

        folder.Write("state/s.json", State);
        folder.Write("signals.csv", "time,direction\n");
        using (RunParts parts = PartsOf(folder, WithStateFile.With("signals_file", "signals.csv")))
        {
            Assert.That(() => StrategyState.Load(parts), Throws.InstanceOf<ConfigurationException>().With.Message.Contains("signals of a file have none"));
        }
    }

    private static StrategyText WithStateFile => StrategyText.Runs.With("state_file", "state/s.json").With("save_state_on_stop", "true");

    private static RunParts PartsOf(WorkFolder folder, StrategyText text) => RunParts.Create(folder.Write("s.yaml", text.ToString()), null, null);
}
