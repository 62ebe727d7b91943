using System.Diagnostics;
using System.Text.Json;

namespace OrderPlatform.Admin.Tests.TimeTravel;

/// <summary><c>travel</c>: the prompt's commands through the real executable, by a pipe.</summary>
internal sealed class TravelTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public void A_walk_by_a_pipe_sees_the_places_that_at_shows()
    {
        (int exitCode, string output, _) = Travel("58000", "--json", "back 3\nstep\nat 82\nuntil position('ikenna','BTCUSDT') < 0\nback\nquit\n");
        JsonElement[] answers = Objects(output);
        Assert.That(exitCode, Is.Zero);
        Assert.That(answers.Select(static one => one.GetProperty("command").GetString()), Is.EqualTo(["travel", "back", "step", "at", "until", "back"]));
        long[] places = [.. answers.Select(static one => one.GetProperty("sequence").GetInt64())];
        Assert.That(places[..4], Is.EqualTo(new long[] { 58_000, 57_997, 57_998, 82 }));
        Assert.That(places[5], Is.EqualTo(places[4] - 1));
        Assert.That(answers[4].GetProperty("positions")[0].GetProperty("quantity").GetString(), Does.StartWith("-"));
        JsonElement at = AdminProcess.Run("at", SampleJournals.Month, "57997", "--json").Succeeded().Json();
        foreach (string part in new[] { "input", "outputs", "orders", "time" })
        {
            Assert.That(answers[1].GetProperty(part).ToString(), Is.EqualTo(at.GetProperty(part).ToString()), part);
        }
    }

    [Test]
    public void Tables_are_shown_by_name_and_help_names_the_commands()
    {
        (int exitCode, string output, _) = Travel("500", null, "show limits timers\nhelp\nshow\n");
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("max_daily_loss").And.Contain("Timers").And.Contain("until <predicate>").And.Contain("Markets"));
    }

    [Test]
    public void The_walls_are_told_and_leave_exit_code_4()
    {
        (int exitCode, string output, _) = Travel("1", null, "back 5\n");
        Assert.That(exitCode, Is.EqualTo(4));
        Assert.That(output, Does.Contain("only 1: here the journal begins"));
        (exitCode, output, _) = Travel(null, null, "step\n");
        Assert.That(exitCode, Is.EqualTo(4));
        Assert.That(output, Does.Contain("only 0: here the journal ends"));
        (exitCode, output, _) = Travel("91000", null, "until position('ikenna','BTCUSDT') > 100\n");
        Assert.That(exitCode, Is.EqualTo(4));
        Assert.That(output, Does.Contain("it was not so after any of 69 inputs behind 91000"));
    }

    [TestCase("fly\n", "no command 'fly'")]
    [TestCase("step x\n", "'x' is no number of inputs")]
    [TestCase("at somewhere\n", "'somewhere' is no place")]
    [TestCase("until 1 <\n", "something must follow")]
    [TestCase("show money\n", "no table 'money'")]
    public void A_mistake_in_a_pipe_ends_it_with_one_line(string lines, string expected)
    {
        (int exitCode, _, string errors) = Travel("58000", null, lines + "step\n");
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.StartWith("error: ").And.Contain(expected));
        Assert.That(errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1));
    }

    private static (int ExitCode, string Output, string Errors) Travel(string? place, string? option, string lines)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "op-admin.dll"), "travel", SampleJournals.Month])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string? argument in new[] { place, option })
        {
            if (argument is not null)
            {
                start.ArgumentList.Add(argument);
            }
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(lines);
        process.StandardInput.Close();
        Assert.That(process.WaitForExit(Limit), Is.True, "it does not end");
        return (process.ExitCode, output.Result, errors.Result);
    }

    private static JsonElement[] Objects(string text)
    {
        var objects = new List<JsonElement>();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            objects.Add(JsonElement.ParseValue(ref reader));
        }

        return [.. objects];
    }
}
