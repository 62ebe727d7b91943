using System.CommandLine;
using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Host.Commands;

/// <summary>What a user may say of the self-check of a live run.</summary>
internal sealed class SelfCheckOptions
{
    private readonly Option<int?> _every = new("--checkpoint-every")
    {
        Description = "Write a checkpoint after so many inputs when none waits, at the latest after sixteen times as many; default: 65536.",
    };

    private readonly Option<bool> _off = new("--no-self-check") { Description = "Run without the follower that checks the live engine; --snapshot-every needs it." };

    public SelfCheckOptions() => _every.Validators.Add(static result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int every) && every < 1)
        {
            result.AddError($"--checkpoint-every is {every}, give 1 or more inputs");
        }
    });

    public void AddTo(Command command)
    {
        command.Options.Add(_every);
        command.Options.Add(_off);
    }

    /// <summary>How the run journals, with what was said.</summary>
    /// <exception cref="ArgumentException">Snapshots are wanted from a follower that is not.</exception>
    public RunJournal Read(ParseResult parsed, RunJournal journal)
    {
        bool isOff = parsed.GetValue(_off);
        return isOff && journal.SnapshotEvery is not null
            ? throw new ArgumentException("--snapshot-every needs the follower: leave --no-self-check or --snapshot-every away")
            : journal with
            {
                HasSelfCheck = !isOff,
                Checkpoints = parsed.GetValue(_every) is { } every ? CheckpointSpacing.Every(every) : CheckpointSpacing.Default,
            };
    }
}
