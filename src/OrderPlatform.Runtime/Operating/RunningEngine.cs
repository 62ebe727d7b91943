using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderPlatform.Runtime.Operating;

/// <summary>The process that runs an engine on a journal and takes commands there: the file <c>operator/running</c>, written at each start.</summary>
/// <param name="Token">Random, of this start alone: a command names it, so that no later start executes it.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it began, in the system's own count, which tells it from a later process of the same id.</param>
/// <param name="Machine">On which machine.</param>
/// <param name="Epoch">The engine's epoch.</param>
/// <param name="FirstSequence">The last input of the journal before this start's.</param>
/// <param name="StartedAt">When, by the wall clock.</param>
public sealed record RunningEngine(string Token, int ProcessId, long ProcessStart, string Machine, int Epoch, long FirstSequence, DateTimeOffset StartedAt)
{
    /// <summary>Characters of a token.</summary>
    public const int TokenLength = 16;

    private const int FileLengthMax = 4_096;

    /// <summary>Whether the process is there. On another machine nobody can see that: it is taken to be.</summary>
    [JsonIgnore]
    public bool IsAlive => Machine != Environment.MachineName || ProcessIdentity.StartOf(ProcessId) == ProcessStart;

    /// <summary>This process.</summary>
    /// <param name="epoch">The engine's epoch.</param>
    /// <param name="firstSequence">The journal's last input so far.</param>
    /// <param name="now">The time.</param>
    public static RunningEngine OfThisProcess(int epoch, long firstSequence, DateTimeOffset now)
    {
        string token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        return new RunningEngine(token, Environment.ProcessId, ProcessIdentity.StartOf(Environment.ProcessId) ?? 0, Environment.MachineName, epoch, firstSequence, now);
    }

    /// <summary>Reads the file of a journal.</summary>
    /// <returns>Null if no process has begun on it, or the last one ended in order.</returns>
    /// <exception cref="OperatorException">The file cannot be read, or is none.</exception>
    public static RunningEngine? Read(OperatorFolder folder)
    {
        try
        {
            var file = new FileInfo(folder.RunningFile);
            if (!file.Exists)
            {
                return null;
            }

            RunningEngine? engine = file.Length > FileLengthMax ? null : JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), OperatorJson.Default.RunningEngine);
            return engine is { Token.Length: TokenLength } && engine.Token.All(char.IsAsciiHexDigitLower)
                ? engine
                : throw Damaged(folder, "it is not what an engine writes");
        }
        catch (JsonException failure)
        {
            throw Damaged(folder, failure.Message.Split('\n')[0]);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{folder.RunningFile}: {failure.Message} (whoever operates must be able to read and write {folder.Root})", failure);
        }
    }

    internal void Write(OperatorFolder folder) =>
        AtomicFile.Write(folder.Root, folder.RunningFile, JsonSerializer.SerializeToUtf8Bytes(this, OperatorJson.Default.RunningEngine));

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"process {ProcessId} on {Machine}, epoch {Epoch}, since {StartedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");

    private static OperatorException Damaged(OperatorFolder folder, string why) =>
        new($"{folder.RunningFile} is damaged ({why}): stop the engine if one runs, remove the file, and start it again");
}

/// <summary>Something about the operator's way in: one line that says what and what to do.</summary>
public sealed class OperatorException : Exception
{
    /// <summary>One line.</summary>
    public OperatorException(string message)
        : base(message)
    {
    }

    /// <summary>One line, and what it came from.</summary>
    public OperatorException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
