namespace OrderPlatform.Analytics.Tests;

public sealed class HtmlPreviewTests
{
    [Test]
    [Explicit("writes pages for looking at")]
    public void Pages_are_written_for_looking_at()
    {
        string folder = Environment.GetEnvironmentVariable("REPORT_PREVIEW") ?? Path.GetTempPath();
        HtmlReport.Write(Path.Combine(folder, "month.html"), SampleRun.Make());
        HtmlReport.Write(Path.Combine(folder, "year.html"), SampleRun.Make(days: 400, trades: 60));
        HtmlReport.Write(Path.Combine(folder, "day.html"), SampleRun.Make(days: 1, trades: 12));
        HtmlReport.Write(Path.Combine(folder, "empty.html"), new RunRecord());
        ConsoleReport.Write(TestContext.Out, SampleRun.Make());
        Assert.That(File.Exists(Path.Combine(folder, "month.html")));
    }
}
