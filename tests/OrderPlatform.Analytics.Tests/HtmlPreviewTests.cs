namespace OrderPlatform.Analytics.Tests;

/// <summary>Pages of every length of run, whole and well formed; with REPORT_PREVIEW they stay in that folder for looking at.</summary>
public sealed class HtmlPreviewTests
{
    [Test]
    public void Pages_of_a_month_a_year_a_day_several_names_and_nothing_are_whole()
    {
        string? preview = Environment.GetEnvironmentVariable("REPORT_PREVIEW");
        DirectoryInfo folder = preview is null ? Directory.CreateTempSubdirectory("op-pages-") : Directory.CreateDirectory(preview);
        var runs = new Dictionary<string, RunRecord>
        {
            ["month.html"] = SampleRun.Make(),
            ["year.html"] = SampleRun.Make(days: 400, trades: 60),
            ["day.html"] = SampleRun.Make(days: 1, trades: 12),
            ["several.html"] = SampleRun.MakeSeveral(),
            ["empty.html"] = new(),
        };
        foreach ((string name, RunRecord run) in runs)
        {
            string path = Path.Combine(folder.FullName, name);
            HtmlReport.Write(path, run);
            Assert.That(File.ReadAllText(path).TrimEnd(), Does.StartWith("<!DOCTYPE html>").And.EndsWith("</html>"), name);
        }

        if (preview is null)
        {
            folder.Delete(recursive: true);
        }
    }
}
