using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Tests;

public class SoakTests
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromTicks(1);

    private readonly StringWriter _output = new();

    [Fact]
    public void A_soak_whose_rounds_end_well_says_so()
    {
        var part = new ScriptedPart("good", _ => { });

        Assert.True(Soak(part).Run(s_shortest));

        Assert.Single(part.Seeds);
        Assert.Contains("no violation", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_round_that_throws_ends_the_soak_with_its_seed_and_the_command_that_runs_it_again()
    {
        var part = new ScriptedPart("bad", round => Assert.True(round < 3, "as it should"));
        var never = new ScriptedPart("never", _ => { });

        Assert.False(Soak(part, never).Run(TimeSpan.FromHours(1)));

        Assert.Equal(3, part.Seeds.Count);
        Assert.Empty(never.Seeds);
        Assert.Contains("as it should", _output.ToString(), StringComparison.Ordinal);
        AssertTellsHowToRunAgain("bad", part.Seeds[^1]);
    }

    [Fact]
    public void So_does_a_turn_that_takes_too_long()
    {
        using var gate = new Gate();
        var part = new ScriptedPart("stuck", _ => gate.Pass());
        var soak = new Soak([part, new ScriptedPart("never", _ => { })], seed: 1, _output) { Patience = TimeSpan.Zero };

        Assert.False(soak.Run(s_shortest));

        // Its thread may not have come so far yet.
        gate.WaitUntilEntered();
        Assert.Contains("It hangs", _output.ToString(), StringComparison.Ordinal);
        AssertTellsHowToRunAgain("stuck", part.Seeds.Single());
    }

    [Fact]
    public void What_hangs_does_not_keep_the_process()
    {
        var isBackground = false;

        Soak(new ScriptedPart("any", _ => isBackground = Thread.CurrentThread.IsBackground)).Run(s_shortest);

        Assert.True(isBackground);
    }

    private Soak Soak(params SoakPart[] parts) => new(parts, seed: 1, _output);

    private void AssertTellsHowToRunAgain(string part, ulong seed)
    {
        var output = _output.ToString();
        Assert.Contains("FAILED", output, StringComparison.Ordinal);
        Assert.Contains($"{part} failed with seed {seed} ", output, StringComparison.Ordinal);
        Assert.Contains($"replay --part {part} --seed {seed}", output, StringComparison.Ordinal);
    }
}
