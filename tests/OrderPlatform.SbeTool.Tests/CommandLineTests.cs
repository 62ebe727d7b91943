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
    public void Included_files_lie_beside_the_schema_and_their_faults_are_told_with_their_names()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "common"));
        string schema = Path.Combine(_folder, "schema.xml");
        string types = Path.Combine(_folder, "common", "types.xml");
        string header = string.Concat(new[] { "blockLength", "templateId", "schemaId", "version" }.Select(
            static name => $"<type name=\"{name}\" primitiveType=\"uint16\"/>"));
        File.WriteAllText(schema, "<messageSchema package=\"t\" id=\"1\"><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"common/types.xml\"/>"
            + "<message name=\"M\" id=\"1\"/></messageSchema>");
        Assert.That(Run("validate", schema), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain($"{schema}(1,36): error SBE0007: there is no file "));
        File.WriteAllText(types, $"<types><composite name=\"messageHeader\">{header}</composite></types>");
        Assert.That(Run("validate", schema), Is.Zero, _errors.ToString());
        File.WriteAllText(types, $"<types>\n<composite name=\"messageHeader\">{header}</composite><type name=\"T\" primitiveType=\"none\"/></types>");
        Assert.That(Run("validate", schema), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain($"{types.Replace('\\', '/')}(2,").And.Contain("error SBE0010: "));
    }

    [Test]
    public void A_missing_schema_is_an_error_and_not_an_exception()
    {
        Assert.That(Run("validate", Path.Combine(_folder, "none.xml")), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain("cannot read"));
    }

    private int Run(params string[] arguments) => SbeCommands.Root(_output, _errors).Parse(arguments).Invoke();
}
