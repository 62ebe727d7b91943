using OrderPlatform.AeronTool;

return await AeronCommands.Root(Console.Out, Console.Error, isScreen: !Console.IsOutputRedirected).Parse(args).InvokeAsync().ConfigureAwait(false);
