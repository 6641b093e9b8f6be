using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace StageGate.Actors.Repeat;

/// <summary>
/// The tests of an assembly, run in this process by xunit's own framework, as many at a time as its xunit.runner.json says.
/// </summary>
internal sealed class TestAssembly
{
    private readonly ITestFrameworkExecutor _executor;
    private readonly ILookup<string, ITestCase> _cases;

    public TestAssembly(Assembly assembly)
    {
        var framework = new XunitTestFramework(new NullMessageSink());
        var found = new FoundTests();
        framework.GetDiscoverer(Reflector.Wrap(assembly)).Find(includeSourceInformation: false, found, new RunnerOptions());
        _cases = found.All().ToLookup(test => test.TestMethod.TestClass.Class.Name);
        _executor = framework.GetExecutor(assembly.GetName());
    }

    public IEnumerable<string> Classes => _cases.Select(tests => tests.Key);

    /// <summary>Runs the tests of these classes once, and returns when all have ended.</summary>
    public void Run(IEnumerable<string> classes, TestResults results)
    {
        results.Begin();
        _executor.RunTests(classes.SelectMany(name => _cases[name]), results, RunnerOptions.FromFile());
        results.WaitForEnd();
    }

    private sealed class FoundTests : LongLivedMarshalByRefObject, IMessageSink
    {
        private readonly List<ITestCase> _found = [];
        private readonly ManualResetEventSlim _complete = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage discovered)
                _found.Add(discovered.TestCase);
            if (message is IDiscoveryCompleteMessage)
                _complete.Set();
            return true;
        }

        public List<ITestCase> All()
        {
            _complete.Wait();
            return _found;
        }
    }
}
