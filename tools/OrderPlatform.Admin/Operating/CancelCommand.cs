using System.CommandLine;
using System.CommandLine.Parsing;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Operating;

/// <summary><c>cancel &lt;journal&gt; &lt;order id&gt;</c>, or all orders of a scope.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var options = new OperatingOptions();
        var scopes = new ScopeOptions(hasPlaces: true);
        Argument<string?> order = OrderArgument.CreateOptional();
        var all = new Option<bool>("--all") { Description = "All orders of the shard." };
        var command = new Command("cancel", "Cancel one order with what its parent has not sent, or all of a scope. Example: op-admin cancel journal/odum/0001 4503599627370560 --reason \"wrong size\"");
        command.Arguments.Add(order);
        options.AddTo(command);
        scopes.AddTo(command);
        command.Options.Add(all);
        command.Validators.Add(result => RequireOne(result, order, all));
        command.SetAction(parsed => Failures.Guard(() =>
        {
            OperatorWord word = options.Word(parsed);
            if (parsed.GetValue(order) is { } text)
            {
                return options.Send(parsed, $"cancel of order {text}", OperatorMessages.Cancel(OrderArgument.Read(text), word));
            }

            (Scope scope, uint id, string name) = scopes.Read(parsed, OperatingNames.Of(options.Journal(parsed)));
            return options.Send(parsed, $"cancel of all orders of {name}", OperatorMessages.Command(OperatorAction.CancelAll, scope, id, word));
        }));
        return command;
    }

    // Nobody should cancel a whole shard because an id was forgotten.
    private static void RequireOne(CommandResult result, Argument<string?> order, Option<bool> all)
    {
        int given = (result.GetResult(order) is { Tokens.Count: > 0 } ? 1 : 0) + (result.GetResult(all) is { Implicit: false } ? 1 : 0)
            + result.Children.OfType<OptionResult>().Count(static one => one.Option.Name is "--client" or "--strategy" or "--venue" or "--account" or "--instrument");
        if (given != 1)
        {
            result.AddError("cancel needs one of: an order id, --client, --strategy, --venue, --account, --instrument, --all");
        }
    }
}
