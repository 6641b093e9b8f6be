using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>
/// Work for the processor, counted in turns of a loop: a task that is interrupted takes longer. One that looked at the clock would count
/// the interruption as work.
/// </summary>
internal static class Spin
{
    private const int Tries = 15;
    private const int Turns = 200_000;

    private static readonly double s_turnsPerMicrosecond = Calibrate();

    /// <summary>A callable that takes so long on this machine, undisturbed, and returns 1.</summary>
    public static Func<int> For(double microseconds)
    {
        var turns = (int)(microseconds * s_turnsPerMicrosecond);
        return () => Turn(turns);
    }

    private static double Calibrate()
    {
        // The best of many: a machine is slower than it can be, never faster. The first ones also get the loop compiled for speed.
        var best = double.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Turn(Turns);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return Turns / best;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Turn(int turns)
    {
        // Each turn needs the outcome of the one before, so that it can neither be left out nor done beside it.
        var state = 1u;
        for (var i = 0; i < turns; i++)
            state = (state * 1_664_525u) + 1_013_904_223u;
        return state == 0 ? 0 : 1;
    }
}
