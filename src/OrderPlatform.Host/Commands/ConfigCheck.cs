using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Configuration.Linter;
using OrderPlatform.Messages;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Commands;

/// <summary>
/// <c>config check</c>: errors of the files, of what they name and of the engine's verdict on them go to the error stream, one line each; warnings and a
/// line a file to standard output.
/// </summary>
internal static class ConfigCheck
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Checks files, and the files of folders.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> places, bool isStrict)
    {
        int errors = 0;
        int warnings = 0;
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in places.SelectMany(FilesOf))
        {
            try
            {
                warnings += Check(file, owners);
            }
            catch (Exception e) when (e is ConfigurationException or SignalFileException or ArgumentException)
            {
                errors++;
                Console.Error.WriteLine($"error: {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        return errors > 0 || (isStrict && warnings > 0) ? Failures.BadInput : 0;
    }

    private static IEnumerable<string> FilesOf(string place)
    {
        if (!Directory.Exists(place))
        {
            return [place];
        }

        string[] files = [.. Directory.GetFiles(place)
            .Where(static path => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new ConfigurationException($"folder {place} has no strategy file: needed is a name that ends with .yaml, .yml or .json");
    }

    private static int Check(string file, Dictionary<string, string> owners)
    {
        RunConfiguration configuration = StrategyFile.Load(file);
        if (!owners.TryAdd(configuration.StrategyId, file))
        {
            throw new ConfigurationException(
                $"{file}: strategy_id {configuration.StrategyId} is that of {owners[configuration.StrategyId]}, too: each strategy needs its own");
        }

        RequireFiles(configuration);
        IReadOnlyList<SetupRefusal> refused = SetupTrial.Run(configuration.Setup);
        if (refused.Count > 0)
        {
            SetupRefusal first = refused[0];
            throw new ConfigurationException(
                $"{file}: the engine refuses {MessagesSchema.TemplateName(first.TemplateId)} {first.SubjectId} with {first.Reason}"
                + (refused.Count > 1 ? $", and {refused.Count - 1} more records" : ""));
        }

        IReadOnlyList<ConfigurationWarning> warnings = ConfigurationLinter.Check(configuration);
        foreach (ConfigurationWarning warning in warnings)
        {
            Console.Out.WriteLine($"warning: {ConfigurationLinter.TextOf(configuration, warning)}");
        }

        Console.Out.WriteLine($"{file}: no error, {warnings.Count} warning{(warnings.Count == 1 ? "" : "s")}");
        return warnings.Count;
    }

    // All of the signals are read: a row of tomorrow must not end a run of today.
    private static void RequireFiles(RunConfiguration configuration)
    {
        if (configuration.Signals.File is { } signals)
        {
            using SignalFile file = SignalFile.Open(signals);
            while (file.TryRead(out _))
            {
            }
        }

        if (configuration.Data.File is { } data && !File.Exists(data))
        {
            throw new ConfigurationException(
                $"{configuration.File}: data.file {data} does not exist: check the path (it is relative to the configuration's folder)");
        }
    }
}
