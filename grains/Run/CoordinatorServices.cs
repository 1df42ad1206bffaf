using NeuroTrails.Telemetry;

namespace NeuroTrails.Grains;

/// <summary>What a silo offers to coordinators.</summary>
internal sealed record CoordinatorServices(
    OwnerServices Owners,
    IOwnerPlacement Placement,
    IRunAdmission Admission,
    RunTelemetry Telemetry,
    RuntimeLine Runtime,
    RunLeases Leases,
    TimeProvider Time
);
