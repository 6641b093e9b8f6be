using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>The pending ones of one wait, passed to the next.</summary>
public class WaitLoopTests
{
    [Fact]
    public void A_loop_of_first_completed_sees_each_task_once()
    {
        using var scheduler = Schedulers.New(tasks: 3);

        var seen = scheduler.Result(c =>
        {
            var (early, pending) = c.Wait(Enumerable.Range(0, 300).Select(i => c.NewTask(() => i).Run()), TimeSpan.Zero);
            var values = early.Select(task => task.GetResult(TimeSpan.Zero)).ToList();
            while (pending.Count > 0)
            {
                (var done, pending) = c.Wait(pending, Limits.Wait, ReturnWhen.FirstCompleted);
                Assert.NotEmpty(done);
                Assert.False(pending.Overlaps(done));
                values.AddRange(done.Select(task => task.GetResult(TimeSpan.Zero)));
            }

            return values;
        });

        Assert.Equal(Enumerable.Range(0, 300), seen.Order());
    }

    [Fact]
    public void A_pending_set_is_a_value_that_does_not_change_when_its_tasks_end()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var (tasks, pending, later) = scheduler.Result(c =>
        {
            TaskHandle[] submitted = [c.NewTask(() => { }).Run(), c.NewTask(gate.Pass).Run(), c.NewTask(() => { }).Run()];
            var first = c.Wait(submitted, Limits.Wait, ReturnWhen.FirstCompleted).Pending;
            gate.Open();
            return (submitted, first, c.Wait(first, Limits.Wait));
        });

        Assert.Equal([tasks[1], tasks[2]], pending.OrderBy(task => task.Id));
        Assert.Equal(2, pending.Count);
        Assert.Contains(tasks[1], pending);
        Assert.DoesNotContain(tasks[0], pending);
        Assert.True(pending.SetEquals([tasks[2], tasks[1]]));
        Assert.Equal([tasks[1], tasks[2]], later.Done.OrderBy(task => task.Id));
        Assert.Empty(later.Pending);
    }

    [Fact]
    public void A_pending_set_may_be_waited_for_again_polled_and_copied()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            TaskHandle[] tasks = [c.NewTask(() => { }).Run(), c.NewTask(gate.Pass).Run(), c.NewTask(() => { }).Run()];
            var pending = c.Wait(tasks, Limits.Wait, ReturnWhen.FirstCompleted).Pending;
            foreach (var timeout in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.Zero])
            {
                Assert.Equal(2, c.Wait(pending, timeout).Pending.Count);
                Assert.Equal(2, c.Wait(pending.ToHashSet(), timeout).Pending.Count);
                Assert.Equal(2, c.Wait((IEnumerable<TaskHandle>)pending, timeout, ReturnWhen.FirstCompleted).Pending.Count);
            }

            gate.Open();
            Assert.Equal(2, c.Wait(pending, Limits.Wait).Done.Count);
            Assert.Equal(2, c.Wait(pending, TimeSpan.Zero).Done.Count);
            Assert.Equal(2, c.Wait(pending, Limits.Wait, ReturnWhen.FirstException).Done.Count);
            return 0;
        });
    }

    [Fact]
    public void A_set_of_the_users_own_is_waited_for_like_any_other()
    {
        using var scheduler = Schedulers.New();

        var done = scheduler.Result(c =>
        {
            var pending = new HashSet<TaskHandle<int>>();
            var values = new List<int>();
            for (var next = 0; next < 20 || pending.Count > 0; next++)
            {
                if (next < 20)
                    pending.Add(c.NewTask(() => next).Run());
                var result = c.Wait(pending, Limits.Wait, ReturnWhen.FirstCompleted);
                pending.ExceptWith(result.Done);
                Assert.True(pending.SetEquals(result.Pending));
                values.AddRange(result.Done.Select(task => task.GetResult()));
            }

            return values.Count;
        });

        Assert.Equal(20, done);
    }

    [Fact]
    public void A_pending_set_of_generic_handles_may_be_waited_for_as_plain_ones()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        var done = scheduler.Result(c =>
        {
            TaskHandle<int>[] tasks = [c.NewTask(() => { gate.Pass(); return 1; }).Run(), c.NewTask(() => 2).Run()];
            var pending = c.Wait(tasks, TimeSpan.FromMilliseconds(1)).Pending;
            gate.Open();
            return c.Wait<TaskHandle>(pending, Limits.Wait).Done;
        });

        Assert.Equal(2, done.Count);
    }

    [Fact]
    public void A_failure_of_before_does_not_end_the_wait_for_the_rest()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            TaskHandle[] tasks = [c.NewTask(gate.Pass).Run(), c.NewTask(() => throw new InvalidDataException()).Run()];
            var pending = c.Wait(tasks, Limits.Wait, ReturnWhen.FirstException).Pending;
            Assert.Equal([tasks[0]], c.Wait(pending, TimeSpan.FromMilliseconds(5), ReturnWhen.FirstException).Pending);
            gate.Open();
            Assert.Equal([tasks[0]], c.Wait(pending, Limits.Wait, ReturnWhen.FirstException).Done);
            return 0;
        });
    }
}
