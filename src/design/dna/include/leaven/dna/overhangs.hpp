// How faithfully a set of four-base overhangs is ligated, from measured counts, and the best set of a given size.
//
// An overhang and its reverse complement are the two sides of one joint, so a set holds joints: 136 of them, 16
// palindromes among them. Fidelity of a joint o in a set S
//
//     c / t,   c = M[o][rc o] + M[rc o][o],   t = sum over x in S and its complements of M[o][x] + M[rc o][x]
//
// and of the set the product over its joints. It only falls when a joint is added.
// References  Potapov et al. 2018, doi:10.1021/acssynbio.8b00333; Pryor et al. 2020, doi:10.1371/journal.pone.0238592
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

namespace leaven::dna {

constexpr std::size_t joint_count = 136;
using Joint = std::uint8_t;  // 0 … 135, in order of the lesser of overhang and complement

/// The joint of four letters A C G T; none for anything else.
std::optional<Joint> joint_of(std::string_view overhang);
/// The lesser of the overhang and its reverse complement.
std::string overhang_of(Joint joint);
bool is_palindrome(Joint joint);

class Ligation {
public:
    /// A table with a header line "Overhang,AAAA,…" and a line for each of the 256 overhangs.
    ///
    /// Errors  bad_input  another shape, a count that is none; `where` is "name, line N"
    static Result<Ligation> read(std::string_view table, const std::string& name);

    /// The table of this name in the catalogue, or a file. Errors  not_found, and those of `read`
    static Result<Ligation> load(const std::string& name);

    /// Counts of right ligations of a joint, and of all ligations of joint `a` to the overhangs of joint `b`.
    [[nodiscard]] double right(Joint a) const { return right_[a]; }
    [[nodiscard]] double any(Joint a, Joint b) const { return any_[a][b]; }

    /// Fidelity of each joint in the set, and of the set. Requires  no joint twice
    [[nodiscard]] std::vector<double> each(std::span<const Joint> set) const;
    [[nodiscard]] double fidelity(std::span<const Joint> set) const;

private:
    std::array<double, joint_count> right_{};
    std::array<std::array<double, joint_count>, joint_count> any_{};
};

/// The table of the catalogue that was measured with an enzyme or its isoschizomer; empty: none was.
std::string_view table_measured_with(std::string_view enzyme);

/// `limit`: the steps ran out before anything was found or ruled out.
enum class Proof : std::uint8_t { optimal, feasible, infeasible, limit };
std::string_view name_of(Proof proof);

struct ChosenSet {
    std::vector<Joint> joints{};  // required ones first, the rest in order of name
    double fidelity = 0;
    double bound = 1;  // no set of this size is better
    Proof proof = Proof::infeasible;
};

/// The best set of `count` joints that holds all required and no forbidden ones; palindromes only where required.
///
/// Method  branch and bound: partial set times the best that each further joint could do beside it; the start is a
///         greedy set improved by exchanges. After `most_nodes` the best set so far, with a bound.
/// Errors  cancelled
Result<ChosenSet> choose_overhangs(const Ligation& ligation, std::int64_t count, std::span<const Joint> required,
                                   std::span<const Joint> forbidden, const Context& context,
                                   std::int64_t most_nodes = 200'000);

}  // namespace leaven::dna
