// Labels of features that state a constraint or an objective, as DNA Chisel writes them: "@no(BsaI_site)",
// "@gc(40-60%, window=100) & @cds", "~optimize(species=e_coli_316407)".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

struct Label {
    std::string text{};
    std::string name{};  // lower case, without "@" or "~"
    bool objective = false;
    std::vector<std::pair<std::string, std::string>> arguments{};  // name (may be empty) and value

    [[nodiscard]] bool is(std::initializer_list<std::string_view> names) const;

    /// The argument of this name, else the first without one; "" where there is none.
    [[nodiscard]] std::string word(std::string_view name) const;

    /// Sets a whole number where there is an argument of this name, or but for a window one without a name.
    ///
    /// Errors  bad_input  it is not a whole number
    Status read(std::string_view name, std::int64_t& number, const std::string& where) const;

    /// "BsaI_site" is the enzyme, "8xA" a run.
    [[nodiscard]] std::string pattern() const;

    /// "40-60%", or mini= and maxi=; NaN where a word is no number.
    [[nodiscard]] std::pair<double, double> range() const;
};

std::vector<Label> labels_of(const seq::Feature& feature);

}  // namespace leaven::dna
