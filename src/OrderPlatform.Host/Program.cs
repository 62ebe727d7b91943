using System.CommandLine;
using OrderPlatform.Host.Commands;

var root = new RootCommand("OrderPlatform: orders and positions from signals, event-sourced and deterministic.")
{
    BacktestCommand.Create(),
    ReplayCommand.Create(),
    RunCommand.Create(),
    PublishCommand.Create(),
    ConfigCommand.Create(),
};
return CommandLine.Invoke(root.Parse(args));
