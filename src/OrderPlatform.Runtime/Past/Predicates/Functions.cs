using System.Globalization;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past.Views;

namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>
/// What a predicate can ask of a state. Quantities, prices and money are plain decimals; a client, instrument, order or budget that is not there yet has 0, and the text 'None'.
/// </summary>
/// <param name="names">What ids are called.</param>
public sealed class Functions(JournalNames names)
{
    private const decimal One = 100_000_000m;

    private static readonly (string Name, string Arguments)[] All =
    [
        ("sequence", ""), ("time", ""), ("position", "client, instrument"), ("average", "client, instrument"), ("unrealised", "client[, instrument]"),
        ("realised", "client[, instrument]"), ("fees", "client[, instrument]"), ("result", "client"), ("equity", "client"), ("cash", "client"), ("exposure", "client"),
        ("day_loss", "client"), ("drawdown", "client"), ("orders", "[client]"), ("in_doubt", "[client]"), ("parents", ""), ("timers", ""), ("state", "[client]"),
        ("breaker", "client"), ("mark", "instrument"), ("bid", "instrument"), ("ask", "instrument"), ("status", "order"), ("filled", "order"), ("used", "budget"),
        ("alert", "[reason]"), ("refused", "[reason]"), ("fill", ""), ("decision", "[action]"), ("malformed", ""), ("ledger_broken", ""),
    ];

    /// <summary>All of them, for people.</summary>
    public static string Signatures => string.Join(", ", All.Select(static one => $"{one.Name}({one.Arguments})"));

    /// <summary>Their names alone.</summary>
    public static IEnumerable<string> Words => All.Select(static one => one.Name);

    internal Term Call(Token name, List<Token> arguments, Func<string, PredicateException> wrong)
    {
        string word = name.Text.ToLowerInvariant();
        int known = Array.FindIndex(All, one => one.Name == word);
        if (known < 0)
        {
            throw wrong($"nothing is called '{name.Text}'; there is {Signatures}");
        }

        (int least, int most) = CountOf(All[known].Arguments);
        if (arguments.Count < least || arguments.Count > most)
        {
            throw wrong($"it is {word}({All[known].Arguments}), with {arguments.Count} given");
        }

        return OfShard(word) ?? OfInput(word, arguments, wrong) ?? OfThings(word, arguments, wrong) ?? OfClient(word, arguments, wrong);
    }

    private static (int Least, int Most) CountOf(string arguments)
    {
        int most = arguments.Length == 0 ? 0 : arguments.Count(static c => c == ',') + 1;
        return (most - arguments.Count(static c => c == '['), most);
    }

    private static Term? OfShard(string word) => word switch
    {
        "sequence" => Term.Of(static engine => (decimal)engine.State.Sequence),
        "time" => new Term(TermKind.Time, Number: static engine => engine.State.NowNanos),
        "parents" => Term.Of(static engine => (decimal)engine.State.Parents.Count),
        "timers" => Term.Of(static engine => (decimal)engine.State.Timers.Count),
        "malformed" => Term.Of(static engine => (decimal)engine.State.MalformedInputs),
        "ledger_broken" => Term.Of(static engine => engine.State.LedgerBroken),
        _ => null,
    };

    private static Term? OfInput(string word, List<Token> arguments, Func<string, PredicateException> wrong)
    {
        switch (word)
        {
            case "alert":
                ReasonCode? alert = Named<ReasonCode>(arguments, wrong);
                return Term.Of(engine => OutputQuestions.HasAlert(engine.Outputs, alert));
            case "refused":
                ReasonCode? refused = Named<ReasonCode>(arguments, wrong);
                return Term.Of(engine => OutputQuestions.HasRefusal(engine.Outputs, refused));
            case "decision":
                DecisionAction? action = Named<DecisionAction>(arguments, wrong);
                return Term.Of(engine => OutputQuestions.HasDecision(engine.Outputs, action));
            case "fill":
                return Term.Of(static engine => OutputQuestions.HasFill(engine.Outputs));
            default:
                return null;
        }
    }

