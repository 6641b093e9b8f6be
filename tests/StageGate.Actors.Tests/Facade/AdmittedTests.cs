using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>What is admitted stays so, whatever comes after it.</summary>
[Guarantee("A6")]
public class AdmittedTests
{
    [Fact]
    public void A_running_task_goes_on_although_one_that_ranks_higher_needs_what_it_holds()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("cpu", 1));
        using var gate = new Gate();

        var (running, higher) = scheduler.Result(c =>
        {
            var task = c.NewTask(token => { gate.Pass(); return token.IsCancellationRequested; }).Requires("cpu", 1).Run();
            gate.WaitUntilEntered();
            c.StageForward();
            return (task, c.NewTask(() => 2).Requires("cpu", 1).Run());
        });

        Assert.Equal(new TaskCounts(Queued: 1, Admitted: 1, Running: 1, 0, 0, 0, 0), scheduler.Snapshot().Tasks);
        Assert.Equal((TaskState.Running, TaskState.Queued), (running.State, higher.State));
        gate.Open();
        Assert.False(running.GetResult(Limits.Wait));
        Assert.Equal(2, higher.GetResult(Limits.Wait));
    }

    [Fact]
    public void A_task_that_was_admitted_and_has_not_begun_goes_before_one_that_ranks_higher()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options(1));
        using var release = workers;
        var order = new List<string>();

        var (admitted, higher) = scheduler.Result(c =>
        {
            var task = c.NewTask(() => order.Add("admitted")).Run();
            Assert.Equal(1, scheduler.Snapshot().Tasks.Admitted);
            c.StageForward();
            return (task, c.NewTask(() => order.Add("higher")).Run());
        });

        Assert.Equal(new TaskCounts(Queued: 1, Admitted: 1, Running: 0, 0, 0, 0, 0), scheduler.Snapshot().Tasks);
        workers.Dispose();
        higher.GetResult(Limits.Wait);
        admitted.GetResult(Limits.Wait);
        Assert.Equal(["admitted", "higher"], order);
    }
}
