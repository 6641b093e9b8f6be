namespace StageGate.Samples.Tests;

public sealed class AsyncCrawlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_tells_the_digest_of_a_tree_and_the_same_of_a_copy()
    {
        using var copy = new TemporaryFolder();
        foreach (var folder in (TemporaryFolder[])[_folder, copy])
        {
            for (var i = 0; i < 40; i++)
                folder.Write($"{i % 4}/{i % 8}/{i}", [(byte)i, 1]);
        }

        var first = await SampleProcess.Run("AsyncCrawl", _folder.Path, "--verify");
        var second = await SampleProcess.Run("AsyncCrawl", copy.Path);
        copy.Write("3/3/3", [7]);
        var changed = await SampleProcess.Run("AsyncCrawl", copy.Path);

        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Matches(@"^[0-9a-f]{16} +40 files +80 bytes", first.Output);
        Assert.Contains("13 folders", first.Output, StringComparison.Ordinal);
        Assert.Contains("Verified.", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output[..16], second.Output[..16]);
        Assert.NotEqual(first.Output[..16], changed.Output[..16]);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_refused_by_its_name()
    {
        var (exitCode, output, errors) = await SampleProcess.Run("AsyncCrawl", _folder["missing"]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(_folder["missing"], errors, StringComparison.Ordinal);
    }
}
