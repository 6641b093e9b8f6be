using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Scheduler.WaitPipelines and its async twin, which must agree in everything.</summary>
public class WaitPipelinesTests
{
    public static TheoryData<bool, TimeSpan?> LongTimeouts
    {
        get
        {
            var data = new TheoryData<bool, TimeSpan?>();
            foreach (var timeout in (TimeSpan?[])[null, Timeout.InfiniteTimeSpan, TimeSpan.MaxValue, TimeSpan.FromDays(365)])
            {
                data.Add(false, timeout);
                data.Add(true, timeout);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LongTimeouts))]
    [Guarantee("W1")]
    public async Task However_long_the_time_out_a_wait_ends_with_its_pipelines(bool async, TimeSpan? timeout)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipelines = new[] { scheduler.Run(_ => Pass(gate)), scheduler.Run(_ => Pass(gate)) };
        gate.WaitUntilEntered();

        var waited = Task.Run(() => Wait(scheduler, async, pipelines, timeout));
        gate.Open();

        var (done, pending) = await waited.WaitAsync(Limits.Wait);
        Assert.Equal(pipelines, done.OrderBy(pipeline => pipeline.Id));
        Assert.Empty(pending);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 5)]
    [InlineData(true, 5)]
    [Guarantee("W2")]
    public async Task A_time_out_does_not_throw_but_tells_how_far_it_got(bool async, int milliseconds)
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var ended = scheduler.Run(_ => 1);
        ended.GetResult(Limits.Wait);
        var running = scheduler.Run(_ => Pass(gate));
        var queued = scheduler.Run(_ => 3);

        var (done, pending) = await Wait(
            scheduler, async, [ended, running, queued, ended, running], TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal([ended], done);
        Assert.Equal([running, queued], pending.OrderBy(pipeline => pipeline.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Guarantee("W3")]
    public async Task First_completed_returns_once_one_has_ended_also_by_failure_or_cancellation(bool async)
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        var slow = scheduler.Run(_ => Pass(gate));
        var failed = scheduler.Run<int>(_ => throw new InvalidDataException());
        var first = await Wait(scheduler, async, [slow, failed], Limits.Wait, ReturnWhen.FirstCompleted);
        var other = scheduler.Run(_ => Pass(gate));
        var canceled = scheduler.Run(_ => 1);
        Assert.True(canceled.Cancel());
        var second = await Wait(scheduler, async, [slow, other, canceled], Limits.Wait, ReturnWhen.FirstCompleted);

        Assert.Equal([failed], first.Done);
        Assert.Equal([slow], first.Pending);
        Assert.Equal([canceled], second.Done);
        Assert.Equal([slow, other], second.Pending.OrderBy(pipeline => pipeline.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Guarantee("W3")]
    public async Task First_exception_returns_once_one_has_failed_but_not_for_a_canceled_one(bool async)
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        using var failing = new Gate();
        var slow = scheduler.Run(_ => Pass(gate));
        var failed = scheduler.Run<int>(_ => { failing.Pass(); throw new InvalidDataException(); });
        var canceled = scheduler.Run(_ => 1);
        failing.WaitUntilEntered();
        Assert.True(canceled.Cancel());

        var early = await Wait(scheduler, async, [slow, failed, canceled], TimeSpan.FromMilliseconds(5), ReturnWhen.FirstException);
        failing.Open();
        var late = await Wait(scheduler, async, [slow, failed, canceled], Limits.Wait, ReturnWhen.FirstException);

        Assert.Equal([canceled], early.Done);
        Assert.Equal([failed, canceled], late.Done.OrderBy(pipeline => pipeline.Id));
        Assert.Equal([slow], late.Pending);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_pending_ones_are_passed_to_the_next_wait(bool async)
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        var pending = (await Wait(scheduler, async, Enumerable.Range(0, 60).Select(i => scheduler.Run(_ => i)), TimeSpan.Zero)).Pending;
        var seen = 60 - pending.Count;
        while (pending.Count > 0)
        {
            (var done, pending) = await Wait(scheduler, async, pending, Limits.Wait, ReturnWhen.FirstCompleted);
            Assert.NotEmpty(done);
            seen += done.Count;
        }

        Assert.Equal(60, seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Guarantee("R1", "W1")]
    public async Task What_cannot_be_waited_for_is_refused(bool async)
    {
        using var scheduler = Schedulers.New();
        using var elsewhere = Schedulers.New();
        var own = scheduler.Run(_ => 1);
        var foreign = elsewhere.Run(_ => 1, "foreign");
        own.GetResult(Limits.Wait);

        await Assert.ThrowsAsync<ArgumentNullException>("handles", () => Wait<PipelineHandle>(scheduler, async, null!));
        await Assert.ThrowsAsync<ArgumentException>("handles", () => Wait<PipelineHandle>(scheduler, async, []));
        await Assert.ThrowsAsync<ArgumentException>("handles", () => Wait(scheduler, async, [own, null!]));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Wait(scheduler, async, [own, foreign], TimeSpan.Zero));
        Assert.Contains("pipeline 1 'foreign'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("scheduler", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Wait(scheduler, async, [own], TimeSpan.FromTicks(-1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Wait(scheduler, async, [own], null, (ReturnWhen)7));
        await Assert.ThrowsAsync<InvalidDataException>(() => Wait(scheduler, async, Breaking()));

        IEnumerable<PipelineHandle> Breaking()
        {
            yield return own;
            throw new InvalidDataException();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pipelines_with_and_without_a_result_may_be_waited_for_together_also_after_Close(bool async)
    {
        using var scheduler = Schedulers.New();
        PipelineHandle[] mixed =
            [scheduler.Run(_ => 1), scheduler.Run(_ => "two"), scheduler.Run<int>(_ => throw new InvalidDataException())];
        scheduler.Close();

        var (done, pending) = await Wait(scheduler, async, mixed);

        Assert.Equal(mixed, done.OrderBy(pipeline => pipeline.Id));
        Assert.Empty(pending);
    }

    [Fact]
    public async Task A_cancelled_token_ends_the_async_wait_and_leaves_the_pipelines_alone()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        using var source = new CancellationTokenSource();
        var pipeline = scheduler.Run(_ => Pass(gate));
        var waited = scheduler.WaitPipelinesAsync([pipeline], cancellationToken: source.Token);
        Assert.False(waited.IsCompleted);

        await source.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waited.WaitAsync(Limits.Wait));
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.True(waited.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => scheduler.WaitPipelinesAsync([pipeline], cancellationToken: source.Token));
        Assert.False(pipeline.IsDone);
        gate.Open();
        Assert.Equal(0, pipeline.GetResult(Limits.Wait));
    }

    [Fact]
    public void A_wait_from_inside_a_task_works()
    {
        using var scheduler = Schedulers.New(pipelines: 2);

        var done = scheduler.Result(c =>
        {
            var other = scheduler.Run(_ => 1);
            return c.NewTask(() => scheduler.WaitPipelines([other], Limits.Wait).Done.Count).Run().GetResult(Limits.Wait);
        });

        Assert.Equal(1, done);
    }

    private static int Pass(Gate gate)
    {
        gate.Pass();
        return 0;
    }

    private static async Task<WaitResult<THandle>> Wait<THandle>(
        Scheduler scheduler,
        bool async,
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where THandle : PipelineHandle =>
        async
            ? await scheduler.WaitPipelinesAsync(handles, timeout, returnWhen).WaitAsync(Limits.Wait)
            : scheduler.WaitPipelines(handles, timeout, returnWhen);
}
