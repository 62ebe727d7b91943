using System.Globalization;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The engine against the naive model over random inputs under random configurations: the same orders, decisions, refusals, payments and trades after each
/// input, and the same state every tenth input, after every malformed one and at the end; and what must always hold, after every input.
/// <c>MODEL_SEQUENCES</c> in the environment says how many sequences; a failure names its own, which <c>MODEL_FIRST</c> runs again.
/// </summary>
public class ModelTests
{
    private const int Seeds = 8;
    private const int SequencesUsual = 2_400;

    /// <summary>So many different things are said at least.</summary>
    private const int KindsMin = 130;

    internal static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 3, Clients: 2, Accounts: 3, Strategies: 5, Positions: 32, Orders: 512, Budgets: 1, ClientOrders: 256, ClientPositions: 16);

    [Test]
    [Description("R84 to R88, R102, R109 to R121, D1, D2, D16, D19, D20, T18")]
    public void Random_inputs_end_in_the_same_orders_positions_profit_and_cash([Range(1, Seeds)] int seed)
    {
        int sequences = Number("MODEL_SEQUENCES", SequencesUsual) / Seeds;
        int first = Number("MODEL_FIRST", 0);
        int steps = Number("MODEL_STEPS", 100);
        var counts = new ModelCounts();
        for (int sequence = first; sequence < first + sequences; sequence++)
        {
            new ModelRun(seed, sequence, steps).Go(counts);
        }

        TestContext.Out.WriteLine($"seed {seed}, sequences {first} to {first + sequences - 1}: {counts}");
        Assert.That(
            counts.Orders > 5 * sequences && counts.Trades > sequences && (counts.Kinds > KindsMin || sequences < SequencesUsual / Seeds), Is.True,
            $"seed {seed}: too little happened: {counts}");
    }

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}

/// <summary>What happened in some sequences.</summary>
internal sealed class ModelCounts
{
    private readonly Dictionary<string, long> _said = [];

    public long Inputs { get; set; }

    public long Orders { get; set; }

    public long Trades { get; set; }

    /// <summary>How many different things were said.</summary>
    public int Kinds => _said.Count;

    public void Add(IEnumerable<string> said)
    {
        foreach (string line in said)
        {
            bool isState = line.StartsWith("state", StringComparison.Ordinal);
            string kind = string.Join(' ', line.Split(' ').Take(5).TakeWhile((word, at) => (!char.IsDigit(word[0]) && word[0] != '-') || (at == 2 && isState)));
            _said[kind] = _said.GetValueOrDefault(kind) + 1;
        }
    }

    public override string ToString()
    {
        IEnumerable<string> lines = _said.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value,9} {pair.Key}");
        return $"{Inputs} inputs, {Orders} orders, {Trades} trades, {Kinds} kinds:\n{string.Join('\n', lines)}";
    }
}

/// <summary>One random sequence.</summary>
internal sealed class ModelRun
{
    private readonly string _where;
    private readonly Random _random;
    private readonly int _steps;
    private readonly NaiveSetup _setup;
    private readonly NaiveEngine _model;
    private readonly BusinessLogicProcessor _engine = new(ModelTests.Limits);
    private readonly StateLines _expected = new();
    private readonly StateLines _found = new();
    private readonly List<Sent> _orders = [];
    private long _number;

    public ModelRun(int seed, int sequence, int steps)
    {
        _where = $"seed {seed}, sequence {sequence}";
        _random = new Random((seed * 1_000_003) + sequence);
        _steps = steps;
        _setup = new NaiveSetup(_random);
        _model = new NaiveEngine(_setup);
    }

    public void Go(ModelCounts counts)
    {
        foreach (byte[] record in _setup.Encode())
        {
            _engine.Process(++_number, NaiveSetup.StartNanos, record);
            Assert.That(_engine.Outputs.Count, Is.Zero, $"{_where}: record {_number} was refused");
            _model.Begin(_number, NaiveSetup.StartNanos);
        }

        var steps = new RandomSteps(_random);
        long now = NaiveSetup.StartNanos;
        for (int i = 0; i < _steps; i++)
        {
            now = steps.NextTime(now);
            Step step = steps.Next(_orders);
            _engine.Process(++_number, now, step.Bytes);
            _model.Begin(_number, now);
            now = _engine.State.NowNanos;
            step.Act(_model);
            Reply reply = Decode();
            AssertSameSaid(reply, i);
            if (i % 10 == 9 || i == _steps - 1 || _model.WasMalformed)
            {
                AssertSameState(reply, i);
            }

            AssertInvariants(reply, i);
            Assert.That(reply.Of<PositionNews>().Where(news => !_model.IsTrue(news)), Is.Empty, $"{_where}, step {i}: a record of a position");
            IEnumerable<Protected> last = reply.Of<Protected>().GroupBy(news => (news.Strategy, news.Instrument)).Select(group => group.Last());
            Assert.That(last.Where(news => !_model.IsTrue(news)), Is.Empty, $"{_where}, step {i}: a record of a protection");
            counts.Add(_model.Said);
            _orders.AddRange(reply.Of<Sent>());
            counts.Trades += reply.Of<TradeNews>().Length;
        }

        counts.Inputs += _steps;
        counts.Orders += _orders.Count;
    }

    private void AssertInvariants(Reply reply, int step)
    {
        if (EngineInvariants.Broken(_engine.State) is { } broken)
        {
            Assert.Fail($"{_where}, step {step}: {broken}\nafter\n  {reply}");
        }
    }

    private void AssertSameSaid(Reply reply, int step)
    {
        string[] said = [.. EngineText.Said(reply)];
        if (!said.SequenceEqual(_model.Said))
        {
            string both = $"the engine said\n  {string.Join("\n  ", said)}\nand the model\n  {string.Join("\n  ", _model.Said)}";
            Assert.Fail($"{_where}, step {step}: {both}\nafter\n  {reply}");
        }
    }

    private void AssertSameState(Reply reply, int step)
    {
        _found.Clear();
        _expected.Clear();
        EngineText.Describe(_engine.State, _found);
        _model.Describe(_expected);
        string orders = EngineText.Orders(_engine.State);
        string expected = _model.Orders();
        if (!_found.IsSame(_expected) || orders != expected)
        {
            string difference = _found.IsSame(_expected) ? $"{orders}\ninstead of\n{expected}" : _found.Difference(_expected);
            Assert.Fail($"{_where}, step {step}: the engine has {difference}\nafter\n  {reply}");
        }
    }

    private Reply Decode()
    {
        var outputs = new List<object>();
        for (int i = 0; i < _engine.Outputs.Count; i++)
        {
            outputs.Add(OutputDecoding.Decode(_engine.Outputs[i]));
        }

        return new Reply(outputs);
    }
}
