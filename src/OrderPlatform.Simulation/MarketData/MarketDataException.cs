namespace OrderPlatform.Simulation.MarketData;

/// <summary>Market data that cannot be used: one line that names the place (file and line) and the remedy.</summary>
public sealed class MarketDataException(string message, Exception? inner = null) : Exception(message, inner);
