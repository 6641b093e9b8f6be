using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>What Pipeline.Wait refuses. Everything is checked before anything is waited for.</summary>
[Guarantee("R1")]
public class WaitArgumentTests
{
    [Fact]
    public void Null_is_refused() =>
        Assert.Equal("handles", InRun<ArgumentNullException>((c, _) => c.Wait<TaskHandle>(null!)).ParamName);

    [Fact]
    public void Nothing_to_wait_for_is_refused()
    {
        Assert.Equal("handles", InRun<ArgumentException>((c, _) => c.Wait(Array.Empty<TaskHandle>())).ParamName);
        Assert.Equal("handles", InRun<ArgumentException>((c, task) => c.Wait(c.Wait([task]).Pending)).ParamName);
    }

    [Fact]
    public void A_null_element_is_refused() =>
        Assert.Equal("handles", InRun<ArgumentException>((c, task) => c.Wait([task, null!])).ParamName);

    [Fact]
    public void A_task_of_another_pipeline_is_refused_by_name()
    {
        using var scheduler = Schedulers.New();
        var foreign = scheduler.Result(c => c.NewTask(() => { }).Named("foreign").Run());
        foreign.GetResult(Limits.Wait);

        var refused = scheduler.Result(c =>
            Assert.Throws<ArgumentException>(() => c.Wait([c.NewTask(() => { }).Run(), foreign], TimeSpan.Zero)));

        Assert.Contains("task 1 'foreign'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("pipeline", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pending_set_of_another_pipeline_is_refused()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pending = scheduler.Result(c => c.Wait([c.NewTask(gate.Pass).Run()], TimeSpan.FromMilliseconds(1)).Pending);

        scheduler.Result(c => Assert.Throws<ArgumentException>(() => c.Wait(pending)));
        scheduler.Result(c => Assert.Throws<ArgumentException>(() => c.Wait(pending, TimeSpan.Zero)));
    }

    [Fact]
    [Guarantee("W1")]
    public void A_negative_time_out_is_refused_though_all_have_ended()
    {
        foreach (var timeout in (TimeSpan[])[TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(-2), TimeSpan.MinValue])
        {
            var refused = InRun<ArgumentOutOfRangeException>((c, task) => c.Wait([task], timeout));
            Assert.Equal(("timeout", timeout), (refused.ParamName, refused.ActualValue));
        }
    }

    [Theory]
    [InlineData((ReturnWhen)3)]
    [InlineData((ReturnWhen)(-1))]
    public void A_mode_that_does_not_exist_is_refused(ReturnWhen mode)
    {
        var refused = InRun<ArgumentOutOfRangeException>((c, task) => c.Wait([task], null, mode));

        Assert.Equal(("returnWhen", mode), (refused.ParamName, refused.ActualValue));
    }

    [Fact]
    public void What_an_enumerable_throws_is_thrown_and_the_next_wait_works()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException();

        var done = scheduler.Result(c =>
        {
            var task = c.NewTask(() => { }).Run();
            Assert.Same(thrown, Assert.Throws<InvalidDataException>(() => c.Wait(Breaking(task))));
            return c.Wait([task], Limits.Wait).Done;
        });

        Assert.Single(done);

        IEnumerable<TaskHandle> Breaking(TaskHandle task)
        {
            yield return task;
            throw thrown;
        }
    }

    private static TException InRun<TException>(Action<IPipelineControls, TaskHandle> wait)
        where TException : Exception
    {
        using var scheduler = Schedulers.New();
        return scheduler.Result(c =>
        {
            var task = c.NewTask(() => { }).Run();
            task.GetResult(Limits.Wait);
            return Assert.Throws<TException>(() => wait(c, task));
        });
    }
}
