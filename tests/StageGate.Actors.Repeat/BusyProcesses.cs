using System.CommandLine;
using System.Diagnostics;

namespace StageGate.Actors.Repeat;

/// <summary>
/// Keeps cores busy for as long as it lives, as other programs do. They are processes, because threads of this one would
/// be stopped with it by every garbage collection, and its thread pool would count their time as its own.
/// </summary>
internal sealed class BusyProcesses : IDisposable
{
    private const string Name = "keep-busy";

    private readonly List<Process> _processes;

    public BusyProcesses(int count) => _processes = [.. Enumerable.Range(0, count).Select(_ => Start())];

    /// <summary>What such a process does, until its input is closed. That happens too when the process that has started it dies.</summary>
    public static Command Command()
    {
        var command = new Command(Name, "Keeps a core busy until its input ends.") { Hidden = true };
        command.SetAction(_ =>
        {
            var ended = false;
            new Thread(() =>
            {
                while (Console.In.Read() >= 0)
                {
                }
                Volatile.Write(ref ended, true);
            }).Start();
            while (!Volatile.Read(ref ended))
                Thread.SpinWait(1000);
        });
        return command;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Process Start() =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(BusyProcesses).Assembly.Location, Name]) { RedirectStandardInput = true })!;
}
