// Melting temperatures of oligonucleotides, and the structures they form alone and in pairs.
//
//     const auto model = OligoModel::at({.oligo_nm = 500, .target_nm = 0, .mg_mm = 1.5, .dntp_mm = 0.6});
//     const double tm = model->melting("ACGTTGCAAGCT")->tm_c;
//
// Units   degrees Celsius, kcal/mol, cal/mol/K; concentrations in nM (strands) and mM (ions).
// Threads a model is immutable and may be shared. Cost: melting is linear in the length; hairpin and dimers take
//         O(n^2 30^2) at most.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include <leaven/core/result.hpp>

namespace leaven::dna {

enum class StackTable : std::uint8_t { santalucia2004, allawi1997, sugimoto1996, breslauer1986 };

enum class SaltCorrection : std::uint8_t {
    santalucia1998,  // entropy: 0.368 (N - 1) ln [Na]
    owczarzy2008,    // 1/Tm, of magnesium and monovalent ions together, doi:10.1021/bi702363u
    owczarzy2004,    // 1/Tm, of monovalent ions, doi:10.1021/bi034621r
    schildkraut,     // Tm: 16.6 log10 [Na], doi:10.1002/bip.360030207
};

enum class TmConvention : std::uint8_t {
    biopython,  // concentration c1 - c2/2, with c1 the greater
    primer3,    // a quarter of the oligo's concentration
};

struct OligoConditions {
    StackTable table = StackTable::santalucia2004;
    double oligo_nm = 25;
    double target_nm = 25;
    double na_mm = 50;
    double k_mm = 0;
    double tris_mm = 0;
    double mg_mm = 0;
    double dntp_mm = 0;
    SaltCorrection salt = SaltCorrection::santalucia1998;
    TmConvention convention = TmConvention::biopython;
};

/// With its perfect complement.
struct Melting {
    double tm_c = 0;
    double dh_kcal = 0;
    double ds_cal = 0;  // with the salt's part where the correction is one of entropy
};

/// A structure with itself or another oligo.
struct Bound {
    double tm_c = 0;
    double dg_kcal = 0;  // at 37 degrees
    double dh_kcal = 0;
    double ds_cal = 0;  // with the salt's part
};

struct OligoTables;

inline constexpr std::int64_t longest_oligo = 500;  // of hairpins and dimers

class OligoModel {
public:
    /// Errors  bad_input  a concentration below zero; no strands; no ions
    static Result<OligoModel> at(const OligoConditions& conditions);

    /// Reference  Biopython's Tm_NN and primer3's oligotm state the two conventions.
    /// Errors     bad_input  a letter that is not A, C, G, T or U; fewer than two bases
    [[nodiscard]] Result<Melting> melting(std::string_view oligo) const;

    /// The hairpin, or hairpins side by side, of highest melting temperature among those stable at 37 degrees in 1 M
    /// salt; none where there is none.
    ///
    /// Method  dynamic programming over stacks, bulges and interior loops; SantaLucia & Hicks 2004
    /// Errors  as melting; more than `longest_oligo` bases
    [[nodiscard]] Result<std::optional<Bound>> hairpin(std::string_view oligo) const;

    /// The most stable duplex of two strands; none where no two bases pair.
    [[nodiscard]] Result<std::optional<Bound>> dimer(std::string_view oligo, std::string_view other) const;

    /// The same with the 3' end of `oligo` paired.
    [[nodiscard]] Result<std::optional<Bound>> end_dimer(std::string_view oligo, std::string_view other) const;

    /// What the concentration of the strands adds to the entropy of a duplex, and the salt to that of each phosphate.
    [[nodiscard]] double entropy_of_strands(bool self_complementary) const;
    [[nodiscard]] double entropy_of_salt() const { return salt_entropy_; }

    [[nodiscard]] const OligoConditions& conditions() const { return conditions_; }

private:
    OligoModel(const OligoConditions& conditions, std::shared_ptr<const OligoTables> tables);
    [[nodiscard]] double corrected(double tm_c, double gc_share, std::size_t length) const;
    [[nodiscard]] Result<std::optional<Bound>> bound(std::string_view oligo, std::string_view other, bool at_end) const;
    [[nodiscard]] double strands_m(bool self_complementary) const;

    OligoConditions conditions_;
    std::shared_ptr<const OligoTables> tables_;
    double monovalent_m_ = 0;  // with what divalent ions count for
    double salt_entropy_ = 0;  // a phosphate
};

}  // namespace leaven::dna
