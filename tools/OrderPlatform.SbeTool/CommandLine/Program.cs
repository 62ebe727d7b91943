using OrderPlatform.SbeTool.CommandLine;

return SbeCommands.Root(Console.Out, Console.Error).Parse(args).Invoke();
