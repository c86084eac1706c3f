// The energy of a given structure, loop by loop: nothing here is shared with the recursions but the single loops.
#include <leaven/dna/fold.hpp>

#include "energy_tables.hpp"

namespace leaven::dna {
namespace {

Failure bad_structure(Doc what, std::size_t position) {
    return bad_input(what)
        .at(fmt::format("structure, position {}", position + 1))
        .advise({"write one bracket or point a base, and & where the sequence has it",
                 "每个碱基写一个括号或点，& 与序列中的位置一致"});
}

/// For each base its partner, -1 where it has none.
Result<std::vector<int>> read_partners(std::string_view strands, std::string_view structure) {
    std::vector<int> partner;
    std::vector<int> open;
    for (std::size_t k = 0; k < std::max(strands.size(), structure.size()); ++k) {
        if (k >= strands.size() || k >= structure.size())
            return bad_structure({"the structure is not as long as the sequence", "结构与序列长度不同"}, k);
        if ((strands[k] == '&') != (structure[k] == '&'))
            return bad_structure({"the strands meet elsewhere", "两条链的分界不一致"}, k);
        if (structure[k] == '&') continue;
        const int here = static_cast<int>(partner.size());
        partner.push_back(-1);
        if (structure[k] == '(') {
            open.push_back(here);
        } else if (structure[k] == ')') {
            if (open.empty()) return bad_structure({"a bracket that nothing opens", "右括号没有对应的左括号"}, k);
            partner[at(here)] = open.back();
            partner[at(open.back())] = here;
            open.pop_back();
        } else if (structure[k] != '.') {
            return bad_structure({"neither bracket nor point", "既非括号也非点"}, k);
        }
    }
    if (!open.empty())
        return bad_structure({"a bracket that nothing closes", "左括号没有对应的右括号"}, structure.size());
    return partner;
}

/// One loop: the pairs inside it, and whether the ends of the strands lie in it.
struct Loop {
    std::vector<int> inner;  // first base of each
    bool nicked = false;
};

Loop loop_between(const Strands& s, const std::vector<int>& partner, int from, int to) {
    Loop loop;
    for (int k = from + 1; k <= to;) {
        loop.nicked |= k == s.nick && from >= 0;
        if (k == to) break;
        if (partner[at(k)] > k) {
            loop.inner.push_back(k);
            k = partner[at(k)] + 1;
        } else {
            ++k;
        }
    }
    return loop;
}

class Sum {
public:
    Sum(const EnergyTables& tables, const Strands& strands, const std::vector<int>& partner)
        : t_(tables), s_(strands), partner_(partner) {}

    [[nodiscard]] Energy of_all() const {
        Energy sum = 0;
        bool joined = false;
        for (const int i : loop_between(s_, partner_, -1, s_.size()).inner) sum += t_.exterior(s_, i, partner_[at(i)]);
        for (int i = 0; i < s_.size(); ++i) {
            if (partner_[at(i)] <= i) continue;
            sum += closed_by(i, partner_[at(i)]);
            joined |= s_.apart(i, partner_[at(i)]);
        }
        return joined ? sum + t_.duplex_initiation : sum;
    }

private:
    [[nodiscard]] Energy closed_by(int i, int j) const {
        const auto loop = loop_between(s_, partner_, i, j);
        if (!loop.nicked && loop.inner.empty()) return t_.hairpin(s_, i, j);
        if (!loop.nicked && loop.inner.size() == 1)
            return t_.interior(s_, i, j, loop.inner[0], partner_[at(loop.inner[0])]);
        Energy sum = loop.nicked ? t_.exterior(s_, j, i) : t_.multi_closing + t_.multi(s_, j, i);
        int unpaired = j - i - 1;
        for (const int p : loop.inner) {
            const int q = partner_[at(p)];
            sum += loop.nicked ? t_.exterior(s_, p, q) : t_.multi(s_, p, q);
            unpaired -= q - p + 1;
        }
        return loop.nicked ? sum : sum + unpaired * t_.multi_unpaired;
    }

    const EnergyTables& t_;
    const Strands& s_;
    const std::vector<int>& partner_;
};

}  // namespace

Result<double> energy_of(std::string_view strands, std::string_view structure, const EnergyModel& model) {
    const auto read = read_strands(strands, longest_fold);
    if (!read) return pass(read);
    const auto partner = read_partners(strands, structure);
    if (!partner) return pass(partner);
    for (int i = 0; i < read->size(); ++i) {
        const int j = (*partner)[at(i)];
        if (j <= i) continue;
        if (!read->far(i, j) || model.tables().kind(*read, i, j) == no_pair)
            return bad_input({"bases {} and {} do not pair", "碱基 {} 与 {} 不能配对"}, i + 1, j + 1)
                .at("structure")
                .advise({"pair G-C, A-U and (in RNA) G-U over at least three bases",
                         "配对应为 G-C、A-U（RNA 中还有 G-U），且间隔至少三个碱基"});
    }
    return Sum(model.tables(), *read, *partner).of_all() / 100.0;
}

}  // namespace leaven::dna
