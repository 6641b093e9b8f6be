using System.Diagnostics;

namespace StageGate.Actors.Repeat;

/// <summary>The same tests in round after round. A round is what <c>dotnet test</c> would do with them.</summary>
internal sealed class Repetition
{
    private static readonly TimeSpan s_betweenSigns = TimeSpan.FromMinutes(1);

    private readonly TestResults _results;
    private readonly Dictionary<TestAssembly, List<string>> _classes;
    private readonly TextWriter _output;

    public Repetition(IEnumerable<TestAssembly> assemblies, Choice choice, TextWriter output)
    {
        _classes = assemblies.ToDictionary(assembly => assembly, assembly => assembly.Classes.Where(choice.Covers).ToList());
        _results = new TestResults(output);
        _output = output;
    }

    /// <summary>The classes that took longer than <paramref name="upTo"/> in the first round are not in the others.</summary>
    public void Run(int times, TimeSpan most, TimeSpan upTo)
    {
        var clock = Stopwatch.StartNew();
        var nextSign = s_betweenSigns;
        for (var round = 1; round <= times && clock.Elapsed < most; round++)
        {
            _results.Round = round;
            foreach (var (assembly, classes) in _classes)
                if (classes.Count > 0)
                    assembly.Run(classes, _results);

            if (round == 1)
                foreach (var classes in _classes.Values)
                    classes.RemoveAll(name => _results.Classes[name].PerRound > upTo);
            if (clock.Elapsed > nextSign)
            {
                _output.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {round:N0} rounds, {Total}");
                nextSign = clock.Elapsed + s_betweenSigns;
            }
        }
    }

    /// <summary>A line for each class, and one for all.</summary>
    /// <returns>Whether something was run and nothing failed.</returns>
    public bool Report()
    {
        foreach (var (name, tally) in _results.Classes)
        {
            var rounds = $"{tally.Rounds:N0} rounds of {tally.PerRound.TotalMilliseconds:N0} ms";
            var skipped = tally.Skipped == 0 ? "" : $", {tally.Skipped:N0} skipped";
            _output.WriteLine($"{name}: {rounds}, {tally.Runs:N0} runs, {tally.Failed:N0} failed{skipped}");
        }
        _output.WriteLine(Total);
        return _results.Classes.Values.Sum(tally => tally.Failed) == 0 && _results.Classes.Values.Any(tally => tally.Runs > 0);
    }

    private string Total =>
        $"{_results.Classes.Values.Sum(tally => tally.Runs):N0} runs, {_results.Classes.Values.Sum(tally => tally.Failed):N0} failed";
}
