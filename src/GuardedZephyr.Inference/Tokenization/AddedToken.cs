namespace GuardedZephyr.Inference.Tokenization;

/// <param name="Special">A control token such as &lt;|endoftext|&gt;, which text may never produce.</param>
/// <param name="Normalized">It is looked for in the normalized text, not in the text as written.</param>
/// <param name="LeftStrip">It takes the white space before it.</param>
/// <param name="RightStrip">It takes the white space behind it.</param>
/// <param name="SingleWord">It is none where a letter, digit or mark stands beside it.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool Normalized = false, bool LeftStrip = false, bool RightStrip = false, bool SingleWord = false);
