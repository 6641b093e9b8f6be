using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class UntouchedTokenTests
{
    [Fact]
    [Guarantee("T6")]
    public void Neither_a_shutdown_nor_a_close_asks_what_runs_to_end()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        using var asyncGate = new Gate();
        var task = scheduler.Result(c => c.NewTask(token => { gate.Pass(); return token.IsCancellationRequested; }).Run());
        var pipeline = scheduler.RunAsync<bool>(async (_, token) =>
        {
            await Task.Yield();
            asyncGate.Pass();
            return token.IsCancellationRequested;
        });
        gate.WaitUntilEntered();
        asyncGate.WaitUntilEntered();

        scheduler.Shutdown(cancelPendingPipelines: true);
        var closing = scheduler.CloseAsync(cancelPendingPipelines: true);
        gate.Open();
        asyncGate.Open();

        Assert.False(task.GetResult(Limits.Wait));
        Assert.False(pipeline.GetResult(Limits.Wait));
        closing.Ends();
    }

    [Fact]
    [Guarantee("T6")]
    public void Nor_do_the_end_of_the_work_and_a_close_after_it_touch_its_token()
    {
        using var scheduler = Schedulers.New();
        var ofTask = scheduler.Result(c => c.NewTask(token => token).Run().GetResult(Limits.Wait));
        var ofPipeline = scheduler.RunAsync<CancellationToken>((_, token) => Task.FromResult(token)).GetResult(Limits.Wait);

        scheduler.Close();

        Assert.True(ofTask.CanBeCanceled && ofPipeline.CanBeCanceled);
        Assert.False(ofTask.IsCancellationRequested || ofPipeline.IsCancellationRequested);
    }
}
