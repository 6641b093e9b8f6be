namespace StageGate.Actors.Benchmarks.Tests;

public class RoundsTests
{
    [Fact]
    public void All_take_turns_to_and_fro_and_the_first_rounds_do_not_count()
    {
        var workload = new Script();

        var figures = new Rounds(new Scale(Quick: true, WarmUps: 1, Rounds: 2)).Measure(workload);

        Assert.Equal("b2 a2 b1 a1 a1 b1 a2 b2 b2 a2 b1 a1 -a1 -b1 -a2 -b2", string.Join(' ', workload.Events));
        Assert.Equal(["1 a", "1 b", "2 a", "2 b"], figures.Select(figure => $"{figure.Case} {figure.Entrant}"));
        Assert.Equal([[5, 12], [6, 11], [7, 10], [8, 9]], figures.Select(figure => figure.Values));
    }

    [Fact]
    public void Whoever_was_opened_is_closed_although_another_one_fails()
    {
        var workload = new Script { FailsAt = 3 };

        Assert.Throws<InvalidOperationException>(() => new Rounds(Scale.Short).Measure(workload));

        Assert.Equal("a1 b1 -a1 -b1 -a2", string.Join(' ', workload.Events));
    }

    private sealed class Script() : Workload("script", "Nothing.", Figures.Rate)
    {
        public List<string> Events { get; } = [];

        public int FailsAt { get; init; }

        public override IEnumerable<Case> Cases(Scale scale) => Enumerable.Range(1, 2).Select(number =>
            new Case($"{number}", null, [NewEntrant("a", number), NewEntrant("b", number)]));

        private Entrant NewEntrant(string name, int number) => Entrant.Of(
            name,
            "-",
            () => new Closer(() => Events.Add($"-{name}{number}")),
            _ =>
            {
                if (Events.Count + 1 == FailsAt)
                    throw new InvalidOperationException();
                Events.Add($"{name}{number}");
                return [Events.Count];
            });
    }

    private sealed class Closer(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
