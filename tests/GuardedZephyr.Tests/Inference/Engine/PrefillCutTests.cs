using CsCheck;
using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

public sealed class PrefillCutTests
{
    [Fact]
    public void Prefills_cover_the_prompt_are_multiples_and_at_most_a_chunk_and_a_bit() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 40], Gen.Int[1, 8], Gen.Int[1, 3]).Sample((done, rest, chunks, multiple) =>
        {
            var (total, chunk) = (done + rest, chunks * multiple);
            var cached = done;
            while (cached < total)
            {
                var (start, count) = PrefillCut.Next(cached, total, chunk, multiple);
                Assert.True(start >= 0 && start <= cached && start + count > cached && start + count <= total);
                Assert.True(count % multiple == 0 || total < multiple || (start == 0 && count == total));
                Assert.True(count < chunk + multiple);
                cached = start + count;
            }
        });

    [Theory]
    [InlineData(0, 200, 0, 64)]
    [InlineData(64, 75, 63, 12)]
    [InlineData(0, 7, 0, 6)]
    [InlineData(6, 7, 5, 2)]
    [InlineData(0, 1, 0, 1)]
    public void Odd_rest_is_filled_up_with_the_token_before_it(int done, int total, int start, int count) =>
        Assert.Equal((start, count), PrefillCut.Next(done, total, 64, 2));
}
