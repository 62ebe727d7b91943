using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Live.Checks;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Live;

/// <summary><c>doctor [journal] [--config file]</c>: machine, disk, permissions, journal, engine and configuration, each with a remedy.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        journal.Arity = ArgumentArity.ZeroOrOne;
        var config = new Option<string?>("--config") { Description = "A strategy file or a deployment: it is read as the host does, its channels and driver are tried." };
        var command = new Command(
            "doctor", "What keeps an engine from running well here: clock, disk, permissions, versions, journal, snapshots, the running process, configuration; each with a remedy. "
            + "Exit code 4 if something is an error. Example: op-admin doctor journal/odum/0001 --config samples/odum.yaml")
        {
            journal, config,
        };
        command.SetAction(parsed => Failures.Guard(() => Run(parsed, parsed.GetValue(journal), parsed.GetValue(config))));
        return command;
    }

    private static int Run(ParseResult parsed, string? given, string? config)
    {
        string? journal = given is null ? null : JournalArgument.Resolve(given);
        List<Finding> findings = [.. MachineChecks.Run(TimeProvider.System)];
        bool isThere = journal is not null && Directory.Exists(journal);
        findings.AddRange(DiskChecks.Run(isThere ? journal! : Environment.CurrentDirectory));
        if (isThere)
        {
            findings.AddRange(DiskChecks.Permissions(journal!));
            findings.AddRange(JournalChecks.Run(journal!, TimeProvider.System));
            findings.AddRange(EngineChecks.Run(journal!));
        }
        else if (journal is not null)
        {
            // It says so as every verb does.
            JournalInspection.Inspect(journal);
        }

        if (config is not null)
        {
            findings.AddRange(ConfigurationChecks.Run(config, isThere && JournalInspection.HasWriter(journal!)));
        }

        return Tell(parsed, journal, findings);
    }

    private static int Tell(ParseResult parsed, string? journal, List<Finding> findings)
    {
        var answer = new Answer("doctor", journal);
        int errors = findings.Count(static finding => finding.Level == FindingLevel.Error);
        answer.Fact("errors", "errors", Value.Number(errors));
        answer.Fact("warnings", "warnings", Value.Number(findings.Count(static finding => finding.Level == FindingLevel.Warning)));
        AnswerTable table = answer.Table("findings", "Findings", "level", "area", "finding", "remedy");
        foreach (Finding finding in findings)
        {
            table.Row(Value.Text(finding.Level.ToString().ToLowerInvariant()), Value.Text(finding.Area), Value.Text(finding.What), Value.Text(finding.Remedy));
        }

        return answer.Write(parsed, errors > 0 ? ExitCodes.No : ExitCodes.Done);
    }
}
