using OrderPlatform.GatewayTool;

return GatewayCommand.Invoke(args, Console.Out, Console.Error);
