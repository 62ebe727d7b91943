using System.Text.Json;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>The golden vectors, which lie beside the tests.</summary>
internal static class Golden
{
    public static IEnumerable<string> Names => Histograms.Keys;

    public static Dictionary<string, JsonElement> Histograms { get; } =
        Json("histograms.json").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);

    public static string PathOf(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, "golden", file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;

    public static IEnumerable<string[]> Rows(string file) =>
        Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split('\t'));

    public static byte[] Bytes(string name, string form) => Histograms[name].GetProperty(form).GetBytesFromBase64();

    /// <summary>The same values recorded here, by the recipe.</summary>
    public static LongHistogram Recorded(string name)
    {
        JsonElement golden = Histograms[name];
        bool isAutoResize = golden.GetProperty("autoResize").GetBoolean();
        long highest = isAutoResize ? 2 : golden.GetProperty("highest").GetInt64();
        int digits = golden.GetProperty("digits").GetInt32();
        var histogram = new LongHistogram(golden.GetProperty("lowest").GetInt64(), highest, digits) { AutoResize = isAutoResize };
        switch (name)
        {
            case "co-record-time":
                for (int count = 0; count < 10_000; count++)
                    histogram.RecordValueWithExpectedInterval(1000, 10_000);
                histogram.RecordValueWithExpectedInterval(100_000_000, 10_000);
                return histogram;
            case "co-post":
                return Recorded("co-raw").CopyCorrectedForCoordinatedOmission(10_000);
            case "lcg-100k":
                RecordLcg(histogram);
                return histogram;
            case "add":
                histogram.Add(Recorded("lcg-100k"));
                histogram.RecordValueWithCount(7, 3);
                return histogram;
            case "subtract":
                histogram.Add(Recorded("add"));
                histogram.Subtract(Recorded("lcg-100k"));
                return histogram;
            case "add-other-layout":
                histogram.Add(Recorded("lcg-100k"));
                return histogram;
            default:
                foreach (JsonElement pair in golden.GetProperty("recorded").EnumerateArray())
                    histogram.RecordValueWithCount(pair[0].GetInt64(), pair[1].GetInt64());
                return histogram;
        }
    }

    private static void RecordLcg(LongHistogram histogram)
    {
        ulong state = 42;
        for (int count = 0; count < 100_000; count++)
        {
            long value = 1 + (Next() % 1000);
            if (Next() % 100 == 0)
                value *= 1 + (Next() % 1000);
            if (Next() % 10_000 == 0)
                value *= 1000;
            histogram.RecordValue(value);
        }

        long Next()
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            return (long)(state >> 33);
        }
    }
}
