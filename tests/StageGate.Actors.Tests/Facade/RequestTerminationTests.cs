using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Asking a whole scheduler to end.</summary>
public class RequestTerminationTests
{
    [Fact]
    [Guarantee("T4", "N2")]
    public void What_has_not_begun_is_canceled_what_runs_is_asked_and_the_rest_ends_by_itself()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();
        using var listens = new Gate();
        using var submitted = new Gate();
        TaskHandle? deaf = null, listening = null, waiting = null;
        var running = scheduler.Run(c =>
        {
            deaf = c.NewTask(gate.Pass).Run();
            listening = c.NewTask(token =>
            {
                listens.Pass();
                Assert.True(token.WaitHandle.WaitOne(Limits.Wait));
            }).Run();
            waiting = c.NewTask(() => { }).Run();
            submitted.Pass();
            return c.Wait([deaf, listening, waiting]).Done.Count;
        });
        var pending = scheduler.Run(_ => 1);
        submitted.Open();
        listens.Open();
        submitted.WaitUntilEntered();
        listens.WaitUntilEntered();
        gate.WaitUntilEntered();

        scheduler.RequestTermination();

        Assert.Equal(PipelineState.Canceled, pending.State);
        Assert.Equal(TaskState.Canceled, waiting!.State);
        Assert.True(scheduler.ShutdownStarted);
        Assert.Throws<InvalidOperationException>(() => scheduler.Run(_ => 1));
        listening!.GetResult(Limits.Wait);
        Assert.Equal(TaskState.Running, deaf!.State);
        gate.Open();
        Assert.Equal(3, running.GetResult(Limits.Wait));
        scheduler.Close();
    }

    [Fact]
    public void A_task_that_ends_by_its_token_is_terminated()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(token =>
        {
            gate.Pass();
            token.ThrowIfCancellationRequested();
        }).Run());
        gate.WaitUntilEntered();

        scheduler.RequestTermination();
        scheduler.RequestTermination();
        gate.Open();

        Assert.Throws<WorkTerminatedException>(() => task.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("T4")]
    public void A_task_that_a_running_pipeline_submits_afterwards_is_canceled_at_once()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var ran = false;
        var pipeline = scheduler.Run(c =>
        {
            gate.Pass();
            var task = c.NewTask(() => { ran = true; }).Run();
            c.Wait([task]);
            return task.State;
        });
        gate.WaitUntilEntered();

        scheduler.RequestTermination();
        gate.Open();

        Assert.Equal(TaskState.Canceled, pipeline.GetResult(Limits.Wait));
        scheduler.Close();
        Assert.False(ran);
    }

    [Fact]
    public void It_may_be_asked_for_from_inside_and_after_the_end()
    {
        using var scheduler = Schedulers.New();
        scheduler.Result(c => c.NewTask(scheduler.RequestTermination).Run());
        scheduler.Close();

        scheduler.RequestTermination();

        Assert.True(scheduler.IsClosed);
    }
}
