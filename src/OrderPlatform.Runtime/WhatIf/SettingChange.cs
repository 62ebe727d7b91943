namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A key and its value in the other world, as they were written: <c>clients.ikenna.risk.max_position_fraction=0.3</c>.</summary>
/// <param name="Path">The key with its sections, with dots.</param>
/// <param name="Value">Its value as in a strategy file; <see cref="None"/> removes it.</param>
public sealed record SettingChange(string Path, string Value)
{
    /// <summary>What removes a limit or an optional key.</summary>
    public const string None = "none";

    /// <summary>Whether the key is removed.</summary>
    public bool IsRemoval => Value == None;

    /// <summary>Reads <c>path=value</c>.</summary>
    /// <exception cref="WhatIfException">It is not of that form.</exception>
    public static SettingChange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? new SettingChange(text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw new WhatIfException($"--set {text}: it has no key and value: write <path>=<value>, such as clients.ikenna.risk.max_daily_loss=500");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Path}={Value}";
}
