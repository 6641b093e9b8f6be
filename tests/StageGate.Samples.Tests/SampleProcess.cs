using System.Diagnostics;
using System.Text;

namespace StageGate.Samples.Tests;

/// <summary>A sample as a user runs it: in a process of its own.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _outputEnd;
    private readonly Task<string> _errors;
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _awaited;

    private SampleProcess(string sample, string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, $"StageGate.Samples.{sample}.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _outputEnd = ReadOutput();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static SampleProcess Start(string sample, params string[] arguments) => new(sample, arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> Run(string sample, params string[] arguments)
    {
        using var process = Start(sample, arguments);
        return await process.End();
    }

    public async Task<(int ExitCode, string Output, string Errors)> End()
    {
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        await _outputEnd.WaitAsync(s_limit);
        return (_process.ExitCode, _output.ToString(), await _errors.WaitAsync(s_limit));
    }

    /// <summary>Waits until the program has said something.</summary>
    public Task OutputContains(string text)
    {
        lock (_output)
        {
            _awaited = text;
            Look();
        }

        return _said.Task.WaitAsync(s_limit);
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task ReadOutput()
    {
        var buffer = new char[1024];
        while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_output)
            {
                _output.Append(buffer, 0, count);
                Look();
            }
        }
    }

    private void Look()
    {
        if (_awaited is not null && _output.ToString().Contains(_awaited, StringComparison.Ordinal))
            _said.TrySetResult();
    }
}
