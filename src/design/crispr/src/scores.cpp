#include <bit>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>

#include <leaven/core/embedded.hpp>
#include <leaven/crispr/scores.hpp>

#include "shipped.hpp"

namespace leaven {
std::span<const EmbeddedFile> embedded_crispr();
}

namespace leaven::crispr {
namespace {

constexpr std::string_view letters = "ACGT";

std::size_t code_of(char letter) {
    const auto code = letters.find(letter);
    return code == std::string_view::npos ? 4 : code;
}

/// "rX:dY,12": the guide's base, U for T, and the complement of the site's.
void read_pair(CfdTable& table, const ShippedRow& row) {
    const auto& key = row.at(0);
    const auto guide = code_of(key.at(1) == 'U' ? 'T' : key.at(1));
    const auto site = 3 - code_of(key.at(4));
    const auto position = std::stoul(key.substr(6));
    table.pairs.at(20 - position).at(guide).at(site) = std::stod(row.at(1));
}

CfdTable read_cfd() {
    CfdTable table;
    for (auto& place : table.pairs)
        for (std::size_t base = 0; base < 4; ++base) place.at(base).fill(1);
    for (const auto& row : shipped_rows("cfd_mismatch.tsv")) {
        if (row.at(0).starts_with("r")) read_pair(table, row);
    }
    for (const auto& row : shipped_rows("cfd_pam.tsv"))
        if (row.at(0).size() == 2) table.pam.at(code_of(row.at(0)[0])).at(code_of(row.at(0)[1])) = std::stod(row.at(1));
    return table;
}

/// By distance from the PAM.
const std::array<double, 20>& mit_weights() {
    static const auto weights = [] {
        std::array<double, 20> all{};
        const auto rows = shipped_rows("mit.tsv");
        for (std::size_t i = 1; i < rows.size(); ++i) all.at(20 - std::stoul(rows[i].at(0))) = std::stod(rows[i].at(1));
        return all;
    }();
    return weights;
}

struct RuleSet1 {
    double intercept = 0;
    double gc_low = 0;
    double gc_high = 0;
    struct Weight {
        std::size_t position;
        std::string bases;
        double weight;
    };
    std::vector<Weight> weights{};
};

const RuleSet1& rule_set_1_table() {
    static const auto table = [] {
        RuleSet1 rules;
        const auto rows = shipped_rows("rule_set_1.tsv");
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const auto& row = rows[i];
            const double weight = std::stod(row.at(2));
            if (row.at(0) == "intercept")
                rules.intercept = weight;
            else if (row.at(0) == "gc_low")
                rules.gc_low = weight;
            else if (row.at(0) == "gc_high")
                rules.gc_high = weight;
            else
                rules.weights.push_back({std::stoul(row.at(0)), row.at(1), weight});
        }
        return rules;
    }();
    return table;
}

}  // namespace

std::vector<ShippedRow> shipped_rows(std::string_view name) {
    for (const auto& file : embedded_crispr()) {
        if (file.name != name) continue;
        std::vector<ShippedRow> rows;
        auto left = file.bytes;
        while (!left.empty()) {
            const auto line = left.substr(0, left.find('\n'));
            left.remove_prefix(std::min(left.size(), line.size() + 1));
            auto& row = rows.emplace_back();
            for (std::size_t at = 0; at <= line.size();) {
                const auto tab = std::min(line.find('\t', at), line.size());
                row.emplace_back(line.substr(at, tab - at));
                at = tab + 1;
            }
        }
        return rows;
    }
    throw std::logic_error("no shipped table " + std::string(name));
}

const CfdTable& cfd_table() {
    static const auto table = read_cfd();
    return table;
}

double cfd_of(std::string_view guide, std::string_view site, std::string_view pam_end) {
    const auto& table = cfd_table();
    double score = table.pam.at(code_of(pam_end.at(0))).at(code_of(pam_end.at(1)));
    for (std::size_t i = 0; i < 20; ++i)
        if (guide.at(i) != site.at(i)) score *= table.pairs.at(19 - i).at(code_of(guide[i])).at(code_of(site[i]));
    return score;
}

double mit_of(std::uint32_t mismatches) {
    if (mismatches == 0) return 1;
    double score = 1;
    for (auto left = mismatches; left != 0; left &= left - 1)
        score *= 1 - mit_weights()[static_cast<std::size_t>(std::countr_zero(left))];
    const int count = std::popcount(mismatches);
    if (count < 2) return score;
    const int spread = 31 - std::countl_zero(mismatches) - std::countr_zero(mismatches);
    const double mean = static_cast<double>(spread) / (count - 1);
    return score / ((19 - mean) / 19 * 4 + 1) / (count * count);
}

std::optional<double> rule_set_1(std::string_view context) {
    if (context.size() != 30 || context.find_first_not_of(letters) != std::string_view::npos) return std::nullopt;
    const auto& rules = rule_set_1_table();
    int gc = 0;
    for (const char c : context.substr(4, 20)) gc += c == 'G' || c == 'C' ? 1 : 0;
    double x = rules.intercept + std::abs(10 - gc) * (gc <= 10 ? rules.gc_low : rules.gc_high);
    for (const auto& one : rules.weights)
        if (context.substr(one.position, one.bases.size()) == one.bases) x += one.weight;
    return 1 / (1 + std::exp(-x));
}

}  // namespace leaven::crispr
