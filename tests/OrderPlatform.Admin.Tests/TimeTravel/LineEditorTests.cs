using OrderPlatform.Admin.TimeTravel;

namespace OrderPlatform.Admin.Tests.TimeTravel;

/// <summary>The line of the prompt: keys, history, completion.</summary>
internal sealed class LineEditorTests
{
    private readonly LineEditor _editor = new(TravelSession.Complete);

    [SetUp]
    public void Begin() => _editor.Begin();

    [Test]
    public void Keys_change_the_line_where_the_cursor_is()
    {
        Type("stp");
        Press(ConsoleKey.LeftArrow);
        Type("e");
        Assert.That((_editor.Text, _editor.Cursor), Is.EqualTo(("step", 3)));
        Press(ConsoleKey.End, ConsoleKey.Backspace, ConsoleKey.Home, ConsoleKey.Delete);
        Assert.That((_editor.Text, _editor.Cursor), Is.EqualTo(("te", 0)));
        Press(ConsoleKey.LeftArrow, ConsoleKey.Backspace, ConsoleKey.RightArrow, ConsoleKey.RightArrow, ConsoleKey.RightArrow, ConsoleKey.Delete);
        Assert.That((_editor.Text, _editor.Cursor), Is.EqualTo(("te", 2)));
        Press(ConsoleKey.Escape);
        Assert.That(_editor.Text, Is.Empty);
    }

    [Test]
    public void What_came_before_is_called_back_and_what_was_typed_is_kept()
    {
        foreach (string line in new[] { "step 5", "back", "back" })
        {
            _editor.Begin();
            Type(line);
            Press(ConsoleKey.Enter);
        }

        _editor.Begin();
        Type("sh");
        Press(ConsoleKey.UpArrow);
        Assert.That(_editor.Text, Is.EqualTo("back"));
        Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow);
        Assert.That(_editor.Text, Is.EqualTo("step 5"));
        Press(ConsoleKey.DownArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow);
        Assert.That(_editor.Text, Is.EqualTo("sh"));
    }

    [TestCase("un", "until ")]
    [TestCase("show li", "show limits")]
    [TestCase("until draw", "until drawdown")]
    [TestCase("until mark('BTCUSDT') > 5 and posi", "until mark('BTCUSDT') > 5 and position")]
    [TestCase("nonsense", "nonsense")]
    public void Tab_completes_a_word(string typed, string expected)
    {
        Type(typed);
        Press(ConsoleKey.Tab);
        Assert.That(_editor.Text, Is.EqualTo(expected));
    }

    [Test]
    public void Tab_goes_as_far_as_the_words_agree_and_then_names_them()
    {
        Type("show p");
        Press(ConsoleKey.Tab);
        Assert.That(_editor.Text, Is.EqualTo("show p"));
        Assert.That(_editor.Choices, Is.EquivalentTo(new[] { "parents", "positions" }));
        Type("a");
        Assert.That(_editor.Choices, Is.Empty);
    }

    private void Type(string text)
    {
        foreach (char c in text)
        {
            _editor.Take(new ConsoleKeyInfo(c, ConsoleKey.None, shift: false, alt: false, control: false));
        }
    }

    private void Press(params ConsoleKey[] keys)
    {
        foreach (ConsoleKey key in keys)
        {
            _editor.Take(new ConsoleKeyInfo('\0', key, shift: false, alt: false, control: false));
        }
    }
}