    private Term? OfThings(string word, List<Token> arguments, Func<string, PredicateException> wrong)
    {
        switch (word)
        {
            case "mark" or "bid" or "ask":
                uint instrument = Find(names.Instruments, arguments[0], wrong);
                return Term.Of(engine => engine.State.Instruments.TryFind(instrument, out int row)
                    ? (word == "mark" ? engine.State.Instruments[row].Mark : word == "bid" ? engine.State.Instruments[row].Bid : engine.State.Instruments[row].Ask).Raw / One
                    : 0);
            case "status":
                ulong order = Id(arguments[0], wrong);
                return Term.Of(engine => engine.State.Orders.TryFind(order, out int row) ? engine.State.Orders[row].Status.ToString() : "None");
            case "filled":
                ulong filled = Id(arguments[0], wrong);
                return Term.Of(engine => engine.State.Orders.TryFind(filled, out int row) ? engine.State.Orders[row].Cumulative.Raw / One : 0);
            case "used":
                ulong budget = Id(arguments[0], wrong);
                return Term.Of(engine => engine.State.Budgets.TryFind(budget, out int row) ? engine.State.Budgets[row].Meter.Used(engine.State.NowNanos) : 0m);
            case "orders" when arguments.Count == 0:
                return Term.Of(static engine => (decimal)engine.State.Orders.OpenCount);
            case "in_doubt" when arguments.Count == 0:
                return Term.Of(static engine => (decimal)engine.State.Orders.InDoubtCount);
            case "state" when arguments.Count == 0:
                return Term.Of(static engine => engine.State.TradingState.ToString());
            default:
                return null;
        }
    }

    private Term OfClient(string word, List<Token> arguments, Func<string, PredicateException> wrong)
    {
        uint client = Find(names.Clients, arguments[0], wrong);
        uint? instrument = arguments.Count > 1 ? Find(names.Instruments, arguments[1], wrong) : null;
        return word switch
        {
            "position" => OfPositions(client, instrument, static (_, ref readonly position) => position.Quantity.Raw),
            "average" => OfPositions(client, instrument, static (state, ref readonly position) => Valuation.AveragePrice(state, position).Raw),
            "unrealised" => OfPositions(client, instrument, static (_, ref readonly position) => position.Unrealised.Raw),
            "realised" => OfPositions(client, instrument, static (_, ref readonly position) => position.Realised.Raw),
            "fees" => OfPositions(client, instrument, static (_, ref readonly position) => position.Fees.Raw),
            "exposure" => OfPositions(client, instrument, static (_, ref readonly position) => position.Exposure.Raw),
            "result" => Of(client, static (state, row) => Valuation.ResultOfClient(state, row).Raw / One),
            "equity" => Of(client, static (state, row) => Valuation.EquityOfClient(state, row).Raw / One),
            "cash" => Of(client, static (state, row) => ClientView.Of(state, row).Cash / One),
            "day_loss" => Of(client, static (state, row) => (state.Clients[row].DayOpeningResult.Raw - Valuation.ResultOfClient(state, row).Raw) / One),
            "drawdown" => Of(client, static (state, row) => (state.Clients[row].PeakResult.Raw - Valuation.ResultOfClient(state, row).Raw) / One),
            "orders" => Of(client, static (state, row) => state.Clients[row].OpenOrders),
            "in_doubt" => Of(client, static (state, row) => state.Clients[row].InDoubt),
            "state" => TextOf(client, static (state, row) => state.Clients[row].State.ToString()),
            "breaker" => TextOf(client, static (state, row) => state.Clients[row].Breaker.State.ToString()),
            _ => throw wrong($"{word} is not known"),
        };
    }

    private delegate long OfPosition(EngineState state, ref readonly Position position);

    private static Term OfPositions(uint client, uint? instrument, OfPosition number) => Term.Of(engine =>
    {
        EngineState state = engine.State;
        decimal sum = 0;
        foreach (ref Position position in state.Positions.Rows)
        {
            bool isIt = state.Clients[state.Strategies[position.Strategy].Client].Id == client && (instrument is not { } one || state.Instruments[position.Instrument].Id == one);
            sum += isIt ? number(state, ref position) : 0;
        }

        return sum / One;
    });

    private static Term Of(uint client, Func<EngineState, int, decimal> number) =>
        Term.Of(engine => engine.State.Clients.TryFind(client, out int row) ? number(engine.State, row) : 0);

    private static Term TextOf(uint client, Func<EngineState, int, string> text) =>
        Term.Of(engine => engine.State.Clients.TryFind(client, out int row) ? text(engine.State, row) : "None");

    private static uint Find(NameTable table, Token argument, Func<string, PredicateException> wrong)
    {
        try
        {
            return table.Find(argument.Text);
        }
        catch (ArgumentException unknown)
        {
            throw wrong(unknown.Message);
        }
    }

    private static ulong Id(Token argument, Func<string, PredicateException> wrong) =>
        ulong.TryParse(argument.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) ? id : throw wrong($"'{argument.Text}' is no id: give its number");

    private static T? Named<T>(List<Token> arguments, Func<string, PredicateException> wrong)
        where T : struct, Enum
    {
        if (arguments.Count == 0)
        {
            return null;
        }

        return arguments[0].Kind == TokenKind.Text && Enum.TryParse(arguments[0].Text, ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw wrong($"'{arguments[0].Text}' is none of {string.Join(", ", Enum.GetNames<T>().Take(40))}");
    }
}
