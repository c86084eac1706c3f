// The structure behind the least energy: at each interval the first way that gives its energy is followed.
#include <stdexcept>

#include "minimum.hpp"

namespace leaven::dna {

struct Minimum::Step {
    enum class Of : std::uint8_t { suffix, prefix, pair, multi };
    Of of;
    int i;  // of a suffix its first base, of a prefix the base after its last
    int j;  // of these two the strand, 0 or 1
};

namespace {

[[noreturn]] void lost() { throw std::logic_error("no way gives the energy of an interval"); }

}  // namespace

std::vector<int> Minimum::partners(bool joined) const {
    const auto& s = *strands_;
    std::vector<int> partner(at(n_), -1);
    std::vector<Step> todo;
    if (!joined) {
        todo.push_back({Step::Of::suffix, 0, 0});
        if (s.two()) todo.push_back({Step::Of::suffix, s.nick, 1});
    } else {
        for (int i = 0; i < s.nick && todo.empty(); ++i)
            for (int j = s.nick; j < n_ && todo.empty(); ++j)
                if (joined_at(i, j) == joined_)
                    todo = {{Step::Of::prefix, i, 0}, {Step::Of::pair, i, j}, {Step::Of::suffix, j + 1, 1}};
    }
    while (!todo.empty()) {
        const auto step = todo.back();
        todo.pop_back();
        switch (step.of) {
            case Step::Of::suffix:
                trace_suffix(step, todo);
                break;
            case Step::Of::prefix:
                trace_prefix(step, todo);
                break;
            case Step::Of::multi:
                trace_multi(step, todo);
                break;
            case Step::Of::pair:
                partner[at(step.i)] = step.j;
                partner[at(step.j)] = step.i;
                trace_pair(step, todo);
                break;
        }
    }
    return partner;
}

void Minimum::trace_suffix(const Step& step, std::vector<Step>& todo) const {
    const int strand = step.j;
    const auto* suffix = suffix_[strand].data() - begin_of(strand);
    int i = step.i;
    while (i < end_of(strand) && suffix[i] == suffix[i + 1]) ++i;
    if (i == end_of(strand)) return;
    for (int j = i + 1; j < end_of(strand); ++j)
        if (pair(i, j) < forbidden && suffix[i] == pair(i, j) + tables_->exterior(*strands_, i, j) + suffix[j + 1]) {
            todo.push_back({Step::Of::pair, i, j});
            todo.push_back({Step::Of::suffix, j + 1, strand});
            return;
        }
    lost();
}

void Minimum::trace_prefix(const Step& step, std::vector<Step>& todo) const {
    const int strand = step.j;
    const int begin = begin_of(strand);
    const auto* prefix = prefix_[strand].data() - begin;
    int end = step.i;
    while (end > begin && prefix[end] == prefix[end - 1]) --end;
    if (end == begin) return;
    for (int i = begin; i < end - 1; ++i)
        if (pair(i, end - 1) < forbidden &&
            prefix[end] == prefix[i] + pair(i, end - 1) + tables_->exterior(*strands_, i, end - 1)) {
            todo.push_back({Step::Of::pair, i, end - 1});
            todo.push_back({Step::Of::prefix, i, strand});
            return;
        }
    lost();
}

void Minimum::trace_pair(const Step& step, std::vector<Step>& todo) const {
    const auto& s = *strands_;
    const Energy energy = pair(step.i, step.j);
    if (s.apart(step.i, step.j) ? trace_nick(step, energy, todo) : tables_->hairpin(s, step.i, step.j) == energy)
        return;
    if (trace_interior(step, energy, todo)) return;
    trace_split(step.i + 1, step.j - 1, energy - tables_->multi_closing - tables_->multi(s, step.j, step.i), todo);
}

bool Minimum::trace_nick(const Step& step, Energy energy, std::vector<Step>& todo) const {
    if (nick_energy(step.i, step.j) != energy) return false;
    todo.push_back({Step::Of::suffix, step.i + 1, 0});
    todo.push_back({Step::Of::prefix, step.j, 1});
    return true;
}

bool Minimum::trace_interior(const Step& step, Energy energy, std::vector<Step>& todo) const {
    const auto& s = *strands_;
    const bool apart = s.apart(step.i, step.j);
    for (int p = step.i + 1; p <= std::min(step.i + 1 + longest_interior, step.j - 2); ++p)
        for (int q = step.j - 1; q > p && (p - step.i) + (step.j - q) - 2 <= longest_interior; --q) {
            if (pair(p, q) >= forbidden || (apart && !s.apart(p, q))) continue;
            if (pair(p, q) + tables_->interior(s, step.i, step.j, p, q) != energy) continue;
            todo.push_back({Step::Of::pair, p, q});
            return true;
        }
    return false;
}

void Minimum::trace_split(int i, int j, Energy energy, std::vector<Step>& todo) const {
    for (int k = i; k < j; ++k)
        if (multi(i, k) < forbidden && multi(k + 1, j) < forbidden && multi(i, k) + multi(k + 1, j) == energy) {
            todo.push_back({Step::Of::multi, i, k});
            todo.push_back({Step::Of::multi, k + 1, j});
            return;
        }
    lost();
}

void Minimum::trace_multi(const Step& step, std::vector<Step>& todo) const {
    int i = step.i;
    int j = step.j;
    for (;;) {
        const Energy energy = multi(i, j);
        if (pair(i, j) < forbidden && pair(i, j) + tables_->multi(*strands_, i, j) == energy)
            return todo.push_back({Step::Of::pair, i, j});
        if (i + 1 < j && multi(i + 1, j) + tables_->multi_unpaired == energy)
            ++i;
        else if (i < j - 1 && multi(i, j - 1) + tables_->multi_unpaired == energy)
            --j;
        else
            return trace_split(i, j, energy, todo);
    }
}

}  // namespace leaven::dna
