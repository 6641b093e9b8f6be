using System.IO.Compression;
using System.Security.Cryptography;

namespace StageGate.Samples.Tests;

public sealed class ArchiveTests : IDisposable
{
    private const int ChunkLength = 256 * 1024;

    private readonly TemporaryFolder _source = new();
    private readonly TemporaryFolder _target = new();

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    [Theory]
    [InlineData("64")]
    [InlineData("0.1")] // Less than a chunk: each asks for all there is, and a file goes round by round.
    public async Task Every_file_is_in_the_manifest_and_decompresses_to_what_it_was(string mem)
    {
        var contents = new Dictionary<string, byte[]>
        {
            ["empty"] = [],
            ["a folder/with space.txt"] = "hello"u8.ToArray(),
            ["one\nline\tmore\\ü"] = "odd"u8.ToArray(),
            ["exact"] = new byte[2 * ChunkLength],
            ["large"] = RandomNumberGenerator.GetBytes((3 * ChunkLength) + 1),
        };
        foreach (var (name, content) in contents)
            _source.Write(name, content);

        var (exitCode, _, errors) = await SampleProcess.Run("Archive", _source.Path, _target.Path, "--mem", mem);

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(contents.Keys.Order(StringComparer.Ordinal), Verify().Order(StringComparer.Ordinal));
        foreach (var (name, content) in contents)
            Assert.Equal(content, Decompress(name));
    }

    [Fact]
    public async Task An_archive_inside_its_source_does_not_archive_itself()
    {
        _source.Write("file", [1, 2, 3]);

        var (exitCode, _, _) = await SampleProcess.Run("Archive", _source.Path, _source["archive"]);

        Assert.Equal(0, exitCode);
        Assert.Equal(["file.br"], Directory.GetFiles(_source["archive/files"], "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_reported_and_the_others_go_on()
    {
        _source.Write("good", [1]);
        File.CreateSymbolicLink(_source["dangling"], "nowhere");

        var (exitCode, _, errors) = await SampleProcess.Run("Archive", _source.Path, _target.Path);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "1 file could not be archived:\n  dangling: It is a link to nowhere, which is no file.\n",
            errors.ReplaceLineEndings("\n"));
        Assert.Equal(["good"], Verify());
    }

    [Theory]
    [InlineData("There is no folder /no/such/folder.", "/no/such/folder")]
    [InlineData("--tasks takes a whole number from 1 to 1000, not '0'. Try --help.", "--tasks", "0")]
    [InlineData("--mem takes a number of MiB above 0, as 64 or 0.5, not 'much'. Try --help.", "--mem", "much")]
    [InlineData("There is no option --nope. Try --help.", "--nope")]
    public async Task What_cannot_begin_says_so_in_one_line(string line, params string[] arguments)
    {
        var (exitCode, output, errors) = await SampleProcess.Run("Archive", arguments);

        Assert.Equal((2, "", line + Environment.NewLine), (exitCode, output, errors));
    }

    [Fact]
    public async Task Nothing_that_exists_is_overwritten()
    {
        _source.Write("file", [1]);
        _target.Write("mine", [2]);

        var (exitCode, _, errors) = await SampleProcess.Run("Archive", _source.Path, _target.Path);

        Assert.Equal(2, exitCode);
        Assert.Contains("is not empty", errors);
        Assert.Equal([_target["mine"]], Directory.GetFileSystemEntries(_target.Path));
    }

    [Fact]
    public async Task Without_stages_a_large_file_is_held_whole()
    {
        _source.Write("large", new byte[64 * ChunkLength]);

        var (exitCode, output, _) = await SampleProcess.Run("Archive", _source.Path, _target.Path, "--no-stages", "--tasks", "1");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"Peak of intermediates held: \d+\.\d [KM]iB with stages, 16\.0 MiB without\.", output);
        Assert.Equal(["large"], Verify());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_it_with_130_and_leaves_only_whole_files(string signal)
    {
        for (var i = 0; i < 16; i++)
            _source.Write($"large {i}", RandomNumberGenerator.GetBytes(64 * ChunkLength));
        using var process = SampleProcess.Start("Archive", _source.Path, _target.Path, "--tasks", "1");
        var underWay = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(_target.Path) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => underWay.Release();
        watcher.EnableRaisingEvents = true;
        if (!Directory.EnumerateFileSystemEntries(_target.Path).Any())
            Assert.True(await underWay.WaitAsync(TimeSpan.FromSeconds(60)), "It never began to work.");

        process.Signal(signal);
        var (exitCode, _, errors) = await process.End();

        Assert.Equal(130, exitCode);
        Assert.Contains("Stopped: ", errors);
        Verify();
    }

    /// <summary>Checks that the manifest tells the truth, and that there is nothing besides.</summary>
    /// <returns>The paths in it.</returns>
    private List<string> Verify()
    {
        var paths = new List<string>();
        foreach (var line in File.ReadAllLines(_target["manifest.tsv"]))
        {
            var fields = line.Split('\t');
            var path = fields[3].Replace("\\n", "\n").Replace("\\t", "\t").Replace("\\\\", "\\");
            var content = Decompress(path);
            Assert.Equal(fields[0], Convert.ToHexStringLower(SHA256.HashData(content)));
            Assert.Equal(fields[1], $"{content.Length}");
            Assert.Equal(fields[2], $"{new FileInfo(_target[$"files/{path}.br"]).Length}");
            paths.Add(path);
        }

        var files = Directory.GetFiles(_target["files"], "*", SearchOption.AllDirectories);
        Assert.Equal(paths.Select(path => _target[$"files/{path}.br"]).Order(), files.Order());
        Assert.Equal(["files", "manifest.tsv"], Directory.GetFileSystemEntries(_target.Path).Select(Path.GetFileName).Order());
        return paths;
    }

    /// <summary>One Brotli stream after the other.</summary>
    private byte[] Decompress(string path)
    {
        ReadOnlySpan<byte> rest = File.ReadAllBytes(_target[$"files/{path}.br"]);
        using var content = new MemoryStream();
        var room = new byte[ChunkLength];
        do
        {
            using var decoder = new BrotliDecoder();
            Assert.Equal(System.Buffers.OperationStatus.Done, decoder.Decompress(rest, room, out var consumed, out var written));
            content.Write(room, 0, written);
            rest = rest[consumed..];
        }
        while (rest.Length > 0);

        return content.ToArray();
    }
}
