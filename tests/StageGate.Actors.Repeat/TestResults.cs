using Xunit;
using Xunit.Abstractions;

namespace StageGate.Actors.Repeat;

/// <summary>Counts what ends, and prints what fails, at once: a process that dies later has told it already.</summary>
internal sealed class TestResults(TextWriter output) : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly SortedDictionary<string, ClassTally> _classes = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim _ended = new();

    public int Round { get; set; }

    public IReadOnlyDictionary<string, ClassTally> Classes => _classes;

    public void Begin() => _ended.Reset();

    public void WaitForEnd() => _ended.Wait();

    // xunit calls this from one thread.
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed passed:
                TallyOf(passed).Passed++;
                break;
            case ITestFailed failed:
                TallyOf(failed).Failed++;
                Tell(failed.Test.DisplayName, failed);
                break;
            case ITestSkipped skipped:
                TallyOf(skipped).Skipped++;
                break;
            case ITestClassFinished finished:
                TallyOf(finished).Took(TimeSpan.FromSeconds((double)finished.ExecutionTime));
                break;
            case ITestAssemblyFinished:
                _ended.Set();
                break;
            // Not a test, but what must be put away after one, or stand before it.
            case IFailureInformation failure:
                var about = failure is ITestClassMessage { TestClass.Class.Name: var name } ? name : "outside of any class";
                TallyOf(about).Failed++;
                Tell(about, failure);
                break;
        }
        return true;
    }

    private ClassTally TallyOf(ITestClassMessage message) => TallyOf(message.TestClass.Class.Name);

    private ClassTally TallyOf(string name)
    {
        if (!_classes.TryGetValue(name, out var tally))
            _classes.Add(name, tally = new ClassTally());
        return tally;
    }

    private void Tell(string what, IFailureInformation failure)
    {
        output.WriteLine($"--- {what} failed in round {Round} ---");
        for (var i = 0; i < failure.ExceptionTypes.Length; i++)
            output.WriteLine($"{failure.ExceptionTypes[i]}: {failure.Messages[i]}\n{failure.StackTraces[i]}");
    }
}
