namespace OrderPlatform.Admin.TimeTravel;

/// <summary>Lines that a person types, with history and completion.</summary>
/// <param name="complete">Words that may stand at the end of a line.</param>
internal sealed class PromptLines(Func<string, IReadOnlyList<string>> complete) : ILineSource
{
    private readonly LineEditor _editor = new(complete);

    public bool TryRead(string prompt, out string line)
    {
        _editor.Begin();
        Draw(prompt);
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control })
            {
                Console.WriteLine();
                line = "";
                return false;
            }

            bool isEnd = _editor.Take(key);
            if (isEnd)
            {
                Console.WriteLine();
                line = _editor.Text.Trim();
                return true;
            }

            if (_editor.Choices.Count > 0)
            {
                Console.WriteLine();
                Console.WriteLine(string.Join("  ", _editor.Choices));
            }

            Draw(prompt);
        }
    }

    // The line is written anew: carriage return, the text, the rest of the row erased, and the cursor put back to its place.
    private void Draw(string prompt)
    {
        string back = _editor.Cursor == _editor.Text.Length ? "" : $"\u001b[{_editor.Text.Length - _editor.Cursor}D";
        Console.Write($"\r{prompt}{_editor.Text}\u001b[K{back}");
    }
}
