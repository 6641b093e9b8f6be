namespace StageGate.Actors.Tests.Support;

/// <summary>One of each blocking call of the facade, on a scheduler with two coordinators to spare and one worker.</summary>
internal static class FacadeCalls
{
    public static void AllBlockingOnes(Scheduler scheduler)
    {
        TaskHandle<int> canceled = null!;
        TaskHandle<int> terminated = null!;
        var pipeline = scheduler.Run(controls =>
        {
            var done = controls.NewTask(() => 1).Run();
            canceled = controls.NewTask(() => 2).Requires("lock", 1).Run();
            terminated = controls.NewTask(_ => 3).Requires("lock", 1).Run();
            controls.Wait([done, canceled, terminated], Limits.Wait);
            return done.GetResult(Limits.Wait);
        });

        Assert.Equal(1, pipeline.GetResult(Limits.Wait));
        Assert.Null(pipeline.GetException(Limits.Wait));
        Assert.False(pipeline.Cancel());
        Assert.False(canceled.Cancel());
        Assert.False(terminated.RequestTermination());
        Assert.Equal(3, pipeline.Snapshot().Tasks.Succeeded);
        Assert.InRange(scheduler.Snapshot().Pipelines.Succeeded, 1, long.MaxValue);
        Assert.Equal([pipeline], scheduler.WaitPipelines([pipeline], Limits.Wait).Done);
    }

    /// <summary>Cancels and terminates work that is open, so that the scheduler itself has to be asked.</summary>
    public static void AsksAboutOpenWork(Scheduler scheduler)
    {
        using var gate = new Gate();
        using var submitted = new Gate();
        TaskHandle<int> running = null!;
        TaskHandle<int> queued = null!;
        var pipeline = scheduler.Run(controls =>
        {
            running = controls.NewTask(token =>
            {
                gate.Pass();
                token.ThrowIfCancellationRequested();
                return 1;
            }).Requires("lock", 1).Run();
            queued = controls.NewTask(() => 2).Requires("lock", 1).Run();
            submitted.Pass();
            return running.GetResult(Limits.Wait);
        });
        gate.WaitUntilEntered();
        submitted.WaitUntilEntered();

        Assert.True(queued.Cancel());
        Assert.False(running.Cancel());
        Assert.True(running.RequestTermination());
        Assert.Equal(PipelineState.Running, pipeline.Snapshot().State);
        Assert.Equal(1, scheduler.Snapshot().Resources.Single().InUse);
        gate.Open();
        submitted.Open();
        Assert.Throws<WorkTerminatedException>(() => running.GetResult(Limits.Wait));
        Assert.IsType<WorkTerminatedException>(pipeline.GetException(Limits.Wait));
    }
}
