// How often ribosomes begin at a start codon of a bacterial mRNA, from free energies.
//
//     auto predictor = RbsPredictor::with({.anti_sd = "ACCUCCUUA"});
//     const auto site = predictor->at_start(mrna, 42, context);       // site->dg_total_kcal, site->rate
//
// Model   Salis, Mirsky, Voigt 2009, doi:10.1038/nbt.1568:
//             total = mRNA:rRNA + start + spacing - standby - mRNA,    rate = 2500 exp(-0.45 total)
//         mRNA: the fold of the 35 bases before and the 35 from the start codon on. mRNA:rRNA: the bases before the
//         start folded together with the 3' end of the 16S rRNA, at the binding site that is best with its spacing.
//         standby: what it costs to open the four bases before that site (zero or less). Energies as `fold.hpp`,
//         without dangles.
// Units   kcal/mol, bases, rates relative. Threads: one object is used by one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>

namespace leaven::dna {

inline constexpr std::int64_t rbs_reach = 35;  // bases before and from the start codon on that take part

struct RbsConditions {
    std::string anti_sd = "ACCUCCUUA";  // 3' end of the 16S rRNA, 5' to 3'
    double temperature_c = 37;
};

struct StartSite {
    std::int64_t start = 0;  // of the codon, 0-based
    std::string codon{};
    double dg_total_kcal = 0;
    double dg_mrna_kcal = 0;
    double dg_mrna_rrna_kcal = 0;
    double dg_start_kcal = 0;
    double dg_spacing_kcal = 0;
    double dg_standby_kcal = 0;
    std::optional<std::int64_t> spacing{};  // bases between site and start; none where the rRNA finds no site
    double rate = 0;
};

/// Penalty of a spacing that is not 5: a spring when stretched, a wall when compressed.
double spacing_penalty_kcal(std::int64_t spacing);

/// rate = 2500 exp(-0.45 dG) and back.
double rate_of_energy(double dg_total_kcal);
double energy_of_rate(double rate);

/// The first bases of ATG, GTG and TTG (or AUG …), in order.
std::vector<std::int64_t> start_codons(std::string_view mrna);

class RbsPredictor {
public:
    /// Errors  bad_input  the tail is not 4 to 30 certain nucleotides; a temperature outside 0 … 100
    static Result<RbsPredictor> with(const RbsConditions& conditions);

    /// Requires nothing of the case of `mrna`, nor of T or U.
    ///
    /// Errors  bad_input  no ATG, GTG or TTG at `start`; a letter that is no nucleotide;  cancelled
    Result<StartSite> at_start(std::string_view mrna, std::int64_t start, const Context& context);

    RbsPredictor(RbsPredictor&&) noexcept;
    RbsPredictor& operator=(RbsPredictor&&) noexcept;
    ~RbsPredictor();

private:
    struct State;
    explicit RbsPredictor(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace leaven::dna
