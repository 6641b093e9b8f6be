using System.Diagnostics;

namespace StageGate.Samples.Archive.Tests;

/// <summary>The program as a user runs it: in a process of its own.</summary>
internal sealed class ArchiveProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ArchiveProcess(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "StageGate.Samples.Archive.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static ArchiveProcess Start(params string[] arguments) => new(arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> Run(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.End();
    }

    public async Task<(int ExitCode, string Output, string Errors)> End()
    {
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return (_process.ExitCode, await _output.WaitAsync(s_limit), await _errors.WaitAsync(s_limit));
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
}
