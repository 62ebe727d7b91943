using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Host.Configuration;

/// <summary>A row of a positions file, as text.</summary>
/// <param name="file">The file.</param>
/// <param name="line">Its line, from 1.</param>
/// <param name="fields">The fields in the order of <see cref="PositionsFile.Columns"/>.</param>
internal sealed class PositionRow(string file, long line, IReadOnlyList<string> fields)
{
    public string Symbol => fields[0];

    public string Exchange => fields[1];

    public string Text(string column) => fields[Array.IndexOf(PositionsFile.Columns, column)];

    /// <summary>A number within a range, times 1e8.</summary>
    /// <exception cref="ConfigurationException">It is none.</exception>
    public long Number(string column, long minimum, long maximum) =>
        FixedPointText.TryParse(Text(column).Trim(), out long raw) && raw >= minimum && raw <= maximum
            ? raw
            : throw Wrong($"{column} is '{Text(column)}'; allowed is a number from {FixedPointText.Format(minimum)} to {FixedPointText.Format(maximum)}");

    /// <summary>An error at the row's place.</summary>
    public ConfigurationException Wrong(string what) => new($"{file}, line {line}: {what}");
}
