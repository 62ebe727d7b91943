namespace OrderPlatform.Host.Configuration.Deployments;

/// <summary>Reads the key of a publisher's tokens from where the deployment says it is: the secret itself is never in a configuration.</summary>
internal static class PublisherKey
{
    private const string FilePrefix = "file:";

    /// <summary>The key, or null where the publisher has none.</summary>
    /// <exception cref="ConfigurationException">It is not there, or is no hexadecimal number.</exception>
    public static byte[]? Read(PublisherPlace place)
    {
        if (place.Key is not { } key)
        {
            return null;
        }

        string? text = key.StartsWith(FilePrefix, StringComparison.Ordinal)
            ? File.Exists(key[FilePrefix.Length..]) ? File.ReadAllText(key[FilePrefix.Length..]) : null
            : Environment.GetEnvironmentVariable(key);
        try
        {
            return text is null
                ? throw new ConfigurationException($"publisher {place.Id}: its key is in {key}, which is not there: set it to hexadecimal digits, or remove the key 'key'")
                : Convert.FromHexString(text.Trim());
        }
        catch (FormatException)
        {
            throw new ConfigurationException($"publisher {place.Id}: its key in {key} is no hexadecimal number: give it an even number of hexadecimal digits");
        }
    }
}
