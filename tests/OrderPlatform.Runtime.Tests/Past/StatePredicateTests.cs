using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Predicates;

namespace OrderPlatform.Runtime.Tests.Past;

/// <summary>Questions to a state: what they mean, and what cannot be understood.</summary>
[TestFixture]
internal sealed class StatePredicateTests
{
    private static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };
    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };

    private readonly JournalFolder _folder = new();
    private JournalNames _names = new();
    private PastEngine _past = null!;
    private string _client = "";
    private string _instrument = "";

    [OneTimeSetUp]
    public void Record()
    {
        using (JournalWriter journal = _folder.Create())
        {
            Runs.Backtest(new Scenario { Minutes = 2_000 }, journal);
        }

        string path = Path.Combine(_folder.Path, "journal");
        _names = JournalNames.Read(path, Reading);
        _client = _names.Clients[1];
        _instrument = _names.Instruments[1];
        _past = PastEngine.Open(path, Reading, Options);
        new PastSearch(_past).TryFind(Parse("position('{c}', '{i}') != 0"), null, null, CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _past.Dispose();
        _folder.Dispose();
    }

    [TestCase("1 < 2", true)]
    [TestCase("1 + 2 * 3 == 7 and not 2 > 3", true)]
    [TestCase("(1 + 2) * 3 == 7 or 10 / 4 = 2.5", true)]
    [TestCase("-1 - -2 >= 1 && !(1 != 1)", true)]
    [TestCase("1 / 0 == 0", true)]
    [TestCase("'a' == 'A'", true)]
    [TestCase("'a' != 'b' or 1 > 2", true)]
    [TestCase("79228162514264337593543950335 * 10 > 0", false)]
    [TestCase("true_or_not() > 0", null)]
    public void Arithmetic_and_logic_are_as_everywhere(string text, bool? expected)
    {
        if (expected is { } one)
        {
            Assert.That(Parse(text).Holds(_past.Engine), Is.EqualTo(one));
        }
        else
        {
            Assert.That(() => Parse(text), Throws.TypeOf<PredicateException>());
        }
    }

    [Test]
    public void Everything_that_can_be_asked_for_is_answered_from_the_state()
    {
        EngineState state = _past.Engine.State;
        ref Position position = ref state.Positions[0];
        Assert.That(position.Quantity.IsZero, Is.False);
        Holds($"sequence = {state.Sequence}");
        Holds("time >= '2020-01-01' and time < '2100-01-01T00:00:00Z'");
        Holds($"position('{{c}}', '{{i}}') * 1 = {Text(position.Quantity.Raw)}");
        Holds($"average('{{c}}', '{{i}}') = {Text(Valuation.AveragePrice(state, position).Raw)}");
        Holds($"unrealised('{{c}}') = {Text(position.Unrealised.Raw)} and unrealised('{{c}}', '{{i}}') = unrealised('{{c}}')");
        Holds($"fees('{{c}}') = {Text(position.Fees.Raw)} and realised('{{c}}') = {Text(position.Realised.Raw)}");
        Holds($"result('{{c}}') = realised('{{c}}') + unrealised('{{c}}') - fees('{{c}}')");
        Holds($"equity('{{c}}') = {Text(Valuation.EquityOfClient(state, 0).Raw)} and cash('{{c}}') > 0 and exposure('{{c}}') > 0");
        Holds("drawdown('{c}') >= 0 and day_loss('{c}') = 0 - result('{c}')");
        Holds($"orders() = {state.Orders.OpenCount} and orders('{{c}}') = orders() and in_doubt() = 0 and in_doubt('{{c}}') = 0");
        Holds($"parents() = {state.Parents.Count} and timers() = {state.Timers.Count} and malformed() = 0 and not ledger_broken");
        Holds("state() == 'Active' and state('{c}') == 'active' and breaker('{c}') == 'Closed'");
        Holds($"mark('{{i}}') = {Text(state.Instruments[0].Mark.Raw)} and bid('{{i}}') >= 0 and ask('{{i}}') >= 0");
        Holds($"status({state.Orders[0].ClientOrderId}) == '{state.Orders[0].Status}' and filled({state.Orders[0].ClientOrderId}) > 0 and used(77) = 0");
        Holds("fill() and not alert() and not refused() and not decision() and status(12345) == 'None' and position('999', '{i}') = 0");
    }

    [Test]
    public void Questions_about_an_input_s_outputs_find_it()
    {
        using PastEngine past = PastEngine.Open(Path.Combine(_folder.Path, "journal"), Reading, Options);
        var search = new PastSearch(past);
        Assert.That(search.TryFind(Parse("decision()"), null, null, CancellationToken.None), Is.True);
        Assert.That(search.Looked, Is.EqualTo(past.Sequence));
        long first = past.Sequence;
        Assert.That(search.TryFindNext(Parse("decision()"), null, CancellationToken.None), Is.True);
        Assert.That(past.Sequence, Is.GreaterThan(first));
    }

    [TestCase("", 1, "nothing in it")]
    [TestCase("   ", 4, "nothing in it")]
    [TestCase("position('{c}', '{i}')", 1, "not yes or no")]
    [TestCase("position('{c}')", 1, "position(client, instrument)")]
    [TestCase("positoin('{c}', '{i}') < 0", 1, "nothing is called 'positoin'")]
    [TestCase("position('nobody', '{i}') < 0", 1, "no client 'nobody'")]
    [TestCase("1 <", 4, "something must follow")]
    [TestCase("1 < 2 3", 7, "one word too many")]
    [TestCase("(1 < 2", 7, "')' is missing")]
    [TestCase("1 < 'a'", 3, "cannot be compared")]
    [TestCase("'a' < 'b'", 5, "equal or not")]
    [TestCase("1 and 2", 7, "need comparisons")]
    [TestCase("mark('{i}", 6, "no ' at its end")]
    [TestCase("1 # 2", 3, "means nothing")]
    [TestCase("1.2.3 > 0", 1, "no number")]
    [TestCase("time > 'yesterday'", 1, "no time")]
    [TestCase("alert('Nonsense')", 1, "none of")]
    [TestCase("mark(mark('{i}')) > 0", 6, "names in quotes")]
    [TestCase("(fill()) = (fill())", 10, "no comparison")]
    public void What_cannot_be_understood_names_the_column_and_the_remedy(string text, int column, string expected) =>
        Assert.That(() => Parse(text), Throws.TypeOf<PredicateException>().With.Message.Contains($"column {column}:").And.Message.Contains(expected));

    [Test]
    public void Depth_and_length_are_bounded()
    {
        Assert.That(() => Parse(new string('(', 500) + "1 < 2" + new string(')', 500)), Throws.TypeOf<PredicateException>().With.Message.Contains("nested deeper"));
        Assert.That(() => Parse(string.Concat(Enumerable.Repeat("not ", 500)) + "1 < 2"), Throws.TypeOf<PredicateException>().With.Message.Contains("nested deeper"));
        Assert.That(() => Parse(new string(' ', 5_000)), Throws.TypeOf<PredicateException>().With.Message.Contains("at most"));
    }

    private static string Text(long raw) => raw < 0 ? $"(0 - {Engine.Numbers.FixedPointText.Format(-raw)})" : Engine.Numbers.FixedPointText.Format(raw);

    private void Holds(string text) => Assert.That(Parse(text).Holds(_past.Engine), Is.True, text);

    private StatePredicate Parse(string text) => StatePredicate.Parse(text.Replace("{c}", _client, StringComparison.Ordinal).Replace("{i}", _instrument, StringComparison.Ordinal), _names);
}
