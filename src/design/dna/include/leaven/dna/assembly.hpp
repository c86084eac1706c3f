// Which molecules form when pieces of DNA are joined: simulated from the ends of both strands, never from names.
//
//     pieces      inputs cut by the enzymes, in both orientations
//     links       end to end: equal overhangs of one kind (golden_gate, restriction, basic), homologous ends (gibson,
//                 hifi, yeast), ends that an oligo bridges (lcr)
//     products    simple cycles and paths of that graph, each piece at most once; by canonical form each once
//
// Golden Gate and BASIC cut while they ligate: a joint that restores a site is cut again and so is none, and a product
// in which a joint makes a new site is left out with a warning. Ends of linear inputs carry no 5' phosphate: blunt ones
// are ligated to ends made by an enzyme, not to each other.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/dna/digest.hpp>
#include <leaven/dna/overhangs.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

enum class Method : std::uint8_t { gibson, hifi, golden_gate, restriction, basic, yeast, lcr };

enum class Shape : std::uint8_t { circular, linear, any };

struct AssemblyOptions {
    Method method = Method::gibson;
    std::vector<seq::Enzyme> enzymes{};  // golden_gate, restriction, basic; of the others those that open inputs first
    std::int64_t min_overlap = 20;       // homology; of an oligo of lcr twice what it must share with each side
    std::int64_t max_tip = 0;            // bases beyond the homology that are removed from an end
    Shape shape = Shape::circular;
    std::int64_t max_parts = 12;
    const Ligation* ligation = nullptr;     // for fidelities
    std::optional<std::string> intended{};  // canonical form of the product that is wanted
    Methylation methylation = Methylation::none;
};

/// Bases of an input in a product. Parts cover the product without overlap: what a joint shares belongs to the part
/// after it.
struct Part {
    std::size_t input = 0;
    seq::Interval at{};  // on the input's forward strand
    seq::Strand strand = seq::Strand::forward;
    std::int64_t shared = 0;  // bases beyond its end in reading direction that the next part has in its place
    std::size_t piece = 0;    // of all pieces in the reaction
};

struct Junction {
    std::string bases{};  // overhang, homology, or bridging oligo, as the product reads it
    std::optional<double> fidelity{};
};

struct Product {
    std::vector<Part> parts{};
    std::vector<Junction> junctions{};  // after each part; of a linear product one fewer
    seq::Topology topology = seq::Topology::circular;
    std::string letters{};  // begins with the first part
    std::string canonical{};
    bool intended = false;
};

struct Leftover {
    std::size_t input = 0;
    seq::Interval at{};
    bool uncut = false;  // an input that no enzyme opened; else a piece of no product
};

struct AssemblyNote {
    std::string code{};
    Text message{};
};

struct Assembly {
    std::vector<Product> products{};  // the intended first, then circles, then by number of parts and sequence
    std::optional<double> fidelity{};
    std::vector<Leftover> leftovers{};
    std::vector<AssemblyNote> notes{};
};

/// Every product. Without a wanted sequence the one product that holds a piece of every input is the intended one.
///
/// Ensures  the set of canonical forms does not depend on the order, rotation or strand of the inputs
/// Errors   bad_input  no enzyme where the method needs one, more than 100,000 products; cancelled
Result<Assembly> assemble(std::span<const seq::Record> inputs, const AssemblyOptions& options, const Context& context);

/// Products as records: features of the inputs follow their parts, cut short where a part is.
class ProductRecords {
public:
    explicit ProductRecords(std::span<const seq::Record> inputs) : inputs_(inputs) {}

    /// Features in order of their place; one that lies in what two parts share is there once.
    [[nodiscard]] std::vector<seq::Feature> features_of(const Product& product);
    [[nodiscard]] seq::Record record_of(const Product& product, const std::string& name);

private:
    using Run = std::tuple<std::size_t, seq::Interval, seq::Strand>;  // of one input
    const std::vector<seq::Feature>& carried(const Run& run);

    std::span<const seq::Record> inputs_;
    std::map<Run, std::vector<seq::Feature>> carried_{};  // products share runs
};

}  // namespace leaven::dna
