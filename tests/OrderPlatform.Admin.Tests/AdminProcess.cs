using System.Text.Json;

namespace OrderPlatform.Admin.Tests;

/// <summary>What a run of <c>op-admin</c> left.</summary>
internal sealed record AdminResult(int ExitCode, string Output, string Errors)
{
    /// <summary>That it ended well.</summary>
    public AdminResult Succeeded(int exitCode = 0)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Errors + Output);
        Assert.That(Errors, Does.Not.Contain("error:"));
        return this;
    }

    /// <summary>Its output as JSON.</summary>
    public JsonElement Json() => JsonDocument.Parse(Output).RootElement;

    /// <summary>That it ended with one clear line and nothing else.</summary>
    public void WasRefused(int exitCode, params string[] expected)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Errors + Output);
        Assert.That(Errors, Does.StartWith("error: ").And.Not.Contain(" at OrderPlatform.").And.Not.Contain("fault of the program"));
        Assert.That(Errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1), Errors);
        Assert.That(Output, Is.Empty);
        foreach (string part in expected)
        {
            Assert.That(Errors, Does.Contain(part));
        }
    }
}

/// <summary>The built executable as a process, as a person starts it.</summary>
internal sealed class AdminProcess : ToolProcess
{
    private AdminProcess(IEnumerable<string> arguments)
        : base("op-admin.dll", arguments)
    {
    }

    /// <summary>Starts it; what it prints can be read while it runs.</summary>
    public static AdminProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end.</summary>
    public static AdminResult Run(params string[] arguments)
    {
        using var process = new AdminProcess(arguments);
        int exitCode = process.WaitForEnd();
        return new AdminResult(exitCode, process.Output, process.Errors);
    }
}
