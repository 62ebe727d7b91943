using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Tests;

/// <summary>The text of a strategy file: what is no YAML, what is YAML but no strategy file, and JSON (R170).</summary>
public sealed class ConfigurationTextTests
{
    [TestCase("", ", line 1: a configuration is one mapping of keys to values; see samples/btc-ma-cross.yaml", TestName = "Empty")]
    [TestCase("# nothing\n", ", line 1: a configuration is one mapping", TestName = "Only_a_comment")]
    [TestCase("- a\n- b\n", ", line 1: a configuration is one mapping", TestName = "A_list")]
    [TestCase("hello\n", ", line 1: a configuration is one mapping", TestName = "A_word")]
    [TestCase("a: 1\n---\nb: 2\n", ", line 1: a configuration is one mapping", TestName = "Two_documents")]
    [TestCase("strategy_id: a\nenabled: true\nenabled: false\n", ", line 3: not valid YAML: Duplicate key enabled", TestName = "A_doubled_key")]
    [TestCase("exits:\n  stop_loss: 0.1\n  stop_loss: 0.2\n", ", line 3: not valid YAML: Duplicate key stop_loss", TestName = "A_doubled_key_in_a_section")]
    [TestCase("a: 1\n b: 2\n", ", line 2: not valid YAML: ", TestName = "Wrong_indentation")]
    [TestCase("a: [1\nb: 2\n", ", line 1: not valid YAML: ", TestName = "A_bracket_that_is_not_closed")]
    [TestCase("a: \"x\nb: 2\n", ", line 1: not valid YAML: ", TestName = "A_quote_that_is_not_closed")]
    [TestCase("a: *b\n", ", line 1: not valid YAML: ", TestName = "An_alias_without_an_anchor")]
    [TestCase("{\"strategy_id\": \"a\",", ": not valid YAML: ", TestName = "JSON_cut_off")]
    [TestCase("a\0b: 1\n", "", TestName = "A_zero_byte")]
    [TestCase("? [a]\n: 1\n", ", line 1: a key must be plain text", TestName = "A_list_as_a_key")]
    [TestCase("<<: {a: 1}\n", ", line 1: strategy_id is missing", TestName = "A_merge_key")]
    public void A_text_that_is_no_strategy_file_is_named_by_line(string text, string expected) =>
        Assert.That(ConfigurationTests.ErrorOf(text, out string file), Does.StartWith(file).And.Contain(expected));

    [Test]
    public void Endless_nesting_is_an_error_and_no_end_of_the_stack() =>
        Assert.That(ConfigurationTests.ErrorOf("a: " + new string('[', 100_000), out _), Does.Contain("line 1: nested deeper than 16 levels"));

    [Test]
    public void A_file_of_another_kind_is_refused_by_its_size() =>
        Assert.That(ConfigurationTests.ErrorOf(new string('#', 2 << 20), out _), Does.Contain("is larger than 1 MiB: name a strategy file, not market data"));

    [Test]
    public void A_missing_file_and_a_folder_are_named()
    {
        using var folder = new WorkFolder();
        Assert.That(() => StrategyFile.Load(folder.PathOf("no.yaml")), Throws.InstanceOf<ConfigurationException>().With.Message.Contains("no.yaml does not exist: check the path"));
        Assert.That(() => StrategyFile.Load(folder.FullPath), Throws.InstanceOf<ConfigurationException>().With.Message.Contains("is a folder: name a file in it"));
    }

    [Test]
    public void JSON_says_the_same_as_YAML()
    {
        const string Json = """
            {
              "strategy_id": "test",
              "subscriptions": { "symbols": ["BTC/USDT"] },
              "parameters": { "fast_period": 3, "slow_period": 8, "position_size": 0.1 },
              "data": { "generator": { "minutes": 400 } }
            }
            """;
        using var folder = new WorkFolder();
        RunConfiguration json = StrategyFile.Load(folder.Write("s.json", Json));
        RunConfiguration yaml = StrategyFile.Load(folder.Write("s.yaml", StrategyText.Runs.ToString()));
        Assert.That((json.StrategyId, json.Symbol, json.Signals, json.Data, json.Setup.Strategies[0]), Is.EqualTo((yaml.StrategyId, yaml.Symbol, yaml.Signals, yaml.Data, yaml.Setup.Strategies[0])));
    }

    [Test]
    public void JSON_errors_are_named_by_line_too() => Assert.That(
        ConfigurationTests.ErrorOf("{\n  \"strategy_id\": \"test\",\n  \"enabled\": 7\n}\n", out _), Does.Contain("line 1: subscriptions.symbols must have one symbol"));

    [TestCase("\r\n")]
    [TestCase("\n")]
    public void Line_ends_a_byte_order_mark_and_quotes_make_no_difference(string lineEnd)
    {
        using var folder = new WorkFolder();
        string text = "\uFEFF" + StrategyText.Runs.With("enabled", "\"true\"").With("initial_capital", "'5e3'").ToString().Replace("\n", lineEnd);
        RunConfiguration configuration = StrategyFile.Load(folder.Write("s.yaml", text));
        Assert.That(configuration.Setup.Accounts[0].InitialCash.Raw, Is.EqualTo(500_000_000_000));
    }

    [Test]
    public void An_empty_value_is_the_default()
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("s.yaml", StrategyText.Runs.With("orders", "").With("client", "~").With("exits", "null").ToString()));
        Assert.That(configuration.Setup.Clients[0].Name, Is.EqualTo("default"));
    }
}
