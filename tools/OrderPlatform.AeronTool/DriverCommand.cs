using System.CommandLine;
using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Driver;

namespace OrderPlatform.AeronTool;

/// <summary>The command <c>driver</c>: a media driver in a process of its own, until the process is told to end.</summary>
internal static class DriverCommand
{
    private const int DirectoryFailure = 1;
    private const int WrongValue = 2;
    private const int DriverIsActive = 3;

    internal static Command Create(TextWriter output, TextWriter errors)
    {
        (DriverSetting Setting, Option<string[]> Option)[] options =
        [
            .. DriverSetting.All.Where(static setting => setting.Option is not null).Select(static setting => (setting, new Option<string[]>(setting.Option!)
            {
                Description = setting.Variable is null ? setting.Description : $"{setting.Description} [{setting.Variable}]",
                HelpName = setting.ValueName,
                Arity = setting.IsFlag ? ArgumentArity.Zero : ArgumentArity.OneOrMore,
            })),
        ];
        var command = new Command(
            "driver",
            "Run a media driver until SIGINT or SIGTERM. Where an option is absent, the reference's environment variable in brackets counts. " +
            "Exit code 0: ended as told, 1: its directory cannot be used, 2: a value cannot be, 3: another driver lives in the directory");
        foreach ((_, Option<string[]> option) in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(result => Run(output, errors, () => DriverSetting.Read(
            setting => options.Where(known => known.Setting == setting).Select(known => Given(result, known.Option, setting)).FirstOrDefault(),
            Environment.GetEnvironmentVariable)));
        return command;
    }

    private static string[]? Given(ParseResult result, Option<string[]> option, DriverSetting setting)
    {
        if (result.GetResult(option) is null)
            return null;
        return setting.IsFlag ? ["true"] : result.GetValue(option);
    }

    private static int Run(TextWriter output, TextWriter errors, Func<MediaDriverContext> settings)
    {
        try
        {
            // Registered first: who is told that the driver is ready may end it at once.
            using var end = new ManualResetEventSlim();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
            using var driver = MediaDriver.Launch(settings());
            output.WriteLine(
                $"ready: Aeron media driver in {driver.AeronDirectoryName}, pid {Environment.ProcessId}, threading {driver.Context.ThreadingMode}");
            output.Flush();
            end.Wait();
            return 0;

            void OnSignal(PosixSignalContext context)
            {
                context.Cancel = true;
                end.Set();
            }
        }
        catch (DriverActiveException active)
        {
            return Fail(errors, active, DriverIsActive);
        }
        catch (ArgumentException wrong)
        {
            return Fail(errors, wrong, WrongValue);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Fail(errors, failure, DirectoryFailure);
        }
    }

    private static int Fail(TextWriter errors, Exception failure, int code)
    {
        errors.WriteLine($"error: {DriverDirectory.Printable(failure.Message)}");
        return code;
    }
}
