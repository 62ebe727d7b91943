using System.Diagnostics;
using System.Text.Json;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Operating;

/// <summary>The operator's end of the way in: sends a command to the process that runs an engine on a journal, and waits for its answer.</summary>
public static class OperatorClient
{
    private const int LookIntervalMillis = 10;
    private const int AnswerLengthMax = 65_536;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Sends a command. Whatever happens, the answer says whether it was executed.</summary>
    /// <param name="journal">The folder of the journal.</param>
    /// <param name="message">An operator's input with its header.</param>
    /// <param name="timeout">How long it may wait to be taken; then it is taken back.</param>
    /// <param name="cancellation">Takes it back, too.</param>
    /// <exception cref="OperatorException">No engine runs there, too many commands wait, or this user may not operate: nothing was sent.</exception>
    public static OperatorAnswer Send(string journal, ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellation = default)
    {
        OperatorFolder folder = OperatorFolder.Of(journal);
        RunningEngine engine = RunningEngine.Read(folder)
            ?? throw new OperatorException($"{journal}: no engine runs on this journal: start it with run … --journal {journal}");
        if (!engine.IsAlive)
        {
            throw new OperatorException($"{journal}: the engine that ran on it is gone ({engine}): continue the run with run … --journal {journal}, then command");
        }

        RequestId request = RequestId.New();
        Put(folder, engine, request, message);
        return Await(journal, folder, engine, request, timeout, cancellation);
    }

    private static void Put(OperatorFolder folder, RunningEngine engine, RequestId request, ReadOnlySpan<byte> message)
    {
        try
        {
            if (Directory.EnumerateFiles(folder.Inbox).Skip(OperatorFolder.WaitingMax - 1).Any())
            {
                throw new OperatorException($"{folder.Inbox}: {OperatorFolder.WaitingMax} commands wait already: see with 'doctor' whether the engine takes them");
            }

            AtomicFile.Write(folder.Inbox, folder.CommandOf(engine.Token, request), CommandFile.Encode(engine.Token, request, message));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{folder.Inbox}: {failure.Message}: whoever operates must be able to write there", failure);
        }
    }

    private static OperatorAnswer Await(
        string journal, OperatorFolder folder, RunningEngine engine, RequestId request, TimeSpan timeout, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        string command = folder.CommandOf(engine.Token, request);
        long takenAt = 0;
        while (true)
        {
            if (TryAnswer(folder, request) is { } answer)
            {
                return answer;
            }

            bool isThere = File.Exists(command);
            bool isGone = !engine.IsAlive || RunningEngine.Read(folder)?.Token != engine.Token;
            if (isThere && (isGone || cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(start) > timeout))
            {
                // Either this rename succeeds or the engine's did: nobody executes what is taken back.
                string aside = Path.Combine(folder.Inbox, OperatorFolder.TemporaryPrefix + request);
                if (AtomicFile.TryMove(command, aside))
                {
                    File.Delete(aside);
                    return new OperatorAnswer(request.ToString(), OperatorOutcome.Withdrawn)
                    {
                        Why = isGone ? "the engine ended before it took the command" : "the engine did not take the command in time",
                    };
                }
            }
            else if (!isThere)
            {
                takenAt = takenAt == 0 ? Stopwatch.GetTimestamp() : takenAt;
                if (isGone)
                {
                    return TryAnswer(folder, request) ?? OfJournal(journal, engine, request);
                }

                if (Stopwatch.GetElapsedTime(takenAt) > AnswerLimit)
                {
                    return new OperatorAnswer(request.ToString(), OperatorOutcome.Unanswered) { Why = "the engine took it and has not answered: it becomes an input, or already is one" };
                }
            }

            Thread.CurrentThread.Join(LookIntervalMillis);
        }
    }

    private static OperatorAnswer? TryAnswer(OperatorFolder folder, RequestId request)
    {
        string path = folder.AnswerOf(request);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return null;
            }

            OperatorAnswer? answer = file.Length > AnswerLengthMax ? null : JsonSerializer.Deserialize(File.ReadAllBytes(path), OperatorJson.Default.OperatorAnswer);
            File.Delete(path);
            return answer ?? new OperatorAnswer(request.ToString(), OperatorOutcome.Unanswered) { Why = $"{path} is no answer" };
        }
        catch (JsonException)
        {
            return new OperatorAnswer(request.ToString(), OperatorOutcome.Unanswered) { Why = $"{path} is damaged" };
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new OperatorAnswer(request.ToString(), OperatorOutcome.Unanswered) { Why = $"{path} cannot be read: {failure.Message}" };
        }
    }

    // The process took it and ended without a word: its journal alone knows, and nobody adds to that any more.
    private static OperatorAnswer OfJournal(string journal, RunningEngine engine, RequestId request)
    {
        using JournalReader reader = JournalReader.Open(
            journal, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId, FromSequence = Math.Max(1, engine.FirstSequence), IsFollowing = true });
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl && JournaledInput.OriginOf(record) is { IsOperator: true } origin && origin.Number == request.Number)
            {
                return new OperatorAnswer(request.ToString(), OperatorOutcome.Journaled)
                {
                    Sequence = record.Sequence,
                    Why = "the engine ended after it was journaled, and before it answered",
                };
            }
        }

        return new OperatorAnswer(request.ToString(), OperatorOutcome.Lost) { Why = "the engine took it and ended before it was journaled: nothing has changed" };
    }
}
