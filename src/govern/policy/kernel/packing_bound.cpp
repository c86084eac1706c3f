#include "packing_bound.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::policy {
namespace {

constexpr std::size_t most_cliques = 1000;  // pairs that no clique covers only weaken the bound

}  // namespace

PackingBound::PackingBound(Part part, const Context& context)
    : part_(part), solver_(make_program(), {.stop = &context.stop_flag()}) {}

/// Cliques that cover the crossing pairs, each as large as it gets, one after the other.
std::vector<std::vector<std::size_t>> PackingBound::cliques() const {
    const auto size = part_.value.size();
    auto bare = part_.crossing;  // pairs that no clique covers yet
    std::vector<std::vector<std::size_t>> found;
    for (std::size_t i = 0; i < size; ++i)
        while (!bare[i].empty() && found.size() < most_cliques) {
            std::vector<std::size_t> clique{i};
            Bits inside(size);
            inside.add(i);
            auto candidates = part_.crossing[i];
            while (!candidates.empty()) {
                std::size_t best = size;
                std::size_t most = 0;
                candidates.each([&](std::size_t one) {
                    const auto fresh = bare[one].common(inside);
                    if (best < size && fresh <= most) return;
                    best = one;
                    most = fresh;
                });
                clique.push_back(best);
                inside.add(best);
                candidates &= part_.crossing[best];
            }
            for (const auto one : clique) bare[one].subtract(inside);
            std::sort(clique.begin(), clique.end());
            found.push_back(std::move(clique));
        }
    return found;
}

void PackingBound::add_entry(std::size_t column, int row, std::int64_t coefficient) {
    auto& entries = columns_[column];
    if (!entries.empty() && entries.back().row == row)
        entries.back().coefficient += coefficient;
    else
        entries.push_back({row, coefficient});
}

/// Rows: of each clique one item at most; no item without what it needs; no group receives more than its members bring.
lp::Problem PackingBound::make_program() {
    const auto size = part_.value.size();
    const auto& groups = part_.groups;
    columns_.resize(size + groups.size());
    for (const auto& clique : cliques()) {
        for (const auto i : clique) add_entry(i, rows_, 1);
        ++rows_;
    }
    clique_rows_ = static_cast<std::size_t>(rows_);
    for (std::size_t i = 0; i < size; ++i)
        for (const auto& any : part_.needs[i]) {
            add_entry(i, rows_, 1);
            any.each([&](std::size_t other) { add_entry(other, rows_, -1); });
            ++rows_;
        }
    const auto group_row = [&](std::size_t group) { return rows_ + static_cast<int>(group); };
    for (std::size_t i = 0; i < size; ++i) {
        unit_ = std::max(unit_, static_cast<double>(part_.value[i].total));
        if (part_.group_of[i]) add_entry(i, group_row(*part_.group_of[i]), -part_.value[i].total);
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
        add_entry(size + g, group_row(g), 1);
        if (groups[g].parent) add_entry(size + g, group_row(*groups[g].parent), -1);
    }
    const auto first_group_row = rows_;
    rows_ += static_cast<int>(groups.size());

    lp::Problem program;
    program.matrix.rows = rows_;
    program.row_lower.assign(static_cast<std::size_t>(rows_), -lp::infinity);
    program.row_upper.assign(static_cast<std::size_t>(rows_), 0);
    std::fill_n(program.row_upper.begin(), clique_rows_, 1.0);
    for (std::size_t j = 0; j < columns_.size(); ++j) {
        std::sort(columns_[j].begin(), columns_[j].end(), [](auto& a, auto& b) { return a.row < b.row; });
        std::vector<int> rows;
        std::vector<double> values;
        for (const auto& [row, coefficient] : columns_[j]) {
            if (coefficient == 0) continue;
            rows.push_back(row);
            const bool money = j < size && row >= first_group_row;
            values.push_back(static_cast<double>(coefficient) / (money ? unit_ : 1));
        }
        program.matrix.add_column(rows, values);
        const bool item = j < size;
        const bool pays = item ? !part_.group_of[j] : !groups[j - size].parent;
        program.lower.push_back(0);
        program.upper.push_back(item ? 1 : static_cast<double>(groups[j - size].cap) / unit_);
        program.objective.push_back(!pays ? 0 : item ? static_cast<double>(part_.value[j].total) / unit_ : 1);
    }
    return program;
}

std::optional<PackingPrices> PackingBound::ask(const Bits& taken, const Bits& open) {
    for (std::size_t i = 0; i < part_.value.size(); ++i)
        solver_.set_bounds(static_cast<int>(i), taken.has(i) ? 1 : 0, taken.has(i) || open.has(i) ? 1 : 0);
    const auto solution = solver_.solve();
    if (solution.status != lp::SolveStatus::optimal) return std::nullopt;
    return add_up(solution, taken, open);
}

/// Weak duality in integers: true whatever the prices are, as long as none is below zero.
PackingPrices PackingBound::add_up(const lp::Solution& solution, const Bits& taken, const Bits& open) const {
    using Wide = PackingPrices::Wide;
    const auto size = part_.value.size();
    const auto first_group_row = static_cast<std::size_t>(rows_) - part_.groups.size();
    std::vector<Wide> price(static_cast<std::size_t>(rows_));
    PackingPrices prices;
    for (std::size_t row = 0; row < price.size(); ++row) {
        // A group's row is money against money; the others are money against a number of items.
        const auto scale = (row < first_group_row ? unit_ : 1) * static_cast<double>(PackingPrices::parts);
        price[row] = static_cast<Wide>(std::max(0.0, std::round(solution.row_duals[row] * scale)));
        if (row < clique_rows_) prices.bound += price[row];
    }
    const auto surplus_of = [&](std::size_t column, std::int64_t value) {
        auto surplus = static_cast<Wide>(value) * PackingPrices::parts;
        for (const auto& [row, coefficient] : columns_[column])
            surplus -= coefficient * price[static_cast<std::size_t>(row)];
        return surplus;
    };
    prices.surplus.resize(size);
    prices.share.assign(solution.x.begin(), solution.x.begin() + static_cast<std::ptrdiff_t>(size));
    for (std::size_t i = 0; i < size; ++i) {
        prices.surplus[i] = surplus_of(i, part_.group_of[i] ? 0 : part_.value[i].total);
        if (taken.has(i) || (open.has(i) && prices.surplus[i] > 0)) prices.bound += prices.surplus[i];
    }
    for (std::size_t g = 0; g < part_.groups.size(); ++g) {
        const auto surplus = surplus_of(size + g, part_.groups[g].parent ? 0 : 1);
        if (surplus > 0) prices.bound += surplus * part_.groups[g].cap;
    }
    return prices;
}

}  // namespace leaven::policy
