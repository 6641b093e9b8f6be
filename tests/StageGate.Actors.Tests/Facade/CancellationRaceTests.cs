using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Canceled and never ran, or not canceled and ran: there is no third outcome.</summary>
public class CancellationRaceTests
{
    private const int Races = 1000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Guarantee("C3", "L5")]
    public void A_task_whose_cancellation_races_its_start_has_one_of_two_outcomes(bool byTermination)
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));

        var canceled = scheduler.Result(c =>
        {
            var count = 0;
            for (var race = 0; race < Races; race++)
            {
                var runs = 0;
                var task = c.NewTask(() => Interlocked.Increment(ref runs)).Requires("cpu", 1).Run();
                Thread.SpinWait(race % 100 * 10);

                var answer = byTermination ? task.RequestTermination() : task.Cancel();

                c.Wait([task], Limits.Wait);
                Assert.Equal(task.IsCanceled ? (TaskState.Canceled, 0) : (TaskState.Succeeded, 1), (task.State, runs));
                Assert.Equal(0, Assert.Single(scheduler.Snapshot().Resources).InUse);

                // A request for termination also stands where the task runs; what was canceled was so on request.
                Assert.True(byTermination ? answer || !task.IsCanceled : answer == task.IsCanceled);
                count += task.IsCanceled ? 1 : 0;
            }

            return count;
        });

        Assert.Equal(new TaskCounts(0, 0, 0, Races - canceled, 0, 0, canceled), scheduler.Snapshot().Tasks);
    }

    [Fact]
    [Guarantee("C3")]
    public void A_waiting_task_whose_cancellation_races_the_end_of_what_it_waits_for_has_one_of_two_outcomes()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 1));

        scheduler.Result(c =>
        {
            for (var race = 0; race < Races; race++)
            {
                var go = 0;
                var runs = 0;
                var first = c.NewTask(() => { SpinWait.SpinUntil(() => Volatile.Read(ref go) != 0); }).Requires("cpu", 1).Run();
                var second = c.NewTask(() => Interlocked.Increment(ref runs)).Requires("cpu", 1).Run();
                var third = c.NewTask(() => { }).Requires("cpu", 1).Run();
                Volatile.Write(ref go, 1);
                Thread.SpinWait(race % 100 * 10);

                var canceled = second.Cancel();

                c.Wait<TaskHandle>([first, second, third], Limits.Wait);
                Assert.Equal(canceled ? (TaskState.Canceled, 0) : (TaskState.Succeeded, 1), (second.State, runs));
                Assert.Equal(TaskState.Succeeded, third.State);
            }

            return 0;
        });

        Assert.Equal(0, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    [Guarantee("C3", "S4")]
    public void A_pipeline_whose_cancellation_races_its_start_has_one_of_two_outcomes()
    {
        using var scheduler = Schedulers.New();
        for (var race = 0; race < Races; race++)
        {
            var runs = 0;
            var first = scheduler.Run(_ => 0);
            var second = scheduler.Run(_ => Interlocked.Increment(ref runs));
            Thread.SpinWait(race % 100 * 10);

            var canceled = second.Cancel();

            scheduler.WaitPipelines([first, second], Limits.Wait);
            Assert.Equal(
                canceled ? (PipelineState.Canceled, 0) : (PipelineState.Succeeded, 1),
                (second.State, Volatile.Read(ref runs)));
        }

        Assert.Equal(2 * Races, scheduler.Snapshot().Pipelines.Total);
    }
}
