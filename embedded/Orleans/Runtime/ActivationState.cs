namespace Orleans.Runtime;

internal enum ActivationState
{
    Activating,
    Valid,
    Deactivating,
    Invalid,
}
