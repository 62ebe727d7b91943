using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Operating;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Operating;

/// <summary><c>limit set &lt;journal&gt; clients.&lt;name&gt; &lt;limit&gt; &lt;value&gt;</c>: one limit of a client or a strategy.</summary>
internal static class LimitCommand
{
    public static Command Create()
    {
        var options = new OperatingOptions();
        var scope = new Argument<string>("scope") { Description = "clients.<name> or strategies.<name>; a number does, too." };
        var limit = new Argument<string>("limit") { Description = $"One of {string.Join(", ", LimitKeys.Names)}: as in a strategy file." };
        var value = new Argument<string>("value") { Description = "Its number in the unit of a strategy file, true or false, or none." };
        scope.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && Split(text) is null)
            {
                result.AddError($"the scope is '{text}': give clients.<name> or strategies.<name>");
            }
        });
        var set = new Command(
            "set", "Set one limit, or take it away; the others stay. It holds until the engine's next start, which reads the configuration. "
            + "Example: op-admin limit set journal/odum/0001 clients.odum max_daily_loss 500 --reason \"volatile day\"")
        {
            scope, limit, value,
        };
        options.AddTo(set);
        set.SetAction(parsed => Failures.Guard(() =>
        {
            string key = parsed.GetRequiredValue(limit);
            (LimitKind kind, long? raw) = LimitKeys.Parse(key, parsed.GetRequiredValue(value));
            (Scope of, uint id, string name) = Find(parsed.GetRequiredValue(scope), options.Journal(parsed));
            return options.Send(
                parsed, $"{key} {parsed.GetRequiredValue(value)} for {name}", OperatorMessages.Limit(of, id, kind, raw, options.Word(parsed)),
                (told, answer) => Tell(told, answer, kind));
        }));
        return new Command("limit", "Change the limits of a running engine.") { set };
    }

    private static void Tell(Answer told, OperatorAnswer answer, LimitKind kind)
    {
        if (answer.Alerts.FirstOrDefault(static alert => alert.Reason == nameof(ReasonCode.ConfigurationChanged)) is { } change)
        {
            told.Fact("before", "before", Value.Text(LimitKeys.Text(kind, change.Expected)));
            told.Fact("now", "now", Value.Text(LimitKeys.Text(kind, change.Actual)));
        }

        told.Note("it holds until the engine's next start, which reads the configuration: change the file, too, if it is to stay");
    }

    private static (Scope Scope, uint Id, string Name) Find(string text, string journal)
    {
        (Scope scope, string name) = Split(text)!.Value;
        JournalNames names = OperatingNames.Of(journal);
        NameTable table = scope == Scope.Client ? names.Clients : names.Strategies;
        uint id = table.Find(name);
        return (scope, id, table.Has(id) ? $"{table.Kind} {table[id]}" : table[id]);
    }

    private static (Scope Scope, string Name)? Split(string text) =>
        text.Split('.', 2) is not [var kind, { Length: > 0 } name] ? null
        : kind == "clients" ? (Scope.Client, name)
        : kind == "strategies" ? (Scope.Strategy, name)
        : null;
}
