namespace OrderPlatform.Admin;

/// <summary>How a verb ends; what goes wrong ends by the codes of <see cref="Host.Commands.Failures"/>.</summary>
internal static class ExitCodes
{
    /// <summary>Answered, and where something was asked, the answer is yes.</summary>
    public const int Done = 0;

    /// <summary>A person asked for what is not there: a client, an order, a limit, an engine that runs.</summary>
    public const int BadInput = Host.Commands.Failures.BadInput;

    /// <summary>A journal is damaged, torn or missing.</summary>
    public const int BadJournal = Host.Commands.Failures.BadJournal;

    /// <summary>The answer is no: a verification failed, two things differ, something never became true.</summary>
    public const int No = 4;
}
