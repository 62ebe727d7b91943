namespace OrderPlatform.Engine.Tests.Purity;

public class PurityTests
{
    [Test]
    public void No_file_of_the_engine_knows_a_clock_chance_floating_point_threads_or_hash_order()
    {
        string folder = EngineFolder();
        string[] files = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !IsBuilt(folder, file))
            .Order(StringComparer.Ordinal)];
        Assert.That(files, Has.Length.GreaterThan(40), "the engine was found");
        string[] found = [.. files.SelectMany(file => PurityRules.Check(Path.GetRelativePath(folder, file), File.ReadAllText(file)))];
        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    [TestCase("double x;", "'double'")]
    [TestCase("float x;", "'float'")]
    [TestCase("decimal x;", "'decimal'")]
    [TestCase("Half x;", "'Half'")]
    [TestCase("System.Double x;", "'Double'")]
    [TestCase("long x = (long)1.5;", "the literal 1.5")]
    [TestCase("long x = (long)1e3f;", "the literal 1e3f")]
    [TestCase("long x = (long)2m;", "the literal 2m")]
    [TestCase("async void M() { }", "'async'")]
    [TestCase("void M() { lock (this) { } }", "'lock'")]
    [TestCase("long x = DateTime.UtcNow.Ticks;", "'DateTime'")]
    [TestCase("int x = new Random().Next();", "'Random'")]
    [TestCase("object x = Guid.NewGuid();", "'Guid'")]
    [TestCase("long x = Stopwatch.GetTimestamp();", "'Stopwatch'")]
    public void A_planted_fault_is_found_with_its_file_and_line(string member, string what) =>
        Assert.That(PurityRules.Check("Planted.cs", $"class C\n{{\n    {member}\n}}"), Is.EqualTo(new[] { $"Planted.cs:3: {what}" }));

    [Test]
    public void A_planted_using_of_linq_is_found() =>
        Assert.That(PurityRules.Check("Planted.cs", "using System.Linq;\nclass C { }"), Is.EqualTo(new[] { "Planted.cs:1: 'System.Linq'" }));

    [Test]
    public void A_planted_loop_over_a_dictionary_is_found()
    {
        const string Text = "class C\n{\n    Dictionary<int, int> _map;\n    void M()\n    {\n        foreach (var pair in _map) { }\n    }\n}";
        Assert.That(PurityRules.Check("Planted.cs", Text), Is.EqualTo(new[] { "Planted.cs:3: 'Dictionary'", "Planted.cs:6: foreach over _map" }));
    }

    [Test]
    public void Comments_and_texts_may_say_what_they_like() =>
        Assert.That(PurityRules.Check("Fine.cs", "class C { /* a double of DateTime */ string _text = \"Random 1.5\"; }"), Is.Empty);

    private static bool IsBuilt(string folder, string file) => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is "obj" or "bin";

    private static string EngineFolder()
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "src", "OrderPlatform.Engine");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        string place = TestContext.CurrentContext.TestDirectory;
        throw new DirectoryNotFoundException($"no src/OrderPlatform.Engine above {place}: run the tests inside the repository");
    }
}
