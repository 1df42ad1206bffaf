namespace NeuroTrails.Tests.Orleans;

[Alias("test.patient")]
public interface IPatientGrain : IGrainWithStringKey
{
    /// <summary>Waits for the gate "go" or for the token.</summary>
    [Alias("wait")]
    Task<string> Wait(string name, CancellationToken cancellationToken);

    [Alias("ignore")]
    Task<string> WaitRegardless(string name);

    [ResponseTimeout("00:00:01")]
    [Alias("brief")]
    Task<string> WaitBriefly(string name);

    [Alias("ping")]
    Task Ping();
}

public sealed class PatientGrain(Journal journal) : Grain, IPatientGrain
{
    private string Key => this.GetPrimaryKeyString();

    public async Task<string> Wait(string name, CancellationToken cancellationToken)
    {
        journal.Write(Key, $"waiting {name}");
        try
        {
            await journal.Until(Key, "go").WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            journal.Write(Key, $"cancelled {name}");
            throw;
        }

        journal.Write(Key, $"done {name}");
        return name;
    }

    public Task<string> WaitRegardless(string name) => Wait(name, CancellationToken.None);

    public Task<string> WaitBriefly(string name) => Wait(name, CancellationToken.None);

    public Task Ping() => Task.CompletedTask;
}
