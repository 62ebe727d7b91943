using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Tests;

/// <summary><c>config check</c> and <c>config show</c>.</summary>
internal sealed class ConfigCommandTests
{
    private static string SampleFolder => Path.Combine(AppContext.BaseDirectory, "samples");

    private static IEnumerable<string> Samples => Directory.GetFiles(SampleFolder, "*.yaml").Order(StringComparer.Ordinal);

    [Test]
    [Description("R5, R30, R31, R49 to R58, R122 to R129, R169: the documents' own configurations")]
    public void Every_sample_has_no_error()
    {
        using var folder = new WorkFolder();
        HostResult result = HostProcess.Run(folder, "config", "check", SampleFolder);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.That(lines.Count(static line => line.Contains(": no error, ", StringComparison.Ordinal)), Is.EqualTo(Samples.Count()));

        // D7: the documents' own pay-off of one deviation to win and two to lose.
        Assert.That(lines.Where(static line => line.StartsWith("warning: ", StringComparison.Ordinal)), Has.Exactly(1).Contains("exits.stop_loss_sd and take profit need 66.66 %"));
    }

    [Test]
    public void A_folder_with_a_wrong_and_a_doubled_strategy_names_both()
    {
        using var folder = new WorkFolder();
        folder.Write("f/a.yaml", StrategyText.Runs.ToString());
        folder.Write("f/b.json", "{\"strategy_id\": \"other\"}");
        folder.Write("f/c.yml", StrategyText.Runs.With("exits", "{stop_loss: 0.1, take_profit: 0.01}").ToString());
        HostResult result = HostProcess.Run(folder, "config", "check", "f");
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(2), result.Error);
        Assert.That(result.Error, Does.Contain("subscriptions.symbols must have one symbol").And.Contain("strategy_id test is that of"));
        Assert.That(result.Output, Does.Contain("a.yaml: no error, 0 warnings"));
    }

    [TestCase(true, 2)]
    [TestCase(false, 0)]
    public void A_warning_is_an_error_only_if_asked_for(bool isStrict, int expected)
    {
        using var folder = new WorkFolder();
        string file = folder.Write("s.yaml", StrategyText.Runs.With("exits", "{stop_loss: 0.1, take_profit: 0.01}").ToString());
        Assert.That(ConfigCheck.Run([file], isStrict), Is.EqualTo(expected));
    }

    [TestCase("signals_file", "signals.csv", "time,direction\nyesterday,1\n", "line 2: time is 'yesterday'")]
    [TestCase("data", "{file: signals.csv2}", "", "signals.csv2 does not exist")]
    public void What_a_file_names_is_looked_at(string key, string value, string text, string expected)
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.With(key, value).ToString());
        folder.Write("signals.csv", text);
        HostProcess.Run(folder, "config", "check", "s.yaml").WasRefused(2, expected);
    }

    [TestCaseSource(nameof(Samples))]
    public void What_is_in_force_says_the_same_as_the_file(string sample)
    {
        using var folder = new WorkFolder();
        foreach (string other in Directory.GetFiles(SampleFolder, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(SampleFolder, other), File.ReadAllText(other));
        }

        RunConfiguration before = StrategyFile.Load(folder.PathOf(Path.GetFileName(sample)));
        RunConfiguration effective = StrategyFile.Load(folder.Write("effective.yaml", TextOf(before, true)));
        RunConfiguration plain = StrategyFile.Load(folder.Write("plain.yaml", TextOf(before, false)));
        foreach (RunConfiguration after in new[] { effective, plain })
        {
            Assert.That(SetupMessages.Encode(after.Setup, 1), Is.EqualTo(SetupMessages.Encode(before.Setup, 1)));
            Assert.That((after.Signals, after.Data, after.Process, after.StateFile, after.Durability), Is.EqualTo((before.Signals, before.Data, before.Process, before.StateFile, before.Durability)));
            Assert.That(after.Credentials, Is.EqualTo(before.Credentials));
        }
    }

    [Test]
    [Description("R169: each key with where its value comes from")]
    public void Each_key_says_where_it_comes_from()
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.ToString());
        HostResult all = HostProcess.Run(folder, "config", "show", "--effective", "s.yaml").Succeeded();
        HostResult own = HostProcess.Run(folder, "config", "show", "s.yaml").Succeeded();
        Assert.That(all.Output, Does.Match("fast_period: 3 +# line 3\n").And.Match("max_leverage: 1 +# default\n").And.Match("max_daily_loss: +# default: none\n"));
        Assert.That(all.Output, Does.Match("# num_slices: 10 +# default, no effect without algorithm twap or vwap\n"));
        Assert.That(own.Output, Does.Contain("fast_period").And.Not.Contain("max_leverage"));
    }

    private static string TextOf(RunConfiguration configuration, bool hasDefaults)
    {
        using var writer = new StringWriter();
        EffectiveText.Write(writer, configuration, hasDefaults);
        return writer.ToString();
    }
}
