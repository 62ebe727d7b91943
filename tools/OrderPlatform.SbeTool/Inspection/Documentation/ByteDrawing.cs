using System.Text;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>
/// Draws a block, eight bytes a row. A field's name stands where the field begins; a row that continues one shows dots; what no
/// field covers stays empty; rows that lie wholly inside one field are drawn once.
/// </summary>
internal static class ByteDrawing
{
    private const int RowBytes = 8;
    private const int CellChars = 10;

    internal static IEnumerable<string> Of(IReadOnlyList<MemberLayout> members, int length)
    {
        MemberLayout?[] owners = Owners(members, length);
        yield return ("offset " + string.Concat(Enumerable.Range(0, RowBytes).Select(static index => $" {index}".PadRight(CellChars)))).TrimEnd();
        string above = "";
        bool isSkipping = false;
        for (int row = 0; row < length; row += RowBytes)
        {
            int end = Math.Min(row + RowBytes, length);
            if (IsInside(owners, row, length))
            {
                if (!isSkipping)
                {
                    yield return "       :" + new string(' ', (RowBytes * CellChars) - 1) + ":";
                }

                isSkipping = true;
                continue;
            }

            string border = Border(end - row, above);
            yield return "       " + border;
            yield return $"{row,6} {Cells(owners, row, end)}";
            above = border;
            isSkipping = false;
        }

        if (length > 0)
        {
            int last = ((length - 1) % RowBytes) + 1;
            yield return "       " + Border(last, above: "");
        }
    }

    /// <summary>Whether row and the one after it belong to one field that began before: such rows look alike.</summary>
    private static bool IsInside(MemberLayout?[] owners, int row, int length)
    {
        MemberLayout? owner = owners[row];
        return owner is not null && row > owner.Offset && row + RowBytes < length && owner.End > row + RowBytes;
    }

    private static MemberLayout?[] Owners(IReadOnlyList<MemberLayout> members, int length)
    {
        var owners = new MemberLayout?[length];
        foreach (MemberLayout member in members)
        {
            for (int index = member.Offset; index < Math.Min(member.End, length); index++)
            {
                owners[index] = member;
            }
        }

        return owners;
    }

    private static string Border(int bytes, string above)
    {
        string own = "+" + string.Concat(Enumerable.Repeat(new string('-', CellChars - 1) + "+", bytes));
        return own.Length >= above.Length ? own : own + above[own.Length..];
    }

    private static string Cells(MemberLayout?[] owners, int row, int end)
    {
        var text = new StringBuilder("|");
        for (int index = row; index < end;)
        {
            int stop = index + 1;
            while (stop < end && ReferenceEquals(owners[stop], owners[index]))
            {
                stop++;
            }

            int width = ((stop - index) * CellChars) - 1;
            string label = owners[index] is not { } member ? "" : member.Offset == index ? member.Label.Name : "...";
            text.Append((label.Length <= width - 1 ? " " + label : label.Length <= width ? label : label[..(width - 1)] + "~").PadRight(width)).Append('|');
            index = stop;
        }

        return text.ToString();
    }
}
