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
}
