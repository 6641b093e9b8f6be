using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>What work has written is there for whoever has seen its end, although nobody has taken a lock.</summary>
public class MemoryOrderTests
{
    private const int Fields = 16;

    [Theory]
    [InlineData("looks")]
    [InlineData("waits")]
    [InlineData("awaits")]
    [Guarantee("V7")]
    public void Whoever_has_seen_the_end_sees_what_was_written(string way)
    {
        using var scheduler = Schedulers.New(tasks: 2);

        scheduler.Result(c =>
        {
            for (var round = 1; round <= 500; round++)
            {
                var written = new int[Fields];
                var task = c.NewTask(() => Array.Fill(written, round)).Run();
                var sum = Bounded.OnOwnThread(() =>
                {
                    switch (way)
                    {
                        case "looks":
                            Assert.True(SpinWait.SpinUntil(() => task.IsDone, Limits.Wait));
                            break;
                        case "waits":
                            task.GetResult(Limits.Wait);
                            break;
                        default:
                            task.Completion.Ends();
                            break;
                    }

                    return written.Sum();
                });
                Assert.Equal(Fields * round, sum.Ends());
            }

            return 0;
        });
    }
}
