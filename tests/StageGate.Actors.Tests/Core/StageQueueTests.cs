using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

public class StageQueueTests
{
    private static readonly FakePipeline s_pipeline = new(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_task_leaves_from_the_head_the_middle_or_the_tail_and_the_others_keep_their_order(int leaving)
    {
        var (queue, tasks) = Filled(3);

        queue.Remove(tasks[leaving]);

        var rest = tasks.Where((_, i) => i != leaving).ToArray();
        Assert.Equal(rest, Forwards(queue));
        Assert.Equal(rest.Reverse(), Backwards(queue));
        AssertUnlinked(tasks[leaving]);
    }

    [Fact]
    public void A_queue_that_was_emptied_can_be_filled_again()
    {
        var (queue, tasks) = Filled(2);
        foreach (var task in tasks)
            queue.Remove(task);
        Assert.Null(queue.First);
        Assert.Null(queue.Last);

        queue.Append(tasks[1]);
        queue.Append(tasks[0]);

        Assert.Equal([tasks[1], tasks[0]], Forwards(queue));
        Assert.Equal([tasks[0], tasks[1]], Backwards(queue));
    }

    [Fact]
    public void A_waiting_task_knows_its_queue()
    {
        var (queue, tasks) = Filled(1);

        Assert.Same(queue, tasks[0].Queue);
        Assert.Same(s_pipeline, queue.Pipeline);
        Assert.Equal(0, queue.Stage);
    }

    private static (StageQueue Queue, FakeTask[] Tasks) Filled(int count)
    {
        var queue = new StageQueue(s_pipeline, 0);
        var tasks = Enumerable.Range(1, count).Select(id => new FakeTask(id, s_pipeline)).ToArray();
        foreach (var task in tasks)
            queue.Append(task);
        return (queue, tasks);
    }

    private static IEnumerable<TaskEntry> Forwards(StageQueue queue)
    {
        for (var task = queue.First; task is not null; task = task.Next)
            yield return task;
    }

    private static IEnumerable<TaskEntry> Backwards(StageQueue queue)
    {
        for (var task = queue.Last; task is not null; task = task.Previous)
            yield return task;
    }

    private static void AssertUnlinked(FakeTask task)
    {
        Assert.Null(task.Queue);
        Assert.Null(task.Previous);
        Assert.Null(task.Next);
    }
}
