namespace StageGate.Samples.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("samples-tests-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
