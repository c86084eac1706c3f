// A design problem: a molecule, what must hold of it, and what it should be good at.
//
// Positions are 0-based half-open on the forward strand; on a circle an interval over the origin has end > length.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/dna/codon_table.hpp>
#include <leaven/seq/location.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::dna {

class EnergyModel;

/// Where a constraint or an objective applies.
struct Place {
    std::vector<seq::Piece> pieces{};  // in reading order
    bool whole = true;                 // all of the molecule: a circle then has no ends
};

/// What a person typed: an IUPAC word (that of an enzyme for its name), or an expression.
struct Pattern {
    std::string name{};        // as typed
    std::string word{};        // upper case, T for U; empty for an expression
    std::string expression{};  // without the slashes
};

struct Translation {
    std::string protein{};  // one letter a codon, "*" for a stop, X for any amino acid
    std::int64_t table = 11;
    AminoAcids amino_acids{};
    std::string start_codon{};  // another start codon than ATG that the molecule has and keeps
};
struct Keep {
    std::string letters{};  // of the molecule as it was given
};
struct Avoid {
    Pattern pattern{};
    bool forward = true;
    bool reverse = true;
};
struct Require {  // at least `count` places, on either strand
    Pattern pattern{};
    std::int64_t count = 1;
};
struct GcRange {
    double min = 0;
    double max = 1;
    std::int64_t window = 0;  // 0: the whole place
};
struct GcSpread {  // the greatest difference between two windows
    std::int64_t window = 50;
    double max = 1;
};
struct Homopolymer {
    std::array<std::int64_t, 4> max{-1, -1, -1, -1};  // longest run of A, C, G, T; -1: any
};
struct Repeat {
    std::int64_t k = 20;
    bool both = true;
};
struct RepeatShare {  // share of the bases that lie in words that occur twice, on either strand
    std::int64_t k = 20;
    double max = 1;
};
struct TerminalRepeat {  // no word within the first `window` bases again within the last, on either strand
    std::int64_t window = 60;
    std::int64_t k = 12;
};
struct Hairpin {
    std::int64_t stem = 20;
    std::int64_t span = 200;
};
struct NoMatch {
    std::int64_t k = 20;
    std::string file{};
    std::shared_ptr<const std::unordered_set<std::string>> words{};  // of both strands of the file
};
struct Rare {
    double min_fraction = 0;
    CodonTable table{};
};
struct MeltingRange {  // of the whole place with its complement, under the defaults of OligoConditions
    std::optional<double> min_c{};
    std::optional<double> max_c{};
};
struct Folding {  // no window folds, as RNA at 37 degrees, to less than this
    double least_kcal = 0;
    std::int64_t window = 0;  // 0: the whole place as one strand
    std::shared_ptr<const EnergyModel> model{};
};
struct Length {
    std::int64_t min = 0;
    std::int64_t max = 0;
};

using Rule = std::variant<Translation, Keep, Avoid, Require, GcRange, GcSpread, Homopolymer, Repeat, RepeatShare,
                          TerminalRepeat, Hairpin, NoMatch, Rare, MeltingRange, Folding, Length>;

struct Constraint {
    std::string id{};
    std::string kind{};
    Place place{};
    std::vector<Rule> rules{};  // one; several where `kind` is "rules"
};

enum class CodonMethod : std::uint8_t { cai, match, harmonise, tai };

struct CodonGoal {
    CodonMethod method = CodonMethod::cai;
    CodonTable table{};
    PerCodon weights{};   // of CAI or tAI; of `harmonise` the relative adaptiveness in the host
    PerCodon source{};    // `harmonise`: the relative adaptiveness where the gene comes from
    std::string start{};  // `harmonise`: the bases that the source has here, in reading direction
};
struct ChangeGoal {};
struct GcGoal {
    double target = 0.5;
};
using Goal = std::variant<CodonGoal, ChangeGoal, GcGoal>;

struct Objective {
    std::string id{};
    std::string kind{};
    double weight = 1;
    Place place{};
    Goal goal{};
};

struct Problem {
    std::string start{};  // the molecule as given; empty where only a protein was
    std::int64_t length = 0;
    seq::Topology topology = seq::Topology::linear;
    std::string left_flank{};
    std::string right_flank{};
    std::vector<Constraint> constraints{};
    std::vector<Objective> objectives{};

    [[nodiscard]] bool circular() const { return topology == seq::Topology::circular; }
};

/// The bases of a place in reading direction.
std::string read_place(std::string_view letters, const Place& place);

/// The positions of its bases in reading order, on a circle modulo its length; with each the strand.
std::vector<std::pair<std::int64_t, seq::Strand>> positions_of(const Place& place, std::int64_t length);

/// Reads a problem in JSON. Tables, enzymes, rule sets and files that it names are loaded; paths are taken from the
/// folder of the problem where they are not found as they stand.
///
/// Errors  bad_input  not JSON, an unknown or missing field, an unknown kind, table, enzyme or rule set with the
///                    nearest names, a location beyond the molecule, one id twice; `where` is file and field
Result<Problem> read_problem(std::string_view json, const std::string& name, const std::filesystem::path& folder);

/// A problem out of an annotated record: every CDS keeps its protein and gets the codons of `organism`, all else is
/// kept. Where features are labelled as for DNA Chisel ("@cds", "@no(BsaI_site)", "~optimize") those labels count.
///
/// Errors  bad_input  no CDS and no label, a label that is not understood
Result<Problem> problem_of_record(const seq::Record& record, const std::string& organism);

/// From a file of either form; `organism` is for annotated records.
Result<Problem> load_problem(const std::string& file, const std::string& organism);

/// A molecule under one synthesis rule set, for `dna evaluate FILE --rules ID`.
Result<Problem> problem_of_rules(const seq::Record& record, const std::string& id);

/// The pattern that a person typed. Errors  bad_input  not a word, expression or enzyme
Result<Pattern> parse_pattern(const std::string& typed, const std::string& where);

/// The rules of a set of the catalogue's table `synthesis_rules`. Errors  bad_input  no such set, with the nearest
Result<std::vector<Rule>> load_synthesis_rules(const std::string& id, const std::string& where);

}  // namespace leaven::dna
