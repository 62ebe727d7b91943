using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Auditing;
using OrderPlatform.Admin.Explaining;
using OrderPlatform.Admin.Journals;
using OrderPlatform.Admin.Journals.Minimising;
using OrderPlatform.Admin.Journals.Snapshots;
using OrderPlatform.Admin.Live;
using OrderPlatform.Admin.Operating;
using OrderPlatform.Admin.TimeTravel;
using OrderPlatform.Admin.Views;
using OrderPlatform.Admin.WhatIf;

namespace OrderPlatform.Admin;

/// <summary>The verbs of <c>op-admin</c>.</summary>
internal static class AdminCommands
{
    /// <summary>All of them.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand(
            "Ask a journal: what is, what was, why, and what would have been; and give a running engine orders. A journal is the folder of a run; "
            + "a folder of runs stands for its newest. Works beside a running engine and on what a dead one left.")
        {
            ViewCommands.Status(),
            ViewCommands.Positions(),
            ViewCommands.Orders(),
            ViewCommands.Clients(),
            ViewCommands.Limits(),
            ViewCommands.Breakers(),
            ViewCommands.Rates(),
            ExplainCommand.Create(),
            WhyNotCommand.Create(),
            AuditCommand.Create(),
            JournalCommand.Create(),
            SnapshotCommand.Create(),
            MinimiseCommand.Create(),
            AtCommand.Create(),
            TravelCommand.Create(),
            BisectCommand.Create(),
            WhatIfCommand.Create(),
            SweepCommand.Create(),
            TradingCommands.Halt(),
            TradingCommands.Resume(),
            TradingCommands.ReduceOnly(),
            TradingCommands.Flatten(),
            CancelCommand.Create(),
            LimitCommand.Create(),
            ResolveCommand.Create(),
            WatchCommand.Create(),
            DoctorCommand.Create(),
        };
        root.Options.Add(Answer.JsonOption);
        return root;
    }
}
