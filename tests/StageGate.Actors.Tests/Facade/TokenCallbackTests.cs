using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>What user code hangs on the token of a task does no harm to others.</summary>
public class TokenCallbackTests
{
    [Fact]
    [Guarantee("X6")]
    public void A_callback_on_the_token_that_throws_does_no_harm()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();
        var task = scheduler.Result(c => c.NewTask(ct =>
        {
            ct.Register(() => throw new InvalidDataException("from a callback"));
            gate.Pass();
            ct.ThrowIfCancellationRequested();
        }).Run());
        gate.WaitUntilEntered();

        Assert.True(task.RequestTermination());

        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait)));
        gate.Open();
        Assert.Throws<WorkTerminatedException>(() => task.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("B4")]
    public void A_callback_on_the_token_that_blocks_holds_up_nobody()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();
        using var callback = new Gate();
        var task = scheduler.Result(c => c.NewTask(ct =>
        {
            ct.Register(callback.Pass);
            gate.Pass();
        }).Run());
        gate.WaitUntilEntered();

        Assert.True(task.RequestTermination());

        callback.WaitUntilEntered();
        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait)));
        Assert.True(task.RequestTermination());
        gate.Open();
        task.GetResult(Limits.Wait);
    }
}
