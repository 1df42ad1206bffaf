# syntax=docker/dockerfile:1
# One program that is silo and client, for CPUs (x64): docker build --tag neurotrails:cpu .
# docs/cluster.md says how the image is used.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ENV NUGET_PACKAGES=/nuget \
    DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY . .
# Analyzers have had their say before a commit; a newer SDK must not keep an image from being built.
RUN --mount=type=cache,target=/nuget \
    dotnet publish client/NeuroTrails.Client.csproj --configuration Release --runtime linux-x64 --no-self-contained --output /app --nologo \
    -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# curl asks for the silo's health.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
# Volumes that are mounted here for the first time take over the owner.
RUN mkdir /runs /data && chown "$APP_UID:$APP_UID" /runs /data
COPY --from=build /app /app
USER $APP_UID
WORKDIR /tmp
ENTRYPOINT ["dotnet", "/app/NeuroTrails.Client.dll"]
CMD ["--help"]
