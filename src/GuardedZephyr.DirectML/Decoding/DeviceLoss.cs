using System.Text.RegularExpressions;

namespace GuardedZephyr.DirectML.Decoding;

/// <summary>
/// Tells from an error's text whether the graphics device is gone. The library passes on what ONNX Runtime's provider wrote, which names Direct3D's code
/// (DXGI_ERROR_DEVICE_REMOVED, _HUNG, _RESET, _DRIVER_INTERNAL_ERROR: 0x887A0005, 6, 7 and 20) or CUDA's error that leaves its context unusable.
/// </summary>
internal static partial class DeviceLoss
{
    public static bool Is(Exception exception) => Pattern().IsMatch(exception.Message);

    // cudaErrorECCUncorrectable 214, IllegalAddress 700, LaunchTimeout 702, Assert 710, HardwareStackError 714 to IllegalPc 718, LaunchFailure 719, Unknown 999.
    [GeneratedRegex(
        @"887A000[567]|887A0020|DXGI_ERROR_(DEVICE_(REMOVED|HUNG|RESET)|DRIVER_INTERNAL_ERROR)|CUDA (failure|error) (214|700|702|71[04-9]|999)\b|cudaError(ECCUncorrectable|IllegalAddress|LaunchTimeout|LaunchFailure|DevicesUnavailable)|CUDA_ERROR_(ECC_UNCORRECTABLE|ILLEGAL_ADDRESS|LAUNCH_TIMEOUT|LAUNCH_FAILED)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
