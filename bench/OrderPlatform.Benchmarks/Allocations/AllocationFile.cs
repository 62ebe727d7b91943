using System.Text.Json;

namespace OrderPlatform.Benchmarks.Allocations;

/// <summary>The checked-in bytes of each benchmark.</summary>
internal static class AllocationFile
{
    public const string UpdateCommand = "dotnet run -c Release --project bench/OrderPlatform.Benchmarks -- allocations";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string FilePath
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "OrderPlatform.sln")))
                folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository is not above the program.");
            return Path.Combine(folder.FullName, "bench", "allocated-bytes.json");
        }
    }

    public static SortedDictionary<string, long> Read() => JsonSerializer.Deserialize<SortedDictionary<string, long>>(File.ReadAllText(FilePath))!;

    /// <summary>Measures all and writes the file anew.</summary>
    public static void Update()
    {
        var bytes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string name, Func<long> measure) in AllocationMeter.Benchmarks())
        {
            bytes.Add(name, measure());
            Console.WriteLine($"{name} {bytes[name]}");
        }

        File.WriteAllText(FilePath, JsonSerializer.Serialize(bytes, Indented) + "\n");
    }
}
