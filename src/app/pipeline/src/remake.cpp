#include <algorithm>
#include <map>

#include <leaven/dna/pcr.hpp>
#include <leaven/seq/sequence.hpp>

#include "build_assembly.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t longest_product = 20'000;

/// The tubes that the steps before assembly fill.
class Bench {
public:
    Bench(const dna::Plan& plan, const Shelf& shelf) {
        for (const auto& oligo : plan.oligos) oligos_[oligo.name] = oligo.letters;
        for (const auto& fragment : plan.fragments) tubes_[fragment.name] = linear(fragment.name, fragment.letters);
        for (const auto& part : shelf.parts) shelf_[part.name] = &part;
    }

    /// False where the step gives nothing, or not one thing alone.
    Result<bool> take(const dna::PlannedStep& step, const Context& context) {
        const auto& output = step.outputs.front();
        if (step.kind == "use") {
            const auto part = shelf_.find(output);
            if (part == shelf_.end()) return false;
            tubes_[output] = *part->second;
        } else if (step.kind == "synthesise" || step.kind == "digest") {
            tubes_[output] = tubes_[step.inputs.front()];
        } else if (step.kind == "anneal") {
            if (oligos_[step.inputs[0]] != seq::reverse_complement(oligos_[step.inputs[1]])) return false;
            tubes_[output] = linear(output, oligos_[step.inputs[0]]);
        } else if (step.kind == "pcr") {
            const auto& source = tubes_[step.inputs[0]];
            const std::vector<dna::Primer> primers{{"forward", oligos_[step.inputs[1]]},
                                                   {"reverse", oligos_[step.inputs[2]]}};
            const auto longest = std::max(longest_product, 2 * source.length);
            const auto made = dna::amplify(source, primers, {.max_product = longest}, context);
            if (!made) return pass(made);
            if (made->products.size() != 1) return false;
            tubes_[output] = linear(output, made->products.front().letters);
        }
        return true;
    }

    [[nodiscard]] const seq::Record* tube(const std::string& name) const {
        const auto found = tubes_.find(name);
        return found == tubes_.end() || found->second.length == 0 ? nullptr : &found->second;
    }

private:
    static seq::Record linear(const std::string& name, const std::string& letters) {
        seq::Record record;
        record.name = record.id = name;
        record.set_sequence({letters, {}, seq::Alphabet::dna});
        return record;
    }

    std::map<std::string, seq::Record> tubes_;
    std::map<std::string, std::string> oligos_;
    std::map<std::string, const seq::Record*> shelf_;
};

/// Joints of a product as places on the construct, which is the same circle from another base, or the other strand.
std::vector<ConstructJoint> joints_on(const std::string& construct, const dna::Product& product) {
    const auto length = static_cast<std::int64_t>(construct.size());
    const auto around = product.letters + product.letters;
    auto start = static_cast<std::int64_t>(around.find(construct));
    const bool reversed = start < 0;
    if (reversed) start = static_cast<std::int64_t>(around.find(seq::reverse_complement(construct)));
    std::vector<ConstructJoint> joints;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < product.parts.size(); ++i) {
        at += product.parts[i].at.length();
        const auto& joint = product.junctions[i];
        const auto size = static_cast<std::int64_t>(joint.bases.size());
        const auto forward = ((at - start) % length + length) % length;
        joints.push_back({reversed ? ((length - forward - size) % length + length) % length : forward,
                          reversed ? seq::reverse_complement(joint.bases) : joint.bases, joint.fidelity});
    }
    std::sort(joints.begin(), joints.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
    return joints;
}

Result<Remade> assembled(Bench& bench, const dna::PlannedConstruct& construct, const dna::PlanOptions& options,
                         const Context& context) {
    Remade remade;
    std::vector<seq::Record> pieces;
    for (const auto& name : construct.pieces) {
        const auto* piece = bench.tube(name);
        if (piece == nullptr) return remade;
        pieces.push_back(*piece);
    }
    const auto& letters = construct.record.sequence.letters;
    dna::AssemblyOptions reaction{
        .method = construct.method,
        .max_parts = static_cast<std::int64_t>(pieces.size()),
        .intended = seq::canonical_form({letters, {}, seq::Alphabet::dna}, seq::Topology::circular)};
    for (const auto& enzyme : options.enzymes)
        if (enzyme.name == construct.enzyme) {
            reaction.enzymes = {enzyme};
            reaction.ligation = options.ligation;
        }
    const auto made = dna::assemble(pieces, reaction, context);
    if (!made) return pass(made);
    std::size_t of_all = 0;
    for (const auto& product : made->products) {
        of_all += product.parts.size() >= pieces.size() ? 1 : 0;
        if (!product.intended) continue;
        remade.verified = true;
        remade.joints = joints_on(letters, product);
    }
    remade.verified = remade.verified && of_all == 1;
    return remade;
}

}  // namespace

Result<std::vector<Remade>> remake(const dna::Plan& plan, const Shelf& shelf, const dna::PlanOptions& options,
                                   const Context& context) {
    Bench bench(plan, shelf);
    std::vector<Remade> all(plan.constructs.size());
    for (const auto& step : plan.steps) {
        const auto given = bench.take(step, context);
        if (!given) return pass(given);
        if (!*given) return all;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto one = assembled(bench, plan.constructs[i], options, context);
        if (!one) return pass(one);
        all[i] = *std::move(one);
    }
    return all;
}

}  // namespace leaven::pipeline
