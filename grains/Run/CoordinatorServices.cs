using NeuroTrails.Telemetry;

namespace NeuroTrails.Grains;

/// <summary>What a silo offers to coordinators.</summary>
/// <param name="Owners">What it offers to owners.</param>
/// <param name="Placement">Decides where owners live.</param>
/// <param name="Admission">Checks what is asked to be trained.</param>
/// <param name="Telemetry">Instruments.</param>
/// <param name="Runtime">What runs compute with.</param>
/// <param name="Leases">The right to write runs.</param>
/// <param name="Time">Clock.</param>
public sealed record CoordinatorServices(
    OwnerServices Owners,
    IOwnerPlacement Placement,
    IRunAdmission Admission,
    RunTelemetry Telemetry,
    RuntimeLine Runtime,
    RunLeases Leases,
    TimeProvider Time
);
