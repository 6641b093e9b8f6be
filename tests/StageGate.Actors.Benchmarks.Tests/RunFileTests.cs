using StageGate.Actors.Benchmarks.Report;

namespace StageGate.Actors.Benchmarks.Tests;

public sealed class RunFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_was_written_is_read()
    {
        var run = Figures.Run(Figures.Of(Figures.Rate, 1.5, 2, 1e9), Figures.Of("other", Figures.Time, 1) with { Reference = null });
        RunFile.Write(_path, run);

        var read = RunFile.Read(_path);

        Assert.Equivalent(run, read, strict: true);
        Assert.Equal([1.5, 2, 1e9], read.Find("work", "case", Figures.Us, Figures.Rate)!.Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "format": 0 }""")]
    public void Anything_else_is_refused(string text)
    {
        File.WriteAllText(_path, text);

        var exception = Assert.Throws<InvalidDataException>(() => RunFile.Read(_path));

        Assert.Contains(_path, exception.Message, StringComparison.Ordinal);
    }
}
