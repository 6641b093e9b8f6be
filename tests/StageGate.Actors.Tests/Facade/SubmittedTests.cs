using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Whoever has submitted something is sure to find it.</summary>
[Guarantee("V4")]
public class SubmittedTests
{
    private const int Rounds = 100;

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void The_next_snapshot_has_it(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options(2).On(dispatcher));

        scheduler.Result(c =>
        {
            for (var i = 1; i <= Rounds; i++)
            {
                c.NewTask(() => { }).Run();
                Assert.Equal(i, scheduler.Snapshot().Tasks.Total);
                scheduler.Run(_ => 1);
                Assert.Equal(i + 1, scheduler.Snapshot().Pipelines.Total);
                c.StageForward();
                Assert.Equal(i, scheduler.Snapshot().RunningPipelines[0].Stage);
            }

            return 0;
        });
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void It_can_be_canceled_at_once(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));
        using var gate = new Gate();

        var canceled = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            return Enumerable.Range(0, Rounds).Count(_ => c.NewTask(() => { }).Run().Cancel() && scheduler.Run(_ => 1).Cancel());
        });

        Assert.Equal(Rounds, canceled);
    }
}
