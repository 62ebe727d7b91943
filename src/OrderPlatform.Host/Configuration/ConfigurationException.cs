namespace OrderPlatform.Host.Configuration;

/// <summary>A configuration that cannot be used: one line that names file, line and what is allowed.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
