using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

/// <summary>Amounts at the ends of <see cref="decimal"/>, and a great many labels.</summary>
[Guarantee("L1", "L2")]
public class AmountTests
{
    private const decimal Least = 0.0000000000000000000000000001m;

    [Theory]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950334", "1")]
    [InlineData("79228162514264337593543950335", "39614081257132168796771975167", "39614081257132168796771975168")]
    [InlineData("7.9228162514264337593543950335", "7.9228162514264337593543950334", "0.0000000000000000000000000001")]
    [InlineData("0.0000000000000000000000000003", "0.0000000000000000000000000002", "0.0000000000000000000000000001")]
    public void Two_that_fit_to_the_last_digit_run_together_and_the_least_thing_more_waits(string capacity, string one, string other)
    {
        using var scheduler = Schedulers.New(tasks: 3, resources: ("x", Parse(capacity)));
        using var first = new Gate();
        using var second = new Gate();
        var more = scheduler.Result(c =>
        {
            c.NewTask(first.Pass).Requires("x", Parse(one)).Run();
            c.NewTask(second.Pass).Requires("x", Parse(other)).Run();
            return c.NewTask(() => 1).Requires("x", Least).Run();
        });
        first.WaitUntilEntered();
        second.WaitUntilEntered();

        Assert.Equal(new ResourceUsage("x", Parse(capacity), Parse(capacity)), Assert.Single(scheduler.Snapshot().Resources));
        Assert.Equal(TaskState.Queued, more.State);
        second.Open();
        Assert.Equal(1, more.GetResult(Limits.Wait));
        first.Open();
        scheduler.Close();
        Assert.Equal(0, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    public void The_least_amount_counts_beside_the_greatest()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("x", decimal.MaxValue));
        using var gate = new Gate();
        var all = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("x", Least).Run();
            return c.NewTask(() => 1).Requires("x", decimal.MaxValue).Run();
        });
        gate.WaitUntilEntered();

        Assert.Equal(TaskState.Queued, all.State);
        gate.Open();
        Assert.Equal(1, all.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("L3", "R1")]
    public void What_is_refused_leaves_the_builder_and_the_scheduler_as_they_were()
    {
        using var scheduler = Schedulers.New(resources: [("none", 0), ("x", 1)]);
        var task = scheduler.Result(c =>
        {
            var builder = c.NewTask(() => 7).Requires("x", 1);
            foreach (var negative in (decimal[])[-Least, -1, decimal.MinValue])
            {
                Assert.Equal(negative, Assert.Throws<ArgumentOutOfRangeException>(() => builder.Requires("x", negative)).ActualValue);
                Assert.Throws<ArgumentOutOfRangeException>(() =>
                    builder.Requires(new Dictionary<string, decimal> { ["none"] = 0, ["x"] = negative }));
            }

            foreach (var (label, tooMuch) in ((string, decimal)[])[("none", Least), ("x", 1 + Least), ("x", decimal.MaxValue)])
            {
                var refused = Assert.Throws<UnschedulableTaskException>(() => c.NewTask(() => 0).Requires(label, tooMuch).Run());
                Assert.Equal((label, tooMuch), (refused.Label, refused.Requested));
            }

            // Zero has a sign, which means nothing.
            return builder.Requires("none", -0.0m).Run();
        });

        Assert.Equal(7, task.GetResult(Limits.Wait));
        Assert.Equal(1, scheduler.Snapshot().Tasks.Total);
    }

    [Fact]
    [Guarantee("L4", "L5")]
    public void A_thousand_labels_on_a_scheduler_and_on_a_task_are_held_and_given_back_together()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => (Label: $"label {i}", Amount: (decimal)(i + 1))).ToArray();
        using var scheduler = Schedulers.New(tasks: 2, resources: labels);
        using var gate = new Gate();
        var (last, second) = scheduler.Result(c =>
        {
            var oneByOne = c.NewTask(gate.Pass);
            foreach (var (label, amount) in labels)
                oneByOne.Requires(label, amount);
            oneByOne.Run();
            var atOnce = c.NewTask(() => 2).Requires(labels.ToDictionary(entry => entry.Label, entry => entry.Amount));
            return (c.NewTask(() => 1).Requires("label 999", Least).Run(), atOnce.Run());
        });
        gate.WaitUntilEntered();

        Assert.All(scheduler.Snapshot().Resources, resource => Assert.Equal(0, resource.Available));
        Assert.Equal((TaskState.Queued, TaskState.Queued), (last.State, second.State));
        gate.Open();
        Assert.Equal((1, 2), (last.GetResult(Limits.Wait), second.GetResult(Limits.Wait)));
        Assert.All(scheduler.Snapshot().Resources, resource => Assert.Equal(0, resource.InUse));
    }

    [Fact]
    [Guarantee("R3")]
    public void Labels_that_differ_in_case_or_in_normalisation_alone_are_different_labels()
    {
        string[] labels =
        [
            "k", "K", "\u212a", "\u00e9", "e\u0301", "\u00c9", "E\u0301", "\u00e5", "a\u030a", "\u212b", "ss", "\u00df", "\u1e9e", "i", "I",
            "\u0131", "\u0130", "i\u0307", "\ufb01", "fi", "\u017f", "s", "x", "x\u200d", "x\u0000", "\uac00", "\u1100\u1161",
        ];
        var resources = labels.Select((label, i) => (label, (decimal)(i + 1))).ToArray();
        using var scheduler = Schedulers.New(tasks: labels.Length, resources: resources);
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var gate = new CountdownEvent(1);
        var entered = new CountdownEvent(labels.Length);
        try
        {
            scheduler.Result(c =>
            {
                foreach (var (label, amount) in resources)
                {
                    c.NewTask(() =>
                    {
                        entered.Signal();
                        Assert.True(gate.Wait(Limits.Wait));
                    }).Requires(label, amount).Run();
                }

                return 1;
            });

            Assert.True(entered.Wait(Limits.Wait));
            Assert.Equal(
                resources.OrderBy(entry => entry.label, StringComparer.Ordinal)
                    .Select(entry => new ResourceUsage(entry.label, entry.Item2, entry.Item2)),
                scheduler.Snapshot().Resources);
        }
        finally
        {
            gate.Signal();
        }
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
