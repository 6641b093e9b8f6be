using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

public class WaiterSetTests
{
    private readonly WaiterSet _waiters = new(wait => wait.Until == ReturnWhen.FirstException);
    private readonly FakePipeline _first = new(1);
    private readonly FakePipeline _second = new(2);

    [Fact]
    public void Nobody_waits_at_first() => Assert.False(_waiters.AnyWaits);

    [Fact]
    public void One_that_waits_in_another_way_does_not_count()
    {
        Add(_first, ReturnWhen.AllCompleted);
        Assert.False(_waiters.AnyWaits);

        Add(_second, ReturnWhen.FirstException);
        Assert.True(_waiters.AnyWaits);
    }

    [Fact]
    public void When_the_one_that_was_found_waits_no_more_another_is_found()
    {
        Add(_first, ReturnWhen.FirstException);
        Add(_second, ReturnWhen.FirstException);
        Assert.True(_waiters.AnyWaits);

        _first.EndWait();
        Assert.True(_waiters.AnyWaits);
        _second.EndWait();
        Assert.False(_waiters.AnyWaits);
    }

    [Fact]
    public void One_that_waits_again_counts_again_once_it_is_added_again()
    {
        Add(_first, ReturnWhen.FirstException);
        _first.EndWait();
        Assert.False(_waiters.AnyWaits);

        Add(_first, ReturnWhen.FirstException);
        Assert.True(_waiters.AnyWaits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_has_ended_does_not_count_though_its_thread_waits_on(bool wasFound)
    {
        Add(_first, ReturnWhen.FirstException);
        if (wasFound)
            Assert.True(_waiters.AnyWaits);

        _waiters.Remove(_first);

        Assert.False(_waiters.AnyWaits);
    }

    private void Add(FakePipeline work, ReturnWhen until)
    {
        work.BeginWait(new FakeWait(until, work));
        _waiters.Add(work);
    }
}
