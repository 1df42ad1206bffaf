using NeuroTrails.Data;

namespace NeuroTrails.Checkpoints;

/// <summary>Where the files of a run lie. A folder holds a run as soon as it holds <c>config.yaml</c>.</summary>
public sealed record RunFolder
{
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

    /// <summary>One JSON object a line.</summary>
    public string MetricsPath => Within("metrics.jsonl");

    /// <summary>The results of a finished run.</summary>
    public string SummaryPath => Within("summary.json");

    /// <summary>What was logged.</summary>
    public string LogPath => Within("log.txt");

    /// <summary>Folder of the checkpoints.</summary>
    public string CheckpointsPath => Within("checkpoints");

    /// <summary>The file whose lock says who writes.</summary>
    public string LockPath => Within("run.lock");

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
                $"The settings of the run cannot be read: {fault.Message.TrimEnd('.')}. Put its own config.yaml there, or give another run.", fault);
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
            throw new UserErrorException($"What the run was made from cannot be read: {fault.Message.TrimEnd('.')}. Put its own data.json there.", fault);
        }
    }

    /// <summary>Makes the folder and locks it for a new run.</summary>
    /// <param name="time">Clock for the lock's text.</param>
    /// <exception cref="UserErrorException">It holds a run already, another process is writing it, or it cannot be written.</exception>
    public RunLock LockNew(TimeProvider time)
    {
        RefuseExistingRun();
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
            throw new UserErrorException($"'{Path}' cannot be made a run folder: {fault.Message.TrimEnd('.')}. Choose another with --out.", fault);
        }

        var held = RunLock.Acquire(this, time);
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
    /// <exception cref="UserErrorException">It holds no run, or another process is writing it.</exception>
    public RunLock LockExisting(TimeProvider time) => HoldsRun
        ? RunLock.Acquire(this, time)
        : throw new UserErrorException($"'{Path}' holds no run (no config.yaml). Give the folder of a run, or start one there with --out.");

    private void RefuseExistingRun()
    {
        if (HoldsRun)
        {
            throw new UserErrorException($"'{Path}' holds a run already. Go on with it by --resume auto, or choose another folder with --out.");
        }
    }

    private string Within(string name) => System.IO.Path.Combine(Path, name);
}
