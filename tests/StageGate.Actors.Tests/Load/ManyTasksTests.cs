using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>The short form; the soak runs a million.</summary>
[Collection(WholeProcess.Name)]
[Guarantee("S1", "A1", "A2", "A4", "L1", "L4", "L5", "V1", "V2", "E3")]
public class ManyTasksTests
{
    [Theory]
    [InlineData(Dispatchers.Inline, 500)]
    [InlineData(Dispatchers.Pinned, 125)]
    public void Many_tasks_on_64_workers_run_once_each_in_order_and_leave_nothing_in_use(string dispatcher, int share)
    {
        Assert.True(ManyTasks.InvariantsAreChecked, "The tests are to run in a Debug build.");
        var load = new ManyTasks(share, workers: 64, dispatcher);

        load.Run();

        Assert.InRange(load.Choices, 1000, int.MaxValue);
    }
}
