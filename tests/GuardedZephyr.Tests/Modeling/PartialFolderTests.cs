using GuardedZephyr.Modeling;

namespace GuardedZephyr.Tests.Modeling;

public sealed class PartialFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("partial-");

    private string Target => Path.Combine(_root.FullName, "new", "model");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Folder_appears_when_it_is_complete()
    {
        new PartialFolder(Target).Write(1, folder =>
        {
            Assert.False(Directory.Exists(Target));
            File.WriteAllText(Path.Combine(folder, "a"), "1");
        });

        Assert.Equal(["a"], Directory.EnumerateFiles(Target).Select(Path.GetFileName));
        Assert.Equal([Target], Directory.EnumerateDirectories(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void Disk_that_is_too_small_is_noticed_before_anything_is_written()
    {
        var error = Assert.Throws<IOException>(() => new PartialFolder(Target, _ => 999).Write(1000, _ => Assert.Fail("written")));

        Assert.Equal($"'{Target}' needs 1000 bytes, but only 999 are free on its disk; make room or give another folder.", error.Message);
    }

    [Fact]
    public void Disk_that_becomes_full_on_the_way_leaves_nothing_and_says_how_much_is_needed()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a device that is always full.");

        var error = Assert.Throws<IOException>(() => new PartialFolder(Target).Write(1000, folder =>
        {
            File.WriteAllText(Path.Combine(folder, "a"), "1");
            using var full = File.OpenWrite("/dev/full");
            full.Write(new byte[1 << 16]);
        }));

        Assert.Equal($"The disk became full while '{Target}' was written, which needs 1000 bytes; make room or give another folder.", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void Remains_of_an_earlier_attempt_are_cleared_away()
    {
        Directory.CreateDirectory(Target + ".partial");
        File.WriteAllText(Path.Combine(Target + ".partial", "old"), "");

        new PartialFolder(Target).Write(1, folder => File.WriteAllText(Path.Combine(folder, "new"), ""));

        Assert.Equal(["new"], Directory.EnumerateFiles(Target).Select(Path.GetFileName));
    }
}
