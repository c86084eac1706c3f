// A genome as its file says it and as text, and what every designed guide promises of its place.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <leaven/crispr/design.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {

inline const Nuclease& cas9() { return nucleases()[0]; }

/// The genome as text too.
struct Coli {
    GenomeFile file{};
    seq::Record record{};

    explicit Coli(const std::filesystem::path& path) {
        file = *read_genome(path.string(), {}, Context());
        record = seq::read_document(path)->records.front();
    }
    [[nodiscard]] const std::string& letters() const { return record.sequence.letters; }

    /// Places of a word on either strand.
    [[nodiscard]] int count(const std::string& word) const {
        int found = 0;
        for (const auto& read : {word, seq::reverse_complement(word)})
            for (auto at = letters().find(read); at != std::string::npos; at = letters().find(read, at + 1)) ++found;
        return found;
    }
    [[nodiscard]] std::vector<TargetGuides> design(const std::vector<std::string>& names,
                                                   const DesignOptions& options) const {
        const auto targets = find_targets(names, file);
        EXPECT_TRUE(targets.has_value());
        auto designed = design_guides(file, *targets, options, Context());
        EXPECT_TRUE(designed.has_value()) << (designed ? "" : designed.error().message.en);
        return designed ? *std::move(designed) : std::vector<TargetGuides>();
    }
    /// What stands where a guide says it binds, as it reads it.
    void check_place(const DesignedGuide& guide) const {
        auto there = letters().substr(static_cast<std::size_t>(guide.at.start), 23);
        if (guide.reverse) there = seq::reverse_complement(there);
        EXPECT_EQ(there, guide.sequence + guide.pam);
        EXPECT_EQ(guide.pam.substr(1), "GG");
        EXPECT_EQ(guide.cut, guide.reverse ? guide.at.start + 6 : guide.at.start + 17);
    }
};

/// Read once for all tests.
inline const Coli& coli_of(const std::filesystem::path& path) {
    static const Coli coli(path);
    return coli;
}

}  // namespace leaven::crispr
