using CsCheck;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

public class TaskQueueTests
{
    [Fact]
    public void A_later_stage_comes_first_then_the_older_pipeline_then_the_order_of_submission()
    {
        var queue = new TaskQueue();
        var (older, younger) = (new FakePipeline(1), new FakePipeline(2));
        FakeTask[] submitted =
            [new(1, younger), new(2, older), new(3, older), new(4, younger, 1), new(5, older, 1), new(6, younger, 2), new(7, younger, 2)];
        foreach (var task in submitted)
            queue.Enqueue(task);

        Assert.Equal([6, 7, 5, 4, 2, 3, 1], queue.InOrder().Select(task => task.Id));
        Assert.Equal([6, 7, 5, 4, 2, 3, 1], TakeAll(queue));
    }

    [Fact]
    public void Whatever_comes_and_goes_the_head_is_the_first_of_a_sorted_list()
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 1000]);
        step.Array[1, 200].Sample(
            steps =>
            {
                var queue = new TaskQueue();
                var pipelines = Enumerable.Range(1, 4).Select(id => new FakePipeline(id)).ToArray();
                var waiting = new List<FakeTask>();
                foreach (var (kind, which, choice) in steps)
                {
                    var pipeline = pipelines[which];
                    if (kind == 0)
                        pipeline.Stage++;
                    else if (kind < 4)
                        Add(queue, waiting, new FakeTask(choice, pipeline, pipeline.Stage));
                    else if (waiting.Count > 0)
                        Remove(queue, waiting, waiting[choice % waiting.Count]);

                    var expected = waiting.OrderByDescending(task => task.Stage).ThenBy(task => task.Pipeline.Id).ToList();
                    Assert.Equal(expected.FirstOrDefault(), queue.Head);
                    Assert.Equal(expected, queue.InOrder());
                    Assert.Equal(waiting.Count, queue.Count);
                }
            },
            iter: 150);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_hundred_thousand_queued_and_canceled_tasks_nothing_is_left(bool fromTheTail)
    {
        const int Count = 100_000;
        var queue = new TaskQueue();
        var pipelines = Enumerable.Range(1, 100).Select(id => new FakePipeline(id)).ToArray();
        var tasks = Enumerable.Range(0, Count)
            .Select(i => new FakeTask(i, pipelines[i % pipelines.Length], stage: i / (Count / 50)))
            .ToArray();
        foreach (var task in tasks)
            queue.Enqueue(task);
        Assert.Equal(Count, queue.Count);

        foreach (var task in fromTheTail ? tasks.Reverse() : tasks)
            queue.Remove(task);

        Assert.Equal(0, queue.Count);
        Assert.Null(queue.Head);
        Assert.Empty(queue.InOrder());
        Assert.DoesNotContain(tasks, task => task.Queue is not null);
    }

    private static void Add(TaskQueue queue, List<FakeTask> waiting, FakeTask task)
    {
        waiting.Add(task);
        queue.Enqueue(task);
    }

    private static void Remove(TaskQueue queue, List<FakeTask> waiting, FakeTask task)
    {
        waiting.Remove(task);
        queue.Remove(task);
    }

    private static List<long> TakeAll(TaskQueue queue)
    {
        var taken = new List<long>();
        while (queue.Head is { } head)
        {
            taken.Add(head.Id);
            queue.Remove(head);
        }

        return taken;
    }
}
