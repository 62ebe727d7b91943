namespace OrderPlatform.Journal.Tests.Devices;

/// <summary>The machine is gone: whatever was under way ends here.</summary>
internal sealed class PowerCut() : Exception("the power is cut");
