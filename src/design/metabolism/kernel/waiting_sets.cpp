#include "waiting_sets.hpp"

#include <algorithm>
#include <numeric>

namespace leaven::metabolism {

void WaitingSets::add(const UnitSet& set, std::uint32_t node) {
    size_ = set.size();
    const auto first = static_cast<std::size_t>(set.front());
    if (beginning_.size() <= first) beginning_.resize(first + 1);
    auto& rows = beginning_[first];
    rows.insert(rows.end(), set.begin(), set.end());
    rows.push_back(static_cast<std::int32_t>(node));
}

void WaitingSets::drain(const std::function<bool(const UnitSet&, std::uint32_t)>& visit) {
    const auto all = std::move(beginning_);
    beginning_.clear();
    for (const auto& rows : all)
        if (!visit_rows(rows, visit)) return;
}

bool WaitingSets::visit_rows(const Rows& rows, const std::function<bool(const UnitSet&, std::uint32_t)>& visit) const {
    const auto width = size_ + 1;
    const auto row = [&](std::uint32_t number) { return rows.begin() + static_cast<std::ptrdiff_t>(number * width); };
    const auto set_end = [&](auto begin) { return begin + static_cast<std::ptrdiff_t>(size_); };
    std::vector<std::uint32_t> order(rows.size() / width);
    std::iota(order.begin(), order.end(), 0U);
    // The node stands last, so that of equal sets the one of the smallest node comes first.
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::lexicographical_compare(row(a), set_end(row(a)) + 1, row(b), set_end(row(b)) + 1);
    });
    UnitSet last;
    for (const auto number : order) {
        const auto begin = row(number);
        if (std::equal(begin, set_end(begin), last.begin(), last.end())) continue;
        last.assign(begin, set_end(begin));
        if (!visit(last, static_cast<std::uint32_t>(*set_end(begin)))) return false;
    }
    return true;
}

}  // namespace leaven::metabolism
