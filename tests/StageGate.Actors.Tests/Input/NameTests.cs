using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

/// <summary>Names, labels, keys and ids of any text: kept as they are, and shown on one line wherever they are shown.</summary>
[Guarantee("R1")]
public class NameTests
{
    private const string TurnsOrBreaks =
        "\u2028\u2029\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    private static readonly Dictionary<string, string> s_names = new()
    {
        ["empty"] = "",
        ["blank"] = " ",
        ["ten kilobytes"] = new string('n', 10_240),
        ["control characters"] = string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(code => (char)code)),
        ["line breaks"] = "a\r\nb\nc\rd\u0085e\u2028f\u2029g",
        ["right to left"] = "\u202eabc\u202c \u200fx\u200e \u2067y\u2069 \u061cz",
        ["half a character"] = "\ud800",
        ["the other half"] = "a\udc00b",
        ["halves the wrong way round"] = "\udc00\ud800",
        ["a character across the cut"] = new string('a', 99) + "\U0001F600\U0001F600",
        ["format"] = "{0} {1:x} %s ${a} $(b) \\ ' \" ` <x>&amp;",
        ["marks"] = "\ufeffa\u200db\u0301\u0301\u0301",
        ["path"] = "../a/b?c#d:e*",
    };

    /// <summary>Where a name is shown.</summary>
    private static readonly Dictionary<string, Func<Scheduler, string, string>> s_places = new()
    {
        ["the text of a task"] = (scheduler, name) => scheduler.Result(c => c.NewTask(() => 1).Named(name).Run()).ToString(),
        ["the text of a pipeline"] = (scheduler, name) => scheduler.Run(_ => 1, name).ToString(),
        ["an exceeded time-out"] = (scheduler, name) =>
            Held(scheduler, name, (held, _) => Message<TimeoutException>(() => held.GetResult(TimeSpan.Zero))),
        ["a cancellation"] = (scheduler, name) => Held(scheduler, name, (_, queued) =>
        {
            Assert.True(queued.Cancel());
            return Message<WorkCanceledException>(() => queued.GetResult());
        }),
        ["a wait for a stranger"] = (scheduler, name) =>
        {
            var stranger = scheduler.Result(c => c.NewTask(() => 1).Named(name).Run());
            return scheduler.Result(c => Message<ArgumentException>(() => c.Wait([stranger])));
        },
        ["an unknown resource"] = (scheduler, name) =>
            scheduler.Result(c => Message<UnknownResourceException>(() => c.NewTask(() => 1).Requires(name, 1).Run())),
        ["a negative amount"] = (scheduler, name) =>
            scheduler.Result(c => Message<ArgumentOutOfRangeException>(() => c.NewTask(() => 1).Requires(name, -1))),
        ["a negative capacity"] = (_, name) => Message<ArgumentException>(() => new Scheduler(Schedulers.Options(resources: (name, -1)))),
        ["a dispatcher"] = (_, name) => Message<ArgumentException>(() => new Scheduler(new SchedulerOptions { WorkerDispatcher = name })),
        ["an unknown key"] = (_, name) => Message<ArgumentException>(() => SchedulerOptions.FromConfig(
            ConfigurationFactory.ParseString($"stagegate {{ \"k{JsonSerializer.Serialize(name).Trim('"')}\" = 1 }}"))),
        ["a capacity that is no number"] = (_, name) => Message<ArgumentException>(() => SchedulerOptions.FromConfig(
            ConfigurationFactory.ParseString($"stagegate.resources {{ \"k{JsonSerializer.Serialize(name).Trim('"')}\" = none }}"))),
    };

    public static TheoryData<string> Each => [.. s_names.Keys];

    [Theory]
    [MemberData(nameof(Each))]
    public void A_name_is_kept_as_it_is_and_shown_on_one_line(string kind)
    {
        using var scheduler = Schedulers.New();
        var name = s_names[kind];
        var pipeline = scheduler.Run(c => c.NewTask(() => 1).Named(name).Run(), name);
        Assert.Equal((name, name), (pipeline.GetResult(Limits.Wait).Name, pipeline.Name));
        Assert.Equal(name, pipeline.Snapshot().Name);

        foreach (var (place, show) in s_places)
        {
            var shown = show(scheduler, name);
            Assert.True(IsOneLine(shown), $"{kind} in {place}: {JsonSerializer.Serialize(shown)}");
        }

        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult(Limits.Wait)));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_label_is_any_text_that_is_not_blank(string kind)
    {
        var label = s_names[kind];
        if (string.IsNullOrWhiteSpace(label))
        {
            Assert.True(IsOneLine(Message<ArgumentException>(() => Schedulers.New(resources: (label, 1)))));
            return;
        }

        using var scheduler = Schedulers.New(resources: (label, 1));
        var (done, refusal) = scheduler.Result(c => (
            c.NewTask(() => 1).Requires(label, 1).Run().GetResult(Limits.Wait),
            Message<UnschedulableTaskException>(() => c.NewTask(() => 1).Requires(label, 2).Run())));

        Assert.Equal(1, done);
        Assert.True(IsOneLine(refusal));
        Assert.Equal(label, Assert.Single(scheduler.Snapshot().Resources).Label);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_root_has_any_name_that_an_actor_can_have(string kind)
    {
        using var system = Systems.New();
        var name = s_names[kind];
        if (!ActorPath.IsValidPathElement(name))
        {
            Assert.True(IsOneLine(Message<ArgumentException>(() => Scheduler.Attach(system, Schedulers.Options(), name))));
            name = "next";
        }

        using var scheduler = Scheduler.Attach(system, Schedulers.Options(), name);
        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult(Limits.Wait)));
    }

    private static bool IsOneLine(string shown)
    {
        for (var i = 0; i < shown.Length; i++)
        {
            if (char.IsSurrogatePair(shown, i))
                i++;
            else if (char.IsControl(shown[i]) || char.IsSurrogate(shown[i]) || TurnsOrBreaks.Contains(shown[i], StringComparison.Ordinal))
                return false;
        }

        return shown.Length < 1000;
    }

    private static string Held(Scheduler scheduler, string name, Func<PipelineHandle, PipelineHandle, string> look)
    {
        using var gate = new Gate();
        var held = scheduler.Run(
            _ =>
            {
                gate.Pass();
                return 1;
            },
            name);
        gate.WaitUntilEntered();
        var shown = look(held, scheduler.Run(_ => 1, name));
        gate.Open();
        held.GetResult(Limits.Wait);
        return shown;
    }

    /// <summary>Without what the platform adds on a line of its own.</summary>
    private static string Message<TException>(Func<object?> refused)
        where TException : Exception =>
        Message<TException>(() => { _ = refused(); });

    private static string Message<TException>(Action refused)
        where TException : Exception =>
        Assert.ThrowsAny<TException>(refused).Message.Split(Environment.NewLine + "Actual value was")[0];
}
