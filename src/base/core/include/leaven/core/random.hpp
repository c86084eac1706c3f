// Random numbers that are the same on every machine: from a seed that was passed, in streams that do not overlap.
//
//     Random random(context.seed, chain);   // each chain, trajectory or start has a stream of its own
//     const double u = random.uniform();
//
// Not for secrets. Threads: one object is used by one thread.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace leaven {

/// xoshiro256++, seeded by SplitMix64 (Blackman, Vigna 2021, doi:10.1145/3460772).
class Random {
public:
    using State = std::array<std::uint64_t, 4>;

    explicit Random(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t mixed = seed;
        mixed = split_mix(mixed) ^ stream;
        for (auto& word : state_) word = split_mix(mixed);
    }
    explicit Random(const State& state) : state_(state) {}

    std::uint64_t next() {
        const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    /// In [0, 1), in steps of 2^-53.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

    /// In 0 … count-1, each as likely to within count / 2^32.
    ///
    /// Requires  1 <= count < 2^32
    std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((next() >> 32) * std::uint64_t{count}) >> 32);
    }

    /// Standard normal, by the polar method (Marsaglia, Bray 1964).
    double normal() {
        for (;;) {
            const double a = 2 * uniform() - 1;
            const double b = 2 * uniform() - 1;
            const double square = a * a + b * b;
            if (square > 0 && square < 1) return a * std::sqrt(-2 * std::log(square) / square);
        }
    }

private:
    /// Advances `state` and gives the next output of SplitMix64.
    static std::uint64_t split_mix(std::uint64_t& state) {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }

    State state_{};
};

}  // namespace leaven
