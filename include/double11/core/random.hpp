#pragma once
// Counter-based randomness: a pure function of (seed, purpose, index), so a draw about order k is
// the same in every mode, on any number of threads and in any order of execution, and two
// scenarios that differ in one setting see the same shoppers (common random numbers).
//
// Philox4x32-10 from Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC11).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace double11 {

/// What a draw is for. Values are part of the result: never renumber, only append.
enum class Purpose : std::uint32_t {
  arrival_gap = 1,        ///< index: slice, round: pair of arrivals within it
  shopper = 2,            ///< index: order
  line = 3,               ///< index: order, round: line of the basket
  payment = 4,            ///< index: order, round: attempt
  payment_patience = 5,   ///< index: order, round: attempt
  payment_breakdown = 6,  ///< index: failure or repair
  payment_retry = 7,      ///< index: order, round: attempt that failed
  bot_filter = 8,         ///< index: order
  live_show = 9,          ///< index: order
  second_click = 10,      ///< index: order (of the first click)
  client_retry = 11,      ///< index: order, round: try that failed
  payment_channel = 12,   ///< index: order, round: attempt
  waiting_lot = 13,       ///< index: order
  forecast = 14,          ///< index: SKU, round: region
  bot = 15,               ///< index: order, round: line
  // Of networks, the first two also of sales; the seed is that of the replication, or of one of its
  // stations.
  renewal_gap = 16,    ///< index: pair of arrivals
  arrival_state = 17,  ///< index: change of state
  job_class = 18,      ///< index: job
  service = 19,        ///< index: job, round: visit and attempt; word 2: failure, 3: its delay
  split_task = 20,     ///< the same, for the tasks after the first
  route = 21,          ///< index: job, round: visit
  patience = 22,       ///< index: job, round: visit and attempt
  retrial = 24,        ///< index: job, round: visit and retry
  think = 25,          ///< index: user, round: cycle
  breakdown = 26,      ///< index: failure or repair
  limit_probe = 27,    ///< index: probe of a concurrency limit
};

/// 128 independent random bits.
struct RandomBlock {
  std::array<std::uint32_t, 4> word;

  /// Two words as one 64-bit number; `half` is 0 or 1.
  [[nodiscard]] constexpr std::uint64_t wide(std::size_t half) const {
    return (std::uint64_t{word[2 * half]} << 32U) | word[2 * half + 1];
  }
};

/// The block at (`seed`, `purpose`, `index`, `round`). Pure; any thread; about 10 ns.
RandomBlock random_block(std::uint64_t seed, Purpose purpose, std::uint64_t index,
                         std::uint32_t round = 0);

/// What randomize() turns into random_block(seed, `purpose`, `index`, `round`).
constexpr RandomBlock counter_block(Purpose purpose, std::uint64_t index, std::uint32_t round = 0) {
  return {{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32U), round,
           static_cast<std::uint32_t>(purpose)}};
}

/// Turns counter blocks into random ones, in place. Pure; any thread; a quarter of the time that
/// random_block() takes for each where the CPU has AVX2, less
/// with AVX-512.
void randomize(std::uint64_t seed, std::span<RandomBlock> blocks);

/// Maps a random word to 0 .. `end`-1 without division (Lemire 2019); bias below end / 2^32.
constexpr std::uint32_t below(std::uint32_t random, std::uint32_t end) {
  return static_cast<std::uint32_t>((std::uint64_t{random} * end) >> 32U);
}

/// Unsigned 128-bit integer; an extension of GCC and Clang, for exact products.
__extension__ using Wide = unsigned __int128;

/// Maps 64 random bits to 0 .. `end`-1; bias below end / 2^64.
constexpr std::uint64_t below(std::uint64_t random, std::uint64_t end) {
  return static_cast<std::uint64_t>((Wide{random} * end) >> 64U);
}

/// The word below which a random word falls with `probability` (0 to 1), in 2^-32 steps;
/// compare with `<` in 64 bits so that 1 means always.
constexpr std::uint64_t threshold_of(double probability) {
  return static_cast<std::uint64_t>(probability * 4294967296.0);
}

/// A bijective mixer of 64 bits (Steele et al., SplitMix, OOPSLA 2014), for fingerprints.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

/// Two numbers into one that depends on all bits of both: the halves of their product, folded. For
/// fingerprints, with arguments that are never 0; a step where a chain of mixers takes two.
constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const Wide product = Wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

}  // namespace double11
