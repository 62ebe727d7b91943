using System.Text;
using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Text and raw bytes between their bytes and their JSON.</summary>
internal static class ModelText
{
    internal static byte[] Bytes(JsonNode value, string? encoding) =>
        value is JsonObject raw ? Convert.FromHexString(raw["hex"]!.GetValue<string>()) : Of(encoding!).GetBytes(value.GetValue<string>());

    internal static JsonNode Json(ReadOnlySpan<byte> bytes, string? encoding) =>
        !IsText(encoding) ? new JsonObject { ["hex"] = Convert.ToHexStringLower(bytes) } : Of(encoding!).GetString(bytes);

    /// <summary>Text in an encoding that codecs do not convert is bytes to them.</summary>
    private static bool IsText(string? encoding) => encoding is not null && TextEncodings.Find(encoding) is not null;

    private static Encoding Of(string name) =>
        name.StartsWith("utf", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.Latin1;
}
