using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace OrderPlatform.Tests;

/// <summary>Reads the worked examples of venues and reference libraries in <c>tests/known-answers</c>.</summary>
internal static class KnownAnswer
{
    public static JsonElement[] Cases(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "known-answers", file)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.Clone())];
    }

    public static JsonElement Case(string file, string id) => Cases(file).Single(item => item.GetProperty("id").GetString() == id);

    public static decimal Decimal(this JsonElement element, string name) => Parse(element.GetProperty(name).GetString()!);

    public static decimal? OptionalDecimal(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? Parse(value.GetString()!) : null;

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>A decimal at 8 places, half away from zero: what the engine can hold of it.</summary>
    public static decimal AtEightPlaces(decimal value) => Math.Round(value, 8, MidpointRounding.AwayFromZero);

    /// <summary>left × right / divisor at 8 places, half away from zero, exact whatever the size.</summary>
    public static decimal MultiplyDivide(decimal left, decimal right, decimal divisor)
    {
        BigInteger product = Raw(left) * Raw(right);
        BigInteger by = BigInteger.Abs(Raw(divisor));
        BigInteger magnitude = ((2 * BigInteger.Abs(product)) + by) / (2 * by);
        return (decimal)(product.Sign * Raw(divisor).Sign * magnitude) / 100_000_000m;
    }

    private static BigInteger Raw(decimal value) => new(value * 100_000_000m);
}
