using CsCheck;
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
        Assert.Equal(rest, queue.InOrder());
        Assert.Equal(rest[0], queue.First);
        Assert.Null(tasks[leaving].Queue);
    }

    [Fact]
    public void A_queue_that_was_emptied_can_be_filled_again()
    {
        var (queue, tasks) = Filled(2);
        foreach (var task in tasks)
            queue.Remove(task);
        Assert.Null(queue.First);
        Assert.Empty(queue.InOrder());

        queue.Append(tasks[1]);
        queue.Append(tasks[0]);

        Assert.Equal([tasks[1], tasks[0]], queue.InOrder());
        Assert.Equal(tasks[1], queue.First);
    }

    [Fact]
    public void A_waiting_task_knows_its_queue()
    {
        var (queue, tasks) = Filled(1);

        Assert.Same(queue, tasks[0].Queue);
        Assert.Same(s_pipeline, queue.Pipeline);
        Assert.Equal(0, queue.Stage);
    }

    [Fact]
    public void However_tasks_come_and_go_the_rest_stays_in_order()
    {
        Gen.Int[0, 1_000].List[0, 600].Sample(
            steps =>
            {
                var queue = new StageQueue(s_pipeline, 0);
                var model = new List<TaskEntry>();
                foreach (var step in steps)
                {
                    // Two of three come, one goes; from time to time all go, from the front.
                    if (step % 3 != 0)
                    {
                        model.Add(new FakeTask(step, s_pipeline));
                        queue.Append(model[^1]);
                    }
                    else if (step == 0)
                    {
                        Assert.All(model, queue.Remove);
                        model.Clear();
                    }
                    else if (model.Count > 0)
                    {
                        queue.Remove(model[step % model.Count]);
                        model.RemoveAt(step % model.Count);
                    }

                    Assert.Equal(model.FirstOrDefault(), queue.First);
                }

                Assert.Equal(model, queue.InOrder());
            },
            iter: 200);
    }

    private static (StageQueue Queue, FakeTask[] Tasks) Filled(int count)
    {
        var queue = new StageQueue(s_pipeline, 0);
        var tasks = Enumerable.Range(1, count).Select(id => new FakeTask(id, s_pipeline)).ToArray();
        foreach (var task in tasks)
            queue.Append(task);
        return (queue, tasks);
    }
}
