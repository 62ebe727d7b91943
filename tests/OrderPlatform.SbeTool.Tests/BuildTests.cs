using System.Diagnostics;
using OrderPlatform.SbeTool.Generator;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The build item in a project of its own, built by the real build.</summary>
public sealed class BuildTests
{
    private const string Schema = """
        <messageSchema package="t" id="1" xmlns:xi="http://www.w3.org/2001/XInclude">
          <xi:include href="common/types.xml"/>
          <message name="Ping" id="1">
            <field name="number" id="1" type="uint32"/>
          </message>
        </messageSchema>
        """;

    private const string Types = """
        <types>
          <composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
            <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
          <enum name="Kind" encodingType="uint8"><validValue name="Old">1</validValue></enum>
        </types>
        """;

    private const string Use = "public static class Use { public static int Length => t.PingEncoder.BlockLength; public const t.Kind Kind = t.Kind.Old; }";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sbe-build-{Guid.NewGuid():N}");

    [TearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void An_item_becomes_codecs_again_only_when_its_file_changes_and_its_faults_are_errors_of_the_build()
    {
        string types = Path.Combine(_folder, "common", "types.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(types)!);
        File.WriteAllText(Path.Combine(_folder, "p.csproj"), Project());
        File.WriteAllText(Path.Combine(_folder, "Use.cs"), Use);
        string schema = Path.Combine(_folder, "ping.xml");
        File.WriteAllText(schema, Schema.Replace("uint32", "nothing", StringComparison.Ordinal));
        File.WriteAllText(types, Types.Replace(">1<", ">many<", StringComparison.Ordinal));
        (int exitCode, string output) = Build();
        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("ping.xml(4,6): error SBE0010: "), "the place is the schema's");
        Assert.That(output, Does.Contain(Path.Combine("common", "types.xml") + "(4,43): error SBE0021: "), "the place is the included file's");

        File.WriteAllText(schema, Schema);
        File.WriteAllText(types, Types);
        (exitCode, output) = Build();
        Assert.That(exitCode, Is.Zero, output);
        string assembly = Path.Combine(_folder, "obj", "Debug", "net10.0", "p.dll");
        DateTime built = File.GetLastWriteTimeUtc(assembly);
        (exitCode, output) = Build();
        Assert.That((exitCode, File.GetLastWriteTimeUtc(assembly)), Is.EqualTo((0, built)), "nothing changed, nothing was compiled");

        File.WriteAllText(types, Types.Replace("Old", "New", StringComparison.Ordinal));
        (exitCode, output) = Build();
        Assert.That(output, Does.Contain("Use.cs(1,").And.Contain("CS0117"), "the old value is gone from the included file and from the code");
        Assert.That(exitCode, Is.Not.Zero);
    }

    private static string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <SbeToolGenerator>{typeof(SbeGenerator).Assembly.Location}</SbeToolGenerator>
            <SbeToolRuntime>{typeof(Sbe.SbeException).Assembly.Location}</SbeToolRuntime>
          </PropertyGroup>
          <Import Project="{Path.Combine(Repository.Root, "tools", "OrderPlatform.SbeTool", "OrderPlatform.SbeTool.props")}" />
          <ItemGroup>
            <SbeSchema Include="ping.xml" />
            <SbeInclude Include="common/*.xml" />
          </ItemGroup>
        </Project>
        """;

    private (int ExitCode, string Output) Build()
    {
        // No servers and no reused nodes: nothing of the build may outlive the test.
        var start = new ProcessStartInfo("dotnet", ["build", "p.csproj", "-nologo", "-clp:NoSummary", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
