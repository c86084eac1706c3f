// Molecules and tables of oracles for the tests of cloning.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <leaven/op/json.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/read.hpp>

#include "data_sets.hpp"

namespace leaven::dna::testing {

inline seq::Record molecule(const std::string& letters, bool circular, const std::string& name = "m") {
    seq::Record record;
    record.name = record.id = name;
    record.topology = circular ? seq::Topology::circular : seq::Topology::linear;
    record.set_sequence({letters, {}, seq::Alphabet::dna});
    return record;
}

inline std::string random_dna(std::size_t least, std::size_t most, const std::string& letters = "ACGT") {
    const auto size = *rc::gen::inRange(least, most + 1);
    return *rc::gen::container<std::string>(size, rc::gen::elementOf(letters));
}

/// Bases that are the same in every run.
inline std::string drawn_dna(std::size_t size, std::uint64_t seed) {
    std::string letters;
    for (std::size_t i = 0; i < size; ++i) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        letters += "ACGT"[seed >> 62U];
    }
    return letters;
}

/// The reverse complement, letter by letter from a table typed by hand.
inline std::string other_strand(const std::string& bases) {
    const std::string from = "ACGT";
    const std::string to = "TGCA";
    std::string out;
    for (auto c = bases.rbegin(); c != bases.rend(); ++c) out += to[from.find(*c)];
    return out;
}

inline std::string turned(std::string letters, std::size_t by) {
    if (!letters.empty())
        std::rotate(letters.begin(), letters.begin() + static_cast<std::ptrdiff_t>(by % letters.size()), letters.end());
    return letters;
}

inline std::string canonical(const std::string& letters, bool circular) {
    return seq::canonical_form({letters, {}, seq::Alphabet::dna},
                               circular ? seq::Topology::circular : seq::Topology::linear);
}

/// The least string over all rotations of both strands, one by one.
inline std::string canonical_by_hand(const std::string& letters) {
    auto best = letters;
    for (const auto& strand : {letters, other_strand(letters)})
        for (std::size_t i = 0; i < strand.size(); ++i) best = std::min(best, turned(strand, i));
    return best;
}

inline Json json_of(const std::filesystem::path& path) {
    const auto bytes = seq::read_unpacked(path);
    EXPECT_TRUE(bytes.has_value());
    return Json::parse(*bytes);
}

inline std::string text_of(const std::filesystem::path& path) {
    const auto bytes = seq::read_unpacked(path);
    EXPECT_TRUE(bytes.has_value());
    return *bytes;
}

/// Enzymes typed by hand from REBASE: where the strands are cut, from the first base of the site.
inline seq::Enzyme enzyme_by_hand(const std::string& name) {
    if (name == "EcoRI") return {"EcoRI", "GAATTC", {{1, 5}}, true, true, "N"};
    if (name == "KpnI") return {"KpnI", "GGTACC", {{5, 1}}, true, false, "N"};
    if (name == "SmaI") return {"SmaI", "CCCGGG", {{3, 3}}, true, true, "N"};
    if (name == "BcgI") return {"BcgI", "CGANNNNNNTGC", {{-10, -12}, {24, 22}}, false, true, "N"};
    return {"BsaI", "GGTCTC", {{7, 11}}, false, true, "N"};
}

}  // namespace leaven::dna::testing
