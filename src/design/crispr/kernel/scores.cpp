#include <algorithm>
#include <bit>
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

/// A sum over the letters of 30 bases.
struct ContextModel {
    double intercept = 0;
    double gc_low = 0;   // for each G or C less than 10 in the guide
    double gc_high = 0;  // for each one more
    struct Weight {
        std::size_t position;
        std::string bases;
        double weight;
    };
    std::vector<Weight> weights{};
    struct Stack {
        std::size_t begin;
        std::size_t end;
        double weight;
    };
    std::vector<Stack> stacks{};  // energy of a part of the guide
};

void read_weight(ContextModel& model, const ShippedRow& row) {
    const auto& place = row.at(0);
    const double weight = std::stod(row.at(2));
    if (place == "intercept") {
        model.intercept = weight;
    } else if (place == "gc_low") {
        model.gc_low = weight;
    } else if (place == "gc_high") {
        model.gc_high = weight;
    } else if (place.starts_with("stack_")) {
        const auto bar = place.find('_', 6);
        model.stacks.push_back({std::stoul(place.substr(6)), std::stoul(place.substr(bar + 1)), weight});
    } else {
        model.weights.push_back({std::stoul(place), row.at(1), weight});
    }
}

ContextModel read_model(std::string_view name) {
    ContextModel model;
    const auto rows = shipped_rows(name);
    for (std::size_t i = 1; i < rows.size(); ++i) read_weight(model, rows[i]);
    return model;
}

/// Energy of two stacked pairs in kcal/mol. Source  SantaLucia 1998, doi:10.1073/pnas.95.4.1460
double stack_energy(char first, char second) {
    constexpr std::array<std::array<double, 4>, 4> energies{{{-1.00, -1.44, -1.28, -0.88},
                                                             {-1.45, -1.84, -2.17, -1.28},
                                                             {-1.30, -2.24, -1.84, -1.44},
                                                             {-0.58, -1.30, -1.45, -1.00}}};
    return energies.at(code_of(first)).at(code_of(second));
}

/// None where there are not 30 letters of A C G T.
std::optional<double> sum_of(const ContextModel& model, std::string_view context) {
    if (context.size() != 30 || context.find_first_not_of(letters) != std::string_view::npos) return std::nullopt;
    int gc = 0;
    for (const char c : context.substr(4, 20)) gc += c == 'G' || c == 'C' ? 1 : 0;
    double sum = model.intercept + std::abs(10 - gc) * (gc <= 10 ? model.gc_low : model.gc_high);
    for (const auto& one : model.weights)
        if (context.substr(one.position, one.bases.size()) == one.bases) sum += one.weight;
    for (const auto& part : model.stacks)
        for (auto i = part.begin; i + 1 < part.end; ++i) sum += part.weight * stack_energy(context[i], context[i + 1]);
    return sum;
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
    static const auto model = read_model("rule_set_1.tsv");
    const auto sum = sum_of(model, context);
    if (!sum) return std::nullopt;
    return 1 / (1 + std::exp(-*sum));
}

std::optional<double> learned_score(std::string_view context) {
    static const auto model = read_model("on_target_learned.tsv");
    const auto sum = sum_of(model, context);
    if (!sum) return std::nullopt;
    return std::clamp(*sum, 0.0, 1.0);
}

}  // namespace leaven::crispr
