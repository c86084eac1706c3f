// Where one rule is broken; a function for each kind.
#pragma once

#include <leaven/dna/evaluate.hpp>

namespace leaven::dna {

/// A molecule under judgement.
struct Judged {
    const Problem& problem;
    std::string_view letters;
    const Context& context;
};

/// A run of letters that a rule looks at: a part of a place, with what lies beyond its ends where that is fixed.
struct Stretch {
    std::string letters{};
    std::int64_t offset = 0;  // position of the first letter; negative in the left flank
    seq::Interval core{};     // the letters that are not of a flank
    bool circular = false;
};

/// The parts of a place, with flanks where `flanks` and it reaches the end of a line.
std::vector<Stretch> stretches_of(const Judged& molecule, const Place& place, bool flanks);

using Violations = Result<std::vector<Violation>>;
Violations violations(const Judged&, const Place&, const Translation&);
Violations violations(const Judged&, const Place&, const Keep&);
Violations violations(const Judged&, const Place&, const Avoid&);
Violations violations(const Judged&, const Place&, const Require&);
Violations violations(const Judged&, const Place&, const GcRange&);
Violations violations(const Judged&, const Place&, const GcSpread&);
Violations violations(const Judged&, const Place&, const Homopolymer&);
Violations violations(const Judged&, const Place&, const Repeat&);
Violations violations(const Judged&, const Place&, const RepeatShare&);
Violations violations(const Judged&, const Place&, const TerminalRepeat&);
Violations violations(const Judged&, const Place&, const Hairpin&);
Violations violations(const Judged&, const Place&, const NoMatch&);
Violations violations(const Judged&, const Place&, const Rare&);
Violations violations(const Judged&, const Place&, const MeltingRange&);
Violations violations(const Judged&, const Place&, const Folding&);
Violations violations(const Judged&, const Place&, const Length&);

}  // namespace leaven::dna
