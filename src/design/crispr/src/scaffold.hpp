// The constant parts of guide RNAs.
#pragma once

#include <string_view>

#include <leaven/crispr/nuclease.hpp>

namespace leaven::crispr {

struct Scaffold {
    std::string_view bases{};   // DNA letters
    bool before = false;        // it stands 5' of the spacer
    std::string_view repeat{};  // of a CRISPR array that is processed to such guides; empty: not known
};

/// That of a built-in nuclease; empty bases where it is not known here.
Scaffold scaffold_of(const Nuclease& nuclease);

}  // namespace leaven::crispr
