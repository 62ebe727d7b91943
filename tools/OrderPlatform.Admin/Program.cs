using OrderPlatform.Admin;
using OrderPlatform.Host.Commands;

return CommandLine.Invoke(AdminCommands.Root().Parse(args));
