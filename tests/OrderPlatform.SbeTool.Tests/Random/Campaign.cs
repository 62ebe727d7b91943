using System.Globalization;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>How many cases a test draws, and from which seed: a few in every run, as many as one likes by hand.</summary>
internal static class Campaign
{
    /// <summary>The number that a test parameter or environment variable of this name gives, or else what a usual run takes.</summary>
    internal static int Number(string name, int usual) =>
        (TestContext.Parameters.Get(name) ?? Environment.GetEnvironmentVariable(name)) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
