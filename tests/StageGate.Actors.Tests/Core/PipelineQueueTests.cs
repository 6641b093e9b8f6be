using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

public class PipelineQueueTests
{
    [Theory]
    [InlineData(1, new long[] { 2, 3 })]
    [InlineData(2, new long[] { 1, 3 })]
    [InlineData(3, new long[] { 1, 2 })]
    public void First_in_first_out_and_any_of_them_can_leave(long leaving, long[] rest)
    {
        var queue = Filled(3);
        Assert.Equal(1, queue.Head?.Id);

        Assert.True(queue.TryGet(leaving, out var pipeline));
        queue.Remove(pipeline);

        Assert.Equal(leaving, pipeline.Id);
        Assert.Equal(rest, queue.InOrder().Select(waiting => waiting.Id));
        Assert.Equal(rest[0], queue.Head?.Id);
        Assert.Equal(2, queue.Count);
        Assert.False(queue.TryGet(leaving, out _));
    }

    [Fact]
    public void One_that_is_not_waiting_is_not_found_and_can_be_removed_without_effect()
    {
        var queue = Filled(2);
        Assert.False(queue.TryGet(3, out var missing));
        Assert.Null(missing);

        queue.Remove(new FakePipeline(3));

        Assert.Equal([1, 2], queue.InOrder().Select(waiting => waiting.Id));
    }

    [Fact]
    public void An_empty_queue_has_no_head()
    {
        var queue = Filled(1);
        queue.Remove(queue.Head!);

        Assert.Null(queue.Head);
        Assert.Equal(0, queue.Count);
        Assert.Empty(queue.InOrder());
    }

    private static PipelineQueue Filled(int count)
    {
        var queue = new PipelineQueue();
        for (var id = 1; id <= count; id++)
            queue.Enqueue(new FakePipeline(id));
        return queue;
    }
}
