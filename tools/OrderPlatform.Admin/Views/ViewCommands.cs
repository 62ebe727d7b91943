using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;

namespace OrderPlatform.Admin.Views;

/// <summary>
/// <c>status</c>, <c>positions</c>, <c>orders</c>, <c>clients</c>, <c>limits</c>, <c>breakers</c>, <c>rates</c>: what is, of a running engine and of a dead one's folder; with
/// <c>--at</c> what was.
/// </summary>
internal static class ViewCommands
{
    public static Command Status() => Create("status", "Where an engine stands, in one screen.", static (view, tables, answer) =>
    {
        ViewFacts.Add(answer, view);
        tables.Clients(answer);
        tables.Positions(answer, hasFlat: false);
        tables.Markets(answer);
    });

    public static Command Positions()
    {
        var all = new Option<bool>("--all") { Description = "Flat ones, too." };
        Command command = Create("positions", "What is held, its cost, value and protection.", all, static (view, tables, answer, hasFlat) =>
        {
            ViewFacts.AddPlace(answer, view);
            tables.Positions(answer, hasFlat);
        });
        return command;
    }

    public static Command Orders() => Create("orders", "Open orders, and parent orders under way.", static (view, tables, answer) =>
    {
        ViewFacts.AddPlace(answer, view);
        tables.Orders(answer);
        tables.Parents(answer);
    });

    public static Command Clients() => Create("clients", "Clients, their strategies and accounts, with their money.", static (view, tables, answer) =>
    {
        ViewFacts.AddPlace(answer, view);
        tables.Clients(answer);
        tables.Strategies(answer);
        tables.Accounts(answer);
    });

    public static Command Limits() => Create("limits", "Limits that are set, and what is used of them.", static (view, tables, answer) =>
    {
        ViewFacts.AddPlace(answer, view);
        tables.Limits(answer);
    });

    public static Command Breakers() => Create("breakers", "Circuit breakers: closed, open or half open, and why.", static (view, tables, answer) =>
    {
        ViewFacts.AddPlace(answer, view);
        tables.Breakers(answer);
    });

    public static Command Rates() => Create("rates", "Rate budgets and how much of each is used.", static (view, tables, answer) =>
    {
        ViewFacts.AddPlace(answer, view);
        tables.Rates(answer);
    });

    private static Command Create(string name, string description, Action<ViewedState, StateTables, Answer> show) =>
        Create(name, description, null, (view, tables, answer, _) => show(view, tables, answer));

    private static Command Create(string name, string description, Option<bool>? flag, Action<ViewedState, StateTables, Answer, bool> show)
    {
        Argument<string> journal = JournalArgument.Create();
        Option<string?> at = PlaceOption.Create("--at", "What was after this input, or at this time; by default what is now.");
        var client = new Option<string?>("--client") { Description = "Only this client's, by name or number." };
        var command = new Command(name, description) { journal, at, client };
        if (flag is not null)
        {
            command.Options.Add(flag);
        }

        command.SetAction(parsed => Failures.Guard(() =>
        {
            ViewedState view = ViewedState.Read(parsed.GetRequiredValue(journal), PlaceOption.Read(parsed.GetValue(at)));
            uint? only = parsed.GetValue(client) is { } text ? view.Names.Clients.Find(text) : null;
            var answer = new Answer(name, view.Journal);
            show(view, new StateTables(view.Names, view.State, only), answer, flag is not null && parsed.GetValue(flag));
            return answer.Write(parsed);
        }));
        return command;
    }
}
