using System.Diagnostics;

namespace StageGate.Samples.Tests;

public sealed class MessageDrivenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_counts_every_file_with_no_more_in_flight_than_it_allows()
    {
        for (var i = 0; i < 30; i++)
            _folder.Write($"{i % 3}/{i}", "one two\nthree\n"u8.ToArray());

        var (exitCode, output, errors) = await SampleProcess.Run("MessageDriven", _folder.Path);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("60 lines, 90 words, 420 characters in 30 files; at most 8 pipelines were in flight.", output, StringComparison.Ordinal);
        Assert.Contains("30 of 30 files done", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_refused_by_its_name()
    {
        var (exitCode, output, errors) = await SampleProcess.Run("MessageDriven", _folder["missing"]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(_folder["missing"], errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// The scheduler is attached, and the program does nothing about signals: they end it as they end any program. (SIGINT is ignored by whatever is
    /// started in the background, so it proves nothing here.)
    /// </summary>
    [Fact]
    public async Task A_signal_ends_it_at_once_in_the_middle_of_work()
    {
        if (!OperatingSystem.IsLinux())
            return;
        MakePipe(_folder["a file that nobody writes"]);
        _folder.Write("b", "text"u8.ToArray());
        using var process = SampleProcess.Start("MessageDriven", _folder.Path);
        await process.OutputContains("1 of 2 files done");

        process.Signal("TERM");

        Assert.Equal(143, (await process.End()).ExitCode);
    }

    private static void MakePipe(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }
}
