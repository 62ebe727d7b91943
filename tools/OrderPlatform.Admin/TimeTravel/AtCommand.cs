using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Views;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary><c>at &lt;journal&gt; &lt;place&gt;</c>: everything that there is to see of the state after an input, and the input itself (N1).</summary>
internal static class AtCommand
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        Argument<string> place = PlaceOption.Argument("place", "A sequence, or a time: the state after the last input that is not later.");
        var client = new Option<string?>("--client") { Description = "Only this client's, by name or number." };
        var command = new Command(
            "at",
            "Show every order, position, limit, timer and rate budget as of any input or time. Example: op-admin at journal/btc_ma_cross_v1 2025-01-20T07:30:00Z")
        {
            journal, place, client,
        };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            using OpenPast past = OpenPast.Open(parsed.GetRequiredValue(journal));
            past.GoTo(PlaceOption.Read(parsed.GetRequiredValue(place))!.Value);
            var moment = Moment.Of(past.Engine);
            uint? only = parsed.GetValue(client) is { } text ? past.Names.Clients.Find(text) : null;
            var answer = new Answer("at", past.Journal);
            MomentAnswer.AddPlace(answer, moment);
            MomentAnswer.AddInput(answer, moment);
            MomentAnswer.AddState(answer, new StateTables(past.Names, moment.State, only));
            return answer.Write(parsed);
        }));
        return command;
    }
}
