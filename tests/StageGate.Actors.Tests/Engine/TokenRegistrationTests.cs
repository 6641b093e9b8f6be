using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>A token of the user's that lives on for ever keeps nothing of the waits that it might have ended.</summary>
[Collection(WholeProcess.Name)]
[Guarantee("M1", "M4")]
public class TokenRegistrationTests
{
    public static TheoryData<ReturnWhen> Each => [ReturnWhen.AllCompleted, ReturnWhen.FirstCompleted, ReturnWhen.FirstException];

    [Theory]
    [MemberData(nameof(Each))]
    public void Of_waits_for_pipelines(ReturnWhen mode)
    {
        using var scheduler = Schedulers.New();
        using var cancellation = new CancellationTokenSource();

        Traces.AssertCollected(RunAndWait(scheduler, handles =>
            scheduler.WaitPipelinesAsync(handles, Limits.Wait, mode, cancellation.Token)));

        Assert.False(cancellation.IsCancellationRequested);
    }

    [Fact]
    public void Of_waits_whose_time_was_up()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var cancellation = new CancellationTokenSource();
        using var gate = new Gate();
        scheduler.Run(_ =>
        {
            gate.Pass();
            return 1;
        });
        gate.WaitUntilEntered();

        Traces.AssertCollected(RunAndWait(scheduler, handles =>
        {
            var blocked = scheduler.Run(controls => controls.NewTask(gate.Pass).Run().GetException());
            return scheduler.WaitPipelinesAsync<PipelineHandle>([.. handles, blocked], TimeSpan.Zero, cancellationToken: cancellation.Token);
        }));

        Assert.False(cancellation.IsCancellationRequested);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Of_waits_of_an_async_pipeline(ReturnWhen mode)
    {
        using var scheduler = Schedulers.New();
        using var cancellation = new CancellationTokenSource();

        Traces.AssertCollected(RunTasksAndWait(scheduler, mode, cancellation.Token));

        Assert.False(cancellation.IsCancellationRequested);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_sequences_that_were_read_to_the_end_or_left_before(int read)
    {
        using var scheduler = Schedulers.New();
        using var cancellation = new CancellationTokenSource();

        Traces.AssertCollected(RunAndWait(scheduler, async handles =>
        {
            var left = read;
            await foreach (var handle in scheduler.AsCompleted(handles).WithCancellation(cancellation.Token).ConfigureAwait(false))
            {
                Assert.True(handle.IsDone);
                if (--left == 0)
                    break;
            }
        }));

        Assert.False(cancellation.IsCancellationRequested);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] RunAndWait(Scheduler scheduler, Func<IReadOnlyList<PipelineHandle<object>>, Task> wait)
    {
        using var gate = new Gate();
        var handles = Enumerable.Range(0, 3).Select(_ => scheduler.Run(_ =>
        {
            gate.Pass();
            return new object();
        })).ToList();
        var waiting = wait(handles);
        gate.Open();
        waiting.Ends();
        handles.ForEach(handle => handle.GetResult(Limits.Wait));
        return [.. handles.Select(handle => new WeakReference(handle))];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] RunTasksAndWait(Scheduler scheduler, ReturnWhen mode, CancellationToken token)
    {
        var traces = scheduler.RunPipeline(new AsyncScript<WeakReference[]>(async (controls, _) =>
        {
            using var gate = new Gate();
            var handles = Enumerable.Range(0, 3).Select(_ => controls.NewTask(() =>
            {
                gate.Pass();
                return new object();
            }).Run()).ToList();
            var waiting = controls.WaitAsync(handles, Limits.Wait, mode, token);
            gate.Open();
            await waiting.ConfigureAwait(false);
            await controls.WaitAsync(handles, Limits.Wait, cancellationToken: token).ConfigureAwait(false);
            return [.. handles.Select(handle => new WeakReference(handle))];
        }));
        return traces.GetResult(Limits.Wait);
    }
}
