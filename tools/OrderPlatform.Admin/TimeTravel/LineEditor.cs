using System.Text;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary>A line that is typed: keys change it; what came before can be called back, and words are completed. It knows nothing of a screen.</summary>
/// <param name="complete">Words that may stand at the end of a line, whole.</param>
internal sealed class LineEditor(Func<string, IReadOnlyList<string>> complete)
{
    private const int HistoryMax = 500;

    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private string _typed = "";
    private int _place;
    private int _called;

    /// <summary>What stands there.</summary>
    public string Text => _line.ToString();

    /// <summary>Where the next character goes.</summary>
    public int Cursor => _place;

    /// <summary>Words that the last completion left to choose from.</summary>
    public IReadOnlyList<string> Choices { get; private set; } = [];

    /// <summary>Begins a line.</summary>
    public void Begin()
    {
        Set("");
        _called = _history.Count;
    }

    /// <summary>Takes a key.</summary>
    /// <returns>True if it ends the line.</returns>
    public bool Take(ConsoleKeyInfo key)
    {
        Choices = [];
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                Remember();
                return true;
            case ConsoleKey.Backspace when _place > 0:
                _line.Remove(--_place, 1);
                break;
            case ConsoleKey.Delete when _place < _line.Length:
                _line.Remove(_place, 1);
                break;
            case ConsoleKey.LeftArrow:
                _place = Math.Max(0, _place - 1);
                break;
            case ConsoleKey.RightArrow:
                _place = Math.Min(_line.Length, _place + 1);
                break;
            case ConsoleKey.Home:
                _place = 0;
                break;
            case ConsoleKey.End:
                _place = _line.Length;
                break;
            case ConsoleKey.Escape:
                Set("");
                break;
            case ConsoleKey.UpArrow:
                Call(_called - 1);
                break;
            case ConsoleKey.DownArrow:
                Call(_called + 1);
                break;
            case ConsoleKey.Tab:
                Complete();
                break;
            case var _ when !char.IsControl(key.KeyChar):
                _line.Insert(_place++, key.KeyChar);
                break;
        }

        return false;
    }

    private void Remember()
    {
        string line = Text.Trim();
        if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
        }

        if (_history.Count > HistoryMax)
        {
            _history.RemoveAt(0);
        }
    }

    private void Call(int which)
    {
        if (which < 0 || which > _history.Count)
        {
            return;
        }

        if (_called == _history.Count)
        {
            _typed = Text;
        }

        _called = which;
        Set(which == _history.Count ? _typed : _history[which]);
    }

    private void Complete()
    {
        string before = Text[.._place];
        int begin = before.LastIndexOfAny([' ', '(', ',', '\'', '"']) + 1;
        string word = before[begin..];
        string[] fitting = [.. complete(before[..begin]).Where(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        string common = Common(fitting);
        Choices = fitting.Length > 1 && common.Length <= word.Length ? fitting : [];
        if (common.Length >= word.Length && fitting.Length > 0)
        {
            string end = fitting.Length == 1 && begin == 0 ? common + " " : common;
            _line.Remove(begin, _place - begin).Insert(begin, end);
            _place = begin + end.Length;
        }
    }

    private static string Common(string[] words)
    {
        string common = words.FirstOrDefault() ?? "";
        foreach (string word in words)
        {
            int length = 0;
            while (length < Math.Min(common.Length, word.Length) && char.ToLowerInvariant(common[length]) == char.ToLowerInvariant(word[length]))
            {
                length++;
            }

            common = common[..length];
        }

        return common;
    }

    private void Set(string text)
    {
        _line.Clear().Append(text);
        _place = text.Length;
    }
}
