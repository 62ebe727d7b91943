namespace OrderPlatform.Host.Configuration;

/// <summary>Positions as JSON: a list of objects with the columns' names, alone or below the key positions (R89). Numbers may be in quotes.</summary>
internal static class JsonPositions
{
    public static IEnumerable<PositionRow> Read(string file)
    {
        foreach (YamlSection item in YamlSection.LoadList(file, "positions"))
        {
            string[] fields = [.. PositionsFile.Columns.Select(item.RequiredText)];
            item.End();
            yield return new PositionRow(file, item.Line, fields);
        }
    }
}
