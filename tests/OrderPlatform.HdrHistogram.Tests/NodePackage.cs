using System.ComponentModel;
using System.Diagnostics;

namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>
/// An npm package, from the node_modules directory that an environment variable names, or installed into a folder of its own for as long as it is used.
/// Where it cannot be had the test is skipped with a message, but fails on continuous integration.
/// </summary>
internal sealed class NodePackage(string name, string version, string variable) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private string? _folder;

    /// <summary>Runs a script with the package's node_modules directory as its argument, and answers what it wrote.</summary>
    public string Run(string script, string input)
    {
        string modules = Modules();
        (int code, string output, string errors) = Start("node", [script, modules], input) ?? Missing("node is not on the path");
        Assert.That(code, Is.Zero, errors);
        return output;
    }

    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private string Modules()
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return Directory.Exists(Path.Combine(given, name)) ? given : Missing($"{variable} is {given}, where there is no {name}").Output;
        _folder = Directory.CreateTempSubdirectory(name).FullName;
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        string[] arguments = ["install", "--prefix", _folder, "--no-audit", "--no-fund", $"{name}@{version}"];
        (int code, string _, string errors) = Start(npm, arguments, "") ?? Missing("npm is not on the path");
        if (code != 0)
            Missing($"npm could not install it: {errors}");
        return Path.Combine(_folder, "node_modules");
    }

    private (int Code, string Output, string Errors) Missing(string reason)
    {
        string message = $"{name} is not there: {reason}. Install node and npm, or run \"npm install {name}@{version}\" "
            + $"and set {variable} to its node_modules directory.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(message);
        Assert.Ignore(message);
        throw new InvalidOperationException(message);
    }

    private static (int Code, string Output, string Errors)? Start(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            if (process.WaitForExit(Limit))
                return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
            process.Kill(entireProcessTree: true);
            return (-1, "", $"{program} did not end within {Limit}");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
