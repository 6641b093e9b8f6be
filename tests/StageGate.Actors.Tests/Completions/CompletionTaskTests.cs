using System.Runtime.ExceptionServices;
using StageGate.Actors.Completions;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Completions;

public class CompletionTaskTests
{
    private readonly Outcome<int> _work = new();
    private CompletionTask? _known;

    /// <summary>
    /// Found by a review: who asked between the end of the work and the moment in which the pool came to the task got another one, and a loop over
    /// <see cref="Task.WhenEach(IEnumerable{Task})"/> that looked for the handle of a task found none.
    /// </summary>
    [Theory]
    [InlineData(TaskState.Succeeded)]
    [InlineData(TaskState.Failed)]
    [InlineData(TaskState.Canceled)]
    [InlineData(TaskState.Terminated)]
    public async Task It_is_the_same_one_for_ever_and_ends_as_the_work_does(TaskState ending)
    {
        var task = Ask();
        Assert.False(task.IsCompleted);

        End(ending);
        Assert.Same(task, Ask());

        await Task.WhenAny(task).WaitAsync(Limits.Wait);
        Assert.Equal(ExpectedStatus(ending), task.Status);
        Assert.Same(task, Ask());
    }

    /// <summary>
    /// Found by a review: whoever asked for it after the end completed it, and so ran there what was to run elsewhere. Where that was a <c>Run()</c>, a
    /// stranger steered its pipeline.
    /// </summary>
    [Fact]
    [Guarantee("V3")]
    public async Task Who_asks_after_the_end_runs_nothing_of_those_who_await_it()
    {
        for (var i = 0; i < 200; i++)
        {
            var work = new Outcome<int>();
            CompletionTask? known = null;
            var task = CompletionTask.Keep(ref known, new CompletionTask<int>(work, () => 7)).Task;
            var ranOnThread = task.ContinueWith(
                _ => Thread.CurrentThread, CancellationToken.None, TaskContinuationOptions.None, new HastyScheduler());
            var asker = Bounded.OnOwnThread(() =>
            {
                work.Progress.TryEnd(TaskState.Succeeded, failure: null, out _);
                _ = CompletionTask.Keep(ref known, new CompletionTask<int>(work, () => 7)).Task.IsCompleted;
                return Thread.CurrentThread;
            });

            // Not their ids: a thread that has ended leaves its id to the next one.
            Assert.NotSame(await asker.WaitAsync(Limits.Wait), await ranOnThread.WaitAsync(Limits.Wait));
        }
    }

    [Fact]
    public void Of_those_that_are_made_at_once_the_first_one_stands()
    {
        var first = CompletionTask.Keep(ref _known, Make());

        Assert.Same(first, CompletionTask.Keep(ref _known, Make()));
        Assert.Same(first, _known);
    }

    [Fact]
    public async Task One_that_is_asked_for_after_the_end_has_ended()
    {
        End(TaskState.Succeeded);

        var task = Assert.IsType<Task<int>>(Ask(), exactMatch: false);
        Assert.True(task.IsCompleted);
        Assert.Equal(7, await task);
    }

    /// <summary>Found by a review: of those who wait, who came last goes on first, and left its frames in what the task then kept.</summary>
    [Fact]
    [Guarantee("X2")]
    public async Task A_failed_one_has_the_trace_of_the_work_alone_whoever_throws_its_exception_before_the_pool_comes_to_it()
    {
        var task = Ask();
        Assert.True(_work.Progress.TryObserve(new Thrower(_work), index: 0));

        End(TaskState.Failed);

        var thrown = await Assert.ThrowsAsync<FormatException>(() => Ask().WaitAsync(Limits.Wait));
        Assert.Contains(nameof(Captured), thrown.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(Thrower), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Same(task, Ask());
    }

    /// <summary>To throw it once more, for its own trace, is no way where somebody else throws it at that moment.</summary>
    [Fact]
    [Guarantee("X2")]
    public async Task A_failed_one_that_was_there_before_the_end_has_kept_the_trace_by_then()
    {
        var task = Ask();
        var failure = Captured();
        var thrown = 0;

        AppDomain.CurrentDomain.FirstChanceException += Count;
        Assert.True(_work.Progress.TryEnd(TaskState.Failed, failure, out _));
        await Task.WhenAny(task).WaitAsync(Limits.Wait);
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.True(task.IsFaulted);
        Assert.Equal(0, thrown);

        void Count(object? sender, FirstChanceExceptionEventArgs args)
        {
            if (args.Exception == failure.SourceException)
                Interlocked.Increment(ref thrown);
        }
    }

    private static TaskStatus ExpectedStatus(TaskState ending) => ending switch
    {
        TaskState.Succeeded => TaskStatus.RanToCompletion,
        TaskState.Failed => TaskStatus.Faulted,
        _ => TaskStatus.Canceled,
    };

    private static ExceptionDispatchInfo Captured()
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private Task Ask() => (_known ?? CompletionTask.Keep(ref _known, Make())).Task;

    private CompletionTask<int> Make() => new(
        _work,
        () => _work.Progress.State == TaskState.Succeeded ? 7 : throw new OperationCanceledException());

    private void End(TaskState ending) =>
        Assert.True(_work.Progress.TryEnd(ending, ending == TaskState.Failed ? Captured() : null, out _));

    /// <summary>Throws the exception of the work as soon as it is told of the end, as a thread that was blocked for it does.</summary>
    private sealed class Thrower(ICompletable work) : ICompletionObserver
    {
        public bool IsWanted => true;

        public void OnEnded(int index) => Assert.Throws<FormatException>(() => work.Progress.Failure!.Throw());
    }
}
