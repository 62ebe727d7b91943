using System.Globalization;
using System.Text.Json;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>The known answers in the folder <c>golden</c> beside this file, found from the test assembly upwards.</summary>
internal static class GoldenCases
{
    /// <summary>Input and expected result of a case.</summary>
    public static (JsonElement Input, JsonElement Expected) Read(string file, string id)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), file)));
        JsonElement found = document.RootElement.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id).Clone();
        return (found.GetProperty("input"), found.GetProperty("expected"));
    }

    public static decimal Number(this JsonElement element) => decimal.Parse(element.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static decimal Number(this JsonElement element, string name) => element.GetProperty(name).Number();

    public static decimal[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.Number())];

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "OrderPlatform.Simulation.Tests", "Venue", "golden");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"no folder tests/OrderPlatform.Simulation.Tests/Venue/golden above {AppContext.BaseDirectory}");
    }
}
