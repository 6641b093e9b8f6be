using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Pipeline.Wait: what is done and what is pending when it returns.</summary>
public class WaitTests
{
    public static TheoryData<TimeSpan?> LongTimeouts =>
        [null, Timeout.InfiniteTimeSpan, TimeSpan.MaxValue, TimeSpan.FromDays(365), TimeSpan.FromMilliseconds(uint.MaxValue + 1.0)];

    [Theory]
    [MemberData(nameof(LongTimeouts))]
    [Guarantee("W1")]
    public void However_long_the_time_out_a_wait_ends_with_its_tasks(TimeSpan? timeout)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var waited = scheduler.Run(c => c.Wait([c.NewTask(gate.Pass).Run(), c.NewTask(() => { }).Run()], timeout));
        gate.WaitUntilEntered();

        Assert.False(waited.IsDone);
        gate.Open();

        var (done, pending) = waited.GetResult(Limits.Wait);
        Assert.Equal([1L, 2L], done.Select(task => task.Id).Order());
        Assert.Empty(pending);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [Guarantee("W2")]
    public void A_time_out_does_not_throw_but_tells_how_far_it_got(int milliseconds)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var (ended, running, queued, result) = scheduler.Result(c =>
        {
            var first = c.NewTask(() => { }).Run();
            first.GetResult(Limits.Wait);
            var second = c.NewTask(gate.Pass).Run();
            var third = c.NewTask(() => { }).Run();
            return (first, second, third, c.Wait([first, second, third], TimeSpan.FromMilliseconds(milliseconds)));
        });

        Assert.Equal([ended], result.Done);
        Assert.Equal([running, queued], result.Pending.OrderBy(task => task.Id));
    }

    [Theory]
    [InlineData(ReturnWhen.AllCompleted)]
    [InlineData(ReturnWhen.FirstCompleted)]
    [InlineData(ReturnWhen.FirstException)]
    [Guarantee("W1")]
    public void A_poll_returns_at_once_in_every_mode(ReturnWhen mode)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var (done, pending) = scheduler.Result(c => c.Wait([c.NewTask(gate.Pass).Run()], TimeSpan.Zero, mode));

        Assert.Empty(done);
        Assert.Single(pending);
    }

    [Fact]
    public void A_handle_given_twice_counts_once()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var (done, pending) = scheduler.Result(c =>
        {
            var ended = c.NewTask(() => { }).Run();
            ended.GetResult(Limits.Wait);
            var open = c.NewTask(gate.Pass).Run();
            return c.Wait([ended, open, ended, open, ended], TimeSpan.FromMilliseconds(1));
        });

        Assert.Single(done);
        Assert.Single(pending);
    }

    [Fact]
    public void A_set_of_plain_and_generic_handles_is_a_set_of_task_handles()
    {
        using var scheduler = Schedulers.New();

        var (expected, done) = scheduler.Result(c =>
        {
            TaskHandle[] mixed = [c.NewTask(() => 1).Run(), c.NewTask(() => "two").Run(), c.NewTask(() => { }).Run()];
            return (mixed, c.Wait(mixed, Limits.Wait).Done);
        });

        Assert.Equal(expected, done.OrderBy(task => task.Id));
        Assert.All(done, task => task.GetResult(TimeSpan.Zero));
    }

    [Fact]
    public void A_wait_for_generic_handles_gives_generic_handles_back()
    {
        using var scheduler = Schedulers.New();

        var sum = scheduler.Result(c =>
        {
            var (done, _) = c.Wait(Enumerable.Range(1, 10).Select(i => c.NewTask(() => i).Run()).ToArray());
            return done.Sum(task => task.GetResult());
        });

        Assert.Equal(55, sum);
    }

    [Fact]
    public void A_lazy_enumerable_is_enumerated_once()
    {
        using var scheduler = Schedulers.New();

        var done = scheduler.Result(c => c.Wait(Enumerable.Range(0, 5).Select(i => c.NewTask(() => i).Run()), Limits.Wait).Done);

        Assert.Equal(5, done.Count);
        Assert.Equal(5, scheduler.Snapshot().Tasks.Total);
    }
}
