namespace OrderPlatform.Aeron.Client;

/// <summary>Puts the port that the system chose into a channel that asked for port 0.</summary>
internal static class EndpointPort
{
    private const string Key = "endpoint=";
    private const string AnyPort = ":0";

    /// <param name="channel">A channel URI.</param>
    /// <param name="boundAddresses">What its socket is bound to.</param>
    /// <returns>The channel as it was if it names a port, or if there is more than one address.</returns>
    public static string Resolve(string channel, IReadOnlyList<string> boundAddresses)
    {
        if (boundAddresses.Count != 1)
            return channel;
        string[] parts = channel.Split('?', 2);
        if (parts.Length < 2)
            return channel;
        string[] parameters = parts[1].Split('|');
        int index = Array.FindIndex(
            parameters, static parameter => parameter.StartsWith(Key, StringComparison.Ordinal) && parameter.EndsWith(AnyPort, StringComparison.Ordinal));
        if (index < 0)
            return channel;
        string address = boundAddresses[0];
        parameters[index] = string.Concat(parameters[index].AsSpan(0, parameters[index].Length - AnyPort.Length), address.AsSpan(address.LastIndexOf(':')));
        return $"{parts[0]}?{string.Join('|', parameters)}";
    }
}
