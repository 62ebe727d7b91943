using System.Text.Json;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Commands;

/// <summary>A strategy's state file (R166): JSON, written aside and renamed.</summary>
internal static class StrategyState
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static void Save(string path, MovingAverageCross strategy)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string aside = path + ".new";
        File.WriteAllText(aside, JsonSerializer.Serialize(strategy.SaveState(), Format));
        File.Move(aside, path, overwrite: true);
    }

    public static void Load(RunParts parts)
    {
        string path = parts.Configuration.StateFile
            ?? throw new ConfigurationException($"{parts.Configuration.File}: --resume-state needs state_file and save_state_on_stop: true");
        if (parts.Strategy is null)
        {
            throw new ConfigurationException($"{parts.Configuration.File}: --resume-state needs a strategy with state; signals of a file have none");
        }

        if (!File.Exists(path))
        {
            throw new ConfigurationException($"state file {path} does not exist: run once without --resume-state");
        }

        try
        {
            parts.Strategy.LoadState(JsonSerializer.Deserialize<MovingAverageState>(File.ReadAllText(path)) ?? throw new JsonException("it is empty"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ConfigurationException($"state file {path} cannot be used: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
