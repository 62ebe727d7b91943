using OrderPlatform.SbeTool.CommandLine;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The commands, without a process.</summary>
public sealed class CommandLineTests
{
    private StringWriter _output = new();
    private StringWriter _errors = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sbe-{Guid.NewGuid():N}");

    [SetUp]
    public void Begin()
    {
        _output = new StringWriter();
        _errors = new StringWriter();
    }

    [TearDown]
    public void Clean()
    {
        _output.Dispose();
        _errors.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public void Generate_writes_one_file_a_type()
    {
        string schema = Path.Combine(Golden.Folder, "schemas", "header-named.xml");
        Assert.That(Run("generate", schema, "--out", _folder), Is.Zero, _errors.ToString());
        Assert.That(
            Directory.GetFiles(_folder).Select(Path.GetFileName),
            Is.EquivalentTo(["MessageHeader.g.cs", "NamedSchema.g.cs", "MEncoder.g.cs", "MDecoder.g.cs"]));
    }

    [Test]
    public void A_bad_schema_is_one_line_with_file_line_and_column_and_exit_code_1()
    {
        Directory.CreateDirectory(_folder);
        string schema = Path.Combine(_folder, "bad.xml");
        File.WriteAllText(schema, "<messageSchema package=\"t\" id=\"1\">\n  <mesage/>");
        Assert.That(Run("validate", schema), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.StartWith($"{schema}(2,").And.Contain("error SBE0001: "));
    }

    [Test]
    public void A_missing_schema_is_an_error_and_not_an_exception()
    {
        Assert.That(Run("validate", Path.Combine(_folder, "none.xml")), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain("cannot read"));
    }

    private int Run(params string[] arguments) => SbeCommands.Root(_output, _errors).Parse(arguments).Invoke();
}
