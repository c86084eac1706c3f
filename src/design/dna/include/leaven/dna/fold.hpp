// Secondary structures of one nucleic acid strand, or of two that may pair: the most stable one, and the ensemble.
//
//     const auto model = EnergyModel::at({.molecule = Molecule::rna, .temperature_c = 37});
//     const auto best = fold("GGGAAAUCC", *model, context);      // best->structure == "(((...)))"
//     const auto duplex = fold("AGGAGGU&ACCUCCUUA", *model, context);
//
// Model   RNA: Turner 2004 (doi:10.1073/pnas.0401799101, NNDB). DNA: SantaLucia & Hicks 2004
//         (doi:10.1146/annurev.biophys.32.110601.141800), where T-G does not pair. Interior loops have at most 30
//         unpaired bases; there are no pseudoknots. A letter that is not certain pairs with nothing, and as a neighbour
//         counts as the least favourable base.
// Units   kcal/mol, degrees Celsius; positions 0-based, counted over both strands without the "&".
// Threads a model is immutable and may be shared; a Folder belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>

namespace leaven::dna {

enum class Molecule : std::uint8_t { rna, dna };

struct FoldConditions {
    Molecule molecule = Molecule::rna;
    double temperature_c = 37;  // 0 … 100
    int dangles = 2;            // 2: both neighbours stack on every outer and multiloop pair; 0: none does
};

struct EnergyTables;

/// The parameters at one temperature. Copies share them.
class EnergyModel {
public:
    /// Errors  bad_input  a temperature outside 0 … 100, dangles other than 0 and 2
    static Result<EnergyModel> at(const FoldConditions& conditions);

    [[nodiscard]] const EnergyTables& tables() const { return *tables_; }

private:
    explicit EnergyModel(std::shared_ptr<const EnergyTables> tables) : tables_(std::move(tables)) {}
    std::shared_ptr<const EnergyTables> tables_;
};

inline constexpr std::int64_t longest_fold = 10'000;     // bases; memory is 4 bytes times their square
inline constexpr std::int64_t longest_ensemble = 4'000;  // 20 bytes times their square

struct Fold {
    std::string structure{};  // "(", ")", "."; "&" where the strands meet
    double mfe_kcal = 0;
};

struct PairProbability {
    std::int64_t i = 0;
    std::int64_t j = 0;
    double probability = 0;
};

struct Ensemble {
    double energy_kcal = 0;                // -RT ln Z
    std::vector<PairProbability> pairs{};  // of at least 1e-5, by i and j
};

/// Folds one sequence after the other in the same memory: for scans over many short ones.
class Folder {
public:
    explicit Folder(EnergyModel model);
    Folder(Folder&&) noexcept;
    Folder& operator=(Folder&&) noexcept;
    ~Folder();

    /// The structure of least free energy. `strands` is one sequence, or two with "&" between; T counts as U.
    ///
    /// Method     Zuker, Stiegler 1981; O(n^3) in time, O(n^2) in memory
    /// Ensures    energy_of(strands, structure) is the energy
    /// Errors     bad_input  a letter that is no nucleotide, an empty strand, more than two, more than `longest_fold`
    ///            cancelled
    Result<Fold> fold(std::string_view strands, const Context& context);

    /// The same energy without the structure.
    Result<double> least_energy(std::string_view strands, const Context& context);

    /// All structures at their Boltzmann weights. Of two strands: of the pair of them, joined or apart.
    ///
    /// Method     McCaskill 1990, doi:10.1002/bip.360290621; the probabilities are derivatives of ln Z
    /// Errors     as fold, with `longest_ensemble`
    Result<Ensemble> ensemble(std::string_view strands, const Context& context);

private:
    struct State;
    std::unique_ptr<State> state_;
};

Result<Fold> fold(std::string_view strands, const EnergyModel& model, const Context& context);
Result<Ensemble> ensemble(std::string_view strands, const EnergyModel& model, const Context& context);

/// The free energy of one structure, summed over its loops.
///
/// Errors  bad_input  as fold; brackets that do not match, a pair that the model does not know, a hairpin of less than
///         three bases
Result<double> energy_of(std::string_view strands, std::string_view structure, const EnergyModel& model);

}  // namespace leaven::dna
