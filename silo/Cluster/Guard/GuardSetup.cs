using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NeuroTrails.Grains.Wire;
using NeuroTrails.Silo.Cluster.Tls;
using Orleans.Configuration;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>Guards the ports of a silo: who may be connected before saying who it is and for how long, what may be said, and which grains
/// clients may call.</summary>
internal static class GuardSetup
{
    public static void UseGuard(this ISiloBuilder builder, TlsIdentity? identity)
    {
        builder.Services.TryAddSingleton<FrameBudget>();
        builder.AddIncomingGrainCallFilter<ClientCalls>();
        builder.Configure<SiloMessagingOptions>(options =>
            (options.MaxMessageHeaderSize, options.MaxMessageBodySize) = (FrameRules.Silo.MostHeaderBytes, FrameRules.MostSiloBytes)
        );

        // In the order of the connection: who is it, what is under it, what does it say.
        builder
            .Services.AddOptions<SiloConnectionOptions>()
            .Configure<TimeProvider, ILoggerFactory>(
                (options, time, logs) =>
                {
                    var refusals = new RefusalLog(logs.CreateLogger(typeof(GuardSetup)), time);
                    options.ConfigureSiloInboundConnection(connection => Knock(connection, new(time), refusals));
                    options.ConfigureGatewayInboundConnection(connection => Knock(connection, new(time), refusals));
                }
            );
        if (identity is not null)
        {
            builder.UseTls(identity);
        }

        builder
            .Services.AddOptions<SiloConnectionOptions>()
            .Configure<TimeProvider, ILoggerFactory, FrameBudget>(
                (options, time, logs, budget) =>
                {
                    var refusals = new RefusalLog(logs.CreateLogger(typeof(GuardSetup)), time);
                    options.ConfigureSiloInboundConnection(connection => Listen(connection, FrameRules.Silo, budget, time, refusals));
                    options.ConfigureGatewayInboundConnection(connection => Listen(connection, FrameRules.Client, budget, time, refusals));
                }
            );
    }

    private static void Knock(IConnectionBuilder connection, PeerLimits limits, RefusalLog refusals) =>
        connection.Use(next =>
            async context =>
            {
                var peer = (context.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
                using var visit = limits.Enter(peer, reason => End(context, refusals, reason));
                if (visit is null)
                {
                    End(context, refusals, "it has too many connections");
                    return;
                }

                context.Features.Set(visit);
                await next(context);
            }
        );

    private static void Listen(
        IConnectionBuilder connection,
        FrameRules rules,
        FrameBudget budget,
        TimeProvider time,
        RefusalLog refusals
    ) =>
        connection.Use(next =>
            async context =>
            {
                var plain = context.Transport;
                var visit = context.Features.Get<PeerVisit>();
                using var reader = new FrameReader(
                    plain.Input,
                    rules,
                    budget,
                    time,
                    () => visit?.Welcome(),
                    reason => End(context, refusals, reason)
                );
                context.Transport = new Ways(reader, plain.Output);
                TensorOffers.Untrusted = rules == FrameRules.Client;
                try
                {
                    await next(context);
                }
                finally
                {
                    context.Transport = plain;
                }
            }
        );

    private static void End(ConnectionContext context, RefusalLog refusals, string reason)
    {
        refusals.Refused((context.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "a peer", reason);
        context.Abort(new ConnectionAbortedException(reason));
    }

    private sealed record Ways(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
