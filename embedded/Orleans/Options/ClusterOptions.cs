namespace Orleans.Configuration;

/// <summary>Names of the cluster and of the service.</summary>
public class ClusterOptions
{
    public const string DefaultClusterId = "default";
    public const string DefaultServiceId = "default";

    public string ClusterId { get; set; } = DefaultClusterId;

    public string ServiceId { get; set; } = DefaultServiceId;
}

/// <summary>The silo's name.</summary>
public class SiloOptions
{
    public string SiloName { get; set; } = null!;
}
