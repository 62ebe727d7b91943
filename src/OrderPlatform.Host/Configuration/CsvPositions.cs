namespace OrderPlatform.Host.Configuration;

/// <summary>Positions as CSV with a header (R90).</summary>
internal static class CsvPositions
{
    public static IEnumerable<PositionRow> Read(string file)
    {
        string header = string.Join(',', PositionsFile.Columns);
        int line = 0;
        foreach (string row in File.ReadLines(file))
        {
            line++;
            if (line == 1 && row.Trim() != header)
            {
                throw new ConfigurationException($"{file}, line 1: the header must be {header}");
            }

            if (line == 1 || row.Length == 0)
            {
                continue;
            }

            string[] fields = row.Split(',');
            yield return fields.Length == PositionsFile.Columns.Length
                ? new PositionRow(file, line, fields)
                : throw new ConfigurationException(
                    $"{file}, line {line}: has {fields.Length} fields; needed are the {PositionsFile.Columns.Length} of the header");
        }

        if (line == 0)
        {
            throw new ConfigurationException($"{file}: empty; line 1 must be the header {header}");
        }
    }
}
