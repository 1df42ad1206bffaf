using NeuroTrails.Data;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>Where the files of a run lie. A folder holds a run as soon as it holds <c>config.yaml</c>.</summary>
public sealed record RunFolder
{
    // Everything that a run writes; what was begun of it may lie in the folder of one that never came to its config.yaml.
    private static readonly string[] OwnNames =
    [
        "config.yaml",
        "started.yaml",
        "data.json",
        "metrics.jsonl",
        "summary.json",
        "corruptions.jsonl",
        "tensorboard",
        "log.txt",
        "checkpoints",
        "run.lock",
        InitialName,
    ];
    private static readonly string[] Beginnings =
    [
        "started.yaml",
        "data.json",
        "config.yaml.tmp",
        "started.yaml.tmp",
        "data.json.tmp",
        "checkpoints",
        "run.lock",
        InitialName,
    ];

    internal const string InitialName = "initial";

    /// <summary>Names the files of a run; nothing is touched.</summary>
    /// <param name="path">The run's folder; it need not exist.</param>
    public RunFolder(string path)
    {
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string ConfigPath => Within("config.yaml");

    /// <summary>What the run was made from: <see cref="DataRecord"/>.</summary>
    public string DataRecordPath => Within("data.json");

    /// <summary>The settings that the run was trained by so far; nobody should edit them.</summary>
    public string StartedPath => Within("started.yaml");

    /// <summary>One JSON object a line.</summary>
    public string MetricsPath => Within("metrics.jsonl");

    /// <summary>The results of a finished run.</summary>
    public string SummaryPath => Within("summary.json");

    /// <summary>What was measured under corruptions, one JSON object a line.</summary>
    public string CorruptionsPath => Within("corruptions.jsonl");

    /// <summary>Folder of the event files for TensorBoard.</summary>
    public string TensorBoardPath => Within("tensorboard");

    /// <summary>What was logged.</summary>
    public string LogPath => Within("log.txt");

    /// <summary>Folder of the checkpoints.</summary>
    public string CheckpointsPath => Within("checkpoints");

    /// <summary>Weights of another run that this one started from, where it did: <see cref="InitialWeights"/>.</summary>
    public string InitialPath => Within(InitialName);

    /// <summary>The file whose lock says who writes.</summary>
    public string LockPath => Within("run.lock");

    /// <summary>The run to which a file belongs; null where it is nobody's, though it may lie in a run's folder.</summary>
    /// <param name="path">Full path of the file, which need not exist.</param>
    public static RunFolder? OwnerOf(string path)
    {
        for (
            var (name, folder) = (path, System.IO.Path.GetDirectoryName(path));
            folder is not null;
            (name, folder) = (folder, System.IO.Path.GetDirectoryName(folder))
        )
        {
            if (OwnNames.Contains(System.IO.Path.GetFileName(name)) && new RunFolder(folder) is { HoldsRun: true } run)
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>Whether a run was begun here.</summary>
    public bool HoldsRun => File.Exists(ConfigPath);

    /// <summary>The text of <see cref="ConfigPath"/>.</summary>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public string ReadConfig()
    {
        try
        {
            return RegularFile.ReadAllText(ConfigPath);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The settings of the run cannot be read: {fault.Message.TrimEnd('.')}. Put its own config.yaml there, or give another "
                    + "run.",
                fault
            );
        }
    }

    /// <summary>What is written in <see cref="DataRecordPath"/>; null where a run of an older version has none.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is damaged.</exception>
    public DataRecord? ReadDataRecord()
    {
        if (!File.Exists(DataRecordPath))
        {
            return null;
        }

        try
        {
            return DataRecordFile.Read(RegularFile.ReadAllText(DataRecordPath), DataRecordPath);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"What the run was made from cannot be read: {fault.Message.TrimEnd('.')}. Put its own data.json there.",
                fault
            );
        }
    }

    /// <summary>Looks, before the work that it takes to begin a run, whether one may be begun here; nothing is left behind.</summary>
    /// <exception cref="UserErrorException">It may not, or nothing can be written there.</exception>
    public void TryNew()
    {
        RefuseExistingRun();
        RefuseForeign();
        if (OwnerOf(Path) is { } run)
        {
            throw new UserErrorException($"'{Path}' lies in what the run in '{run.Path}' alone writes. Choose another folder with --out.");
        }

        var there = Path;
        while (!Directory.Exists(there))
        {
            there =
                !File.Exists(there) && System.IO.Path.GetDirectoryName(there) is { } parent
                    ? parent
                    : throw new UserErrorException(
                        $"'{Path}' cannot be made a run folder: '{there}' is no folder. Choose another with --out."
                    );
        }

        OutputFile.Open(System.IO.Path.Combine(there, ".neurotrails"), "--out", force: true).Dispose();
    }

    /// <summary>Makes the folder and locks it for a new run.</summary>
    /// <param name="time">Clock for the lock's text.</param>
    /// <param name="claim">Who asks; null for this process.</param>
    /// <exception cref="UserErrorException">It holds a run already, another process is writing it, or it cannot be written.</exception>
    internal RunLock LockNew(TimeProvider time, RunClaim? claim = null)
    {
        RefuseExistingRun();
        RefuseForeign();
        try
        {
            Directory.CreateDirectory(CheckpointsPath);
            Posix.SyncDirectory(Path);
            Posix.SyncDirectory(System.IO.Path.GetDirectoryName(Path) ?? Path);
        }
        catch (Exception fault) when (StorageFaults.Explain(fault, Path) is not null)
        {
            throw StorageFaults.Explain(fault, Path)!;
        }
        catch (IOException fault)
        {
            throw new UserErrorException(
                $"'{Path}' cannot be made a run folder: {fault.Message.TrimEnd('.')}. Choose another with --out.",
                fault
            );
        }

        var held = RunLock.Acquire(this, claim ?? RunClaim.OfProcess(time), time);
        try
        {
            // Somebody may have begun a run here between the first look and the lock.
            RefuseExistingRun();
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Locks a folder that holds a run.</summary>
    /// <param name="time">Clock for the lock's text.</param>
    /// <param name="claim">Who asks; null for this process.</param>
    /// <exception cref="UserErrorException">It holds no run, or another process is writing it.</exception>
    internal RunLock LockExisting(TimeProvider time, RunClaim? claim = null) =>
        HoldsRun
            ? RunLock.Acquire(this, claim ?? RunClaim.OfProcess(time), time)
            : throw new UserErrorException(
                $"'{Path}' holds no run (no config.yaml). Give the folder of a run, or start one there with --out."
            );

    private void RefuseExistingRun()
    {
        if (HoldsRun)
        {
            throw new UserErrorException(
                $"'{Path}' holds a run already. Go on with it by --resume auto, or choose another folder with --out."
            );
        }
    }

    // What others have put there may be overwritten by the run, or be taken for a part of it.
    private void RefuseForeign()
    {
        var checkpoints = CheckpointsPath;
        if (
            Directory.Exists(Path)
            && Directory
                .EnumerateFileSystemEntries(Path)
                .FirstOrDefault(entry =>
                    !Beginnings.Contains(System.IO.Path.GetFileName(entry)) || (entry == checkpoints && HoldsSomething(entry))
                )
                is { } foreign
        )
        {
            throw new UserErrorException(
                $"'{Path}' is not empty and holds no run; '{System.IO.Path.GetFileName(foreign)}' is in it. Choose another folder with "
                    + "--out, or empty this one."
            );
        }
    }

    private static bool HoldsSomething(string folder) => !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any();

    private string Within(string name) => System.IO.Path.Combine(Path, name);
}
