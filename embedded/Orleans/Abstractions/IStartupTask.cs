namespace Orleans.Runtime;

/// <summary>Runs once when the silo has started.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
