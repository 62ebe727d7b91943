using OrderPlatform.SbeTool.CommandLine;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>The commands decode, diff and doc, without a process.</summary>
public sealed class CommandTests
{
    private StringWriter _output = new();
    private StringWriter _errors = new();
    private byte[] _input = [];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sbe-{Guid.NewGuid():N}");

    [SetUp]
    public void Begin()
    {
        _output = new StringWriter();
        _errors = new StringWriter();
        Directory.CreateDirectory(_folder);
    }

    [TearDown]
    public void Clean()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Decode_prints_messages_one_after_the_other_as_lines_of_json()
    {
        GoldenCase first = Vector("order-v3");
        GoldenCase second = Vector("basket-v3");
        _input = [.. first.Bytes, .. second.Bytes];
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v3"), "-", "--format", "json"), Is.Zero, _errors.ToString());
        string[] lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1].TrimEnd(), Is.EqualTo(
            "{\"message\":\"Basket\",\"templateId\":3,\"schemaId\":114,\"version\":3,\"blockLength\":8,\"fields\":{\"id\":5,"
            + "\"items\":[{\"n\":1,\"mV1\":9},{\"n\":2,\"mV1\":8}],\"notesV2\":[{\"code\":7,\"text\":\"note\"}]},\"lengthBytes\":35}"));
    }

    [Test]
    public void Decode_reads_hexadecimal_digits_with_blanks_and_files()
    {
        byte[] bytes = Vector("basket-v3").Bytes;
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v3"), "--hex", string.Join(' ', bytes.Select(static value => value.ToString("x2")))), Is.Zero,
            _errors.ToString());
        string file = Path.Combine(_folder, "basket.bin");
        File.WriteAllBytes(file, bytes);
        string text = _output.ToString();
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v3"), file), Is.Zero, _errors.ToString());
        Assert.That((_output.ToString(), text), Is.EqualTo((text + text, text)));
        Assert.That(text, Does.StartWith("Basket (template 3, schema 114, version 3, block 8 bytes)\n  id = 5\n"));
    }

    [Test]
    public void Decode_says_where_the_bytes_stop_being_messages()
    {
        byte[] bytes = Vector("basket-v3").Bytes;
        _input = [.. bytes, .. bytes[..20]];
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v3"), "-"), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.StartWith(
            "error: offset 53, in the message at 35: Basket.items: 2 entries of at least 2 bytes need 4, 0 are left"));
    }

    [Test]
    public void Decode_says_that_a_newer_message_may_end_later_than_the_schema_knows()
    {
        _input = Vector("basket-v3").Bytes;
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v1"), "-"), Is.EqualTo(1));
        Assert.That(_output.ToString(), Does.StartWith("Basket (template 3, schema 114, version 3, block 8 bytes)\n"));
        Assert.That(_errors.ToString(), Does.Contain("note: messages before are of version 3, the schema is version 1"));
    }

    [TestCase("--hex", "0")]
    [TestCase("--hex", "zz")]
    public void Decode_refuses_what_is_no_hexadecimal_text(string option, string value)
    {
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v3"), option, value), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.StartWith("--hex: error: cannot read"));
    }

    [Test]
    public void Decode_needs_bytes_from_exactly_one_place()
    {
        Assert.That(Run("decode", Golden.SchemaPath("evolution-v3")), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain("either a file or --hex"));
    }

    [Test]
    public void Diff_has_an_exit_code_for_each_verdict()
    {
        string old = Write("old.xml", SchemaPair.Old);
        string renamed = Write("renamed.xml", SchemaPair.Changed("name=\"last\"", "name=\"final\""));
        string broken = Write("broken.xml", SchemaPair.Changed("length=\"8\"", "length=\"12\""));
        string invalid = Write("invalid.xml", "<messageSchema/>");
        Assert.That((Run("diff", old, renamed), Run("diff", old, broken), Run("diff", old, invalid)), Is.EqualTo((0, 2, 1)));
        Assert.That(_output.ToString(), Does.Contain($"{broken}(22,6): breaks readers of both versions: message M, field name: its length changes from 8 "
            + $"to 12, "));
        Assert.That(_output.ToString(), Does.Contain("compatible: 1 changes, none breaks the wire").And.Contain($"{renamed}(24,6): source only: "));
    }

    [Test]
    public void Doc_writes_the_same_document_again()
    {
        string file = Path.Combine(_folder, "doc.md");
        Assert.That(Run("doc", Golden.SchemaPath("groups-le"), "--out", file), Is.Zero, _errors.ToString());
        string first = File.ReadAllText(file);
        Assert.That(Run("doc", Golden.SchemaPath("groups-le"), "--out", file), Is.Zero, _errors.ToString());
        Assert.That(File.ReadAllText(file), Is.EqualTo(first).And.Contain("## Messages"));
    }

    [TestCase("generate")]
    [TestCase("validate")]
    [TestCase("diff")]
    [TestCase("decode")]
    [TestCase("doc")]
    [TestCase("rules")]
    public void Every_command_has_a_description(string command) =>
        Assert.That(SbeCommands.Root(_output, _errors).Subcommands.Single(candidate => candidate.Name == command).Description, Is.Not.Empty);

    private static GoldenCase Vector(string name) => Golden.SameVersion.Single(item => item.Name == $"evolution-v3: {name}");

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private int Run(params string[] arguments) => SbeCommands.Root(_output, _errors, () => new MemoryStream(_input)).Parse(arguments).Invoke();
}
