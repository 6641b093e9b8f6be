using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>The short form of the soak.</summary>
[Collection(WholeProcess.Name)]
[Guarantee("M4")]
public class MixedWorkTests
{
    private const int Samples = 18;
    private const int RoundsInSample = 3;

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Memory_handles_and_threads_stay_flat_under_work_of_every_kind(string dispatcher)
    {
        using var work = new MixedWork(dispatcher);

        Vitals.AssertFlat(Measure(work));
    }

    [Fact]
    public void Handles_that_are_kept_show_in_the_memory()
    {
        var kept = new List<object>();
        using var work = new MixedWork(Dispatchers.Inline) { OnHandle = handle => kept.Add((handle, new byte[2000])) };

        var thrown = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Vitals.AssertFlat(Measure(work)));

        Assert.StartsWith("The memory grew", thrown.Message, StringComparison.Ordinal);
        GC.KeepAlive(kept);
    }

    private static List<Vitals> Measure(MixedWork work)
    {
        var seed = 0;
        for (; seed < 4 * RoundsInSample; seed++)
            work.Round(seed);

        var series = new List<Vitals>();
        while (series.Count < Samples)
        {
            for (var i = 0; i < RoundsInSample; i++)
                work.Round(seed++);
            series.Add(Vitals.Take());
        }

        return series;
    }
}
