using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Views;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Predicates;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary>
/// <c>bisect &lt;journal&gt; "&lt;predicate&gt;"</c>: the first input after which it is so. Each input is looked at, some millions a second: halving would be right only for what stays true once it
/// is, and a position below zero does not.
/// </summary>
internal static class BisectCommand
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var text = new Argument<string>("predicate") { Description = $"What is looked for: position('ikenna', 'BTCUSDT') < 0. There is {Functions.Signatures}." };
        Option<string?> from = PlaceOption.Create("--from", "Only inputs from this place on.");
        Option<string?> to = PlaceOption.Create("--to", "Only inputs up to this place.");
        var command = new Command(
            "bisect", "Find the first input at which something became true. Example: op-admin bisect journal/btc_ma_cross_v1 \"drawdown('ikenna') > 500\"") { journal, text, from, to };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            using var stop = new StopSignal();
            using OpenPast past = OpenPast.Open(parsed.GetRequiredValue(journal));
            StatePredicate predicate = StatePredicate.Parse(parsed.GetRequiredValue(text), past.Names);
            var search = new PastSearch(past.Engine);
            bool isFound = search.TryFind(predicate, PlaceOption.Read(parsed.GetValue(from)), PlaceOption.Read(parsed.GetValue(to)), stop.Token);
            stop.Token.ThrowIfCancellationRequested();
            return isFound ? Found(past, predicate, search).Write(parsed) : Missed(past, predicate, search).Write(parsed, ExitCodes.No);
        }));
        return command;
    }

    private static Answer Found(OpenPast past, StatePredicate predicate, PastSearch search)
    {
        var moment = Moment.Of(past.Engine);
        Answer answer = Begin(past, predicate, search).Fact("found", "became true", Value.Flag(true));
        MomentAnswer.AddPlace(answer, moment);
        MomentAnswer.AddInput(answer, moment);
        var tables = new StateTables(past.Names, moment.State, null);
        tables.Positions(answer, hasFlat: false);
        tables.Orders(answer);
        tables.Clients(answer);
        return answer;
    }

    private static Answer Missed(OpenPast past, StatePredicate predicate, PastSearch search) => Begin(past, predicate, search)
        .Fact("found", "became true", Value.Flag(false))
        .Fact("sequence", "up to input", Value.Number(past.Engine.Sequence));

    private static Answer Begin(OpenPast past, StatePredicate predicate, PastSearch search) => new Answer("bisect", past.Journal)
        .Fact("predicate", "predicate", Value.Text(predicate.Text))
        .Fact("looked", "inputs looked at", Value.Number(search.Looked));
}
