using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Names taken from each other and from generated code: what the compiler accepts, C# accepts.</summary>
public sealed class NameFuzzTests
{
    private const int Seed = 20_260_102;
    private const int Rounds = 60;

    private const string Types = """
        <enum name="{0}" encodingType="uint8"><validValue name="{1}">1</validValue></enum>
        <set name="{2}" encodingType="uint8"><choice name="{3}">0</choice></set>
        <composite name="{4}"><type name="{5}" primitiveType="int32" presence="optional"/><ref name="{6}" type="{0}"/>
          <type name="{7}" primitiveType="int32" sinceVersion="3"/></composite>
        <type name="Str" primitiveType="char" length="4"/>
        """;

    private const string Message = """
        <message name="{8}" id="1">
          <field name="{9}" id="1" type="{0}" presence="optional"/>
          <field name="{10}" id="2" type="uint16"/>
          <field name="{11}" id="3" type="Str"/>
          <field name="{12}" id="4" type="{2}" sinceVersion="1"/>
          <field name="{13}" id="5" type="{4}" sinceVersion="2"/>
          <group name="{14}" id="6">
            <field name="{15}" id="7" type="{0}"/>
            <group name="{16}" id="8"><field name="{17}" id="9" type="uint8"/><data name="{18}" id="10" type="text"/></group>
          </group>
          <data name="{19}" id="11" type="text"/>
        </message>
        """;

    private static readonly string[] Usual =
    [
        "Kind", "Low", "Flags", "first", "Point", "x", "kindOfPoint", "z", "Order", "kind", "count16", "label", "flags", "at", "legs", "legKind", "parts", "n",
        "note", "memo",
    ];

    private static readonly string[] Decorations = ["", "", "", "", "Has", "Get", "Set", "TryGet", "Begin", "Encoder", "Decoder", "Length", "NullValue"];

    private static readonly string[] Taken =
    [
        "block", "buffer", "limit", "value", "index", "length", "header", "text", "problem", "actingVersion", "blockLength", "templateId", "count", "current",
        "next", "moveNext", "toString", "equals", "encodedLength", "int", "string", "class", "field", "System", "OrderPlatform", "MessageHeader", "small",
    ];

    [Test]
    public void What_is_accepted_compiles()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            object[] names = Names(random);
            string schema = SmallSchema.Of(Filled(Types, names), Filled(Message, names));
            CompilationResult result = SchemaCompiler.Compile(schema);
            if (result.Layout is null)
            {
                continue;
            }

            accepted++;
            Assert.That(GeneratedCode.Errors(result), Is.Empty, () => $"seed {Seed}, round {round}:\n{schema}");
        }

        TestContext.Out.WriteLine($"{accepted} of {Rounds} accepted");
        Assert.That(accepted, Is.InRange(Rounds / 10, Rounds - 3), "some names clash, some do not");
    }

    private static object[] Names(Random random)
    {
        string[] names = [.. Usual];
        for (int changes = 1 + random.Next(4); changes > 0; changes--)
        {
            string other = random.Next(4) == 0 ? Taken[random.Next(Taken.Length)] : Usual[random.Next(Usual.Length)];
            string decoration = Decorations[random.Next(Decorations.Length)];
            bool isBehind = decoration is "Encoder" or "Decoder" or "Length" or "NullValue";
            names[random.Next(names.Length)] = isBehind ? other + decoration : decoration + Upper(other, decoration);
        }

        return names;
    }

    private static string Upper(string name, string decoration) => decoration.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Filled(string format, object[] names) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, names);
}
