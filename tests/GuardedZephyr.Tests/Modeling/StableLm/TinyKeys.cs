namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>Which generation of config.json.</summary>
internal enum TinyKeys
{
    StableLm,

    /// <summary>StableLMEpochForCausalLM: rope_pct, norm_eps, and no word of biases.</summary>
    Epoch,

    /// <summary>partial_rotary_factor and rope_theta inside rope_parameters.</summary>
    RopeParameters,
}
