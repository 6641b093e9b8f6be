using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class LateSubmissionTests
{
    /// <summary>Found in review: no worker was free, so nobody was told of the task, and it stayed queued until the running one ended.</summary>
    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void A_task_that_comes_after_all_was_asked_to_end_is_canceled_at_once_although_every_worker_is_busy(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 1, tasks: 1).On(dispatcher));
        using var gate = new Gate();
        using var asked = new Gate();

        var pipeline = scheduler.Run(controls =>
        {
            var deaf = controls.NewTask(gate.Pass).Run();
            asked.Pass();
            var late = controls.NewTask(() => 1).Run();
            Assert.Throws<WorkCanceledException>(() => late.GetResult(Limits.Wait));
            return deaf.IsDone;
        });
        gate.WaitUntilEntered();
        scheduler.RequestTermination();
        asked.Open();

        Assert.False(pipeline.GetResult(Limits.Wait));
    }
}
