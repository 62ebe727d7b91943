using System.CommandLine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Operating;

/// <summary><c>halt</c>, <c>resume</c>, <c>reduce-only</c>, <c>flatten</c>: what a running engine may trade (D16, T16).</summary>
internal static class TradingCommands
{
    public static Command Halt() => Create(
        "halt", OperatorAction.Halt, false, "Nothing new opens, and open orders that would open are cancelled; what reduces goes on.");

    public static Command Resume() => Create("resume", OperatorAction.Resume, false, "Trade again, after a halt or a reduction.");

    public static Command ReduceOnly() => Create("reduce-only", OperatorAction.Reduce, false, "Only what reduces positions goes out; open orders stay.");

    public static Command Flatten() => Create(
        "flatten", OperatorAction.Flatten, true, "Cancel all orders and close all positions at the market; what may be traded stays as it is, so halt first.");

    private static Command Create(string name, OperatorAction action, bool hasPlaces, string description)
    {
        var options = new OperatingOptions();
        var scopes = new ScopeOptions(hasPlaces);
        var command = new Command(name, $"{description} Example: op-admin {name} journal/odum/0001 --client odum --reason \"news\"");
        options.AddTo(command);
        scopes.AddTo(command);
        command.SetAction(parsed => Failures.Guard(() =>
        {
            (Scope scope, uint id, string text) = scopes.Read(parsed, OperatingNames.Of(options.Journal(parsed)));
            return options.Send(parsed, $"{name} of {text}", OperatorMessages.Command(action, scope, id, options.Word(parsed)));
        }));
        return command;
    }
}
