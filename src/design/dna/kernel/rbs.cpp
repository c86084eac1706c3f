#include <cmath>

#include <leaven/dna/rbs.hpp>

#include "minimum.hpp"

namespace leaven::dna {
namespace {

constexpr int standby_length = 4;
constexpr int best_spacing = 5;
constexpr double rate_at_zero = 2500;
constexpr double slope = 0.45;  // 1/(kcal/mol)

/// Of ATG, GTG and TTG; none for other codons. `codon` in capitals of RNA.
std::optional<double> start_energy_kcal(std::string_view codon) {
    if (codon == "AUG") return -1.19;
    if (codon == "GUG") return -0.075;
    if (codon == "UUG") return 0.0;
    return std::nullopt;
}

Energy hundredths(double kcal) { return static_cast<Energy>(std::lround(100 * kcal)); }

/// Bases between the start codon and the base that faces the 5' end of the rRNA's tail, for innermost pair (i, j).
int spacing_of(const Strands& s, int i, int j) { return (s.nick - 1 - i) - (j - s.nick); }

}  // namespace

double spacing_penalty_kcal(std::int64_t spacing) {
    const auto x = static_cast<double>(spacing - best_spacing);
    if (x >= 0) return 0.048 * x * x + 0.24 * x;
    return 12.2 / std::pow(1 + std::exp(2.5 * (x + 2)), 3);
}

double rate_of_energy(double dg_total_kcal) { return rate_at_zero * std::exp(-slope * dg_total_kcal); }
double energy_of_rate(double rate) { return -std::log(rate / rate_at_zero) / slope; }

std::vector<std::int64_t> start_codons(std::string_view mrna) {
    const auto letters = as_rna(std::string(mrna));
    std::vector<std::int64_t> starts;
    for (std::size_t k = 0; k + 3 <= letters.size(); ++k)
        if (start_energy_kcal(std::string_view(letters).substr(k, 3))) starts.push_back(static_cast<std::int64_t>(k));
    return starts;
}

struct RbsPredictor::State {
    EnergyModel model;
    std::string tail;
    Minimum minimum;
    Strands strands{};

    State(EnergyModel with, std::string anti_sd)
        : model(std::move(with)), tail(std::move(anti_sd)), minimum(model.tables()) {}

    Status fold_before(std::string_view before, StartSite& site, const Context& context);
};

RbsPredictor::RbsPredictor(std::unique_ptr<State> state) : state_(std::move(state)) {}
RbsPredictor::RbsPredictor(RbsPredictor&&) noexcept = default;
RbsPredictor& RbsPredictor::operator=(RbsPredictor&&) noexcept = default;
RbsPredictor::~RbsPredictor() = default;

Result<RbsPredictor> RbsPredictor::with(const RbsConditions& conditions) {
    auto model = EnergyModel::at({.temperature_c = conditions.temperature_c, .dangles = 0});
    if (!model) return pass(model);
    auto tail = as_rna(conditions.anti_sd);
    if (tail.size() < 4 || tail.size() > 30 || tail.find_first_not_of("ACGU") != std::string::npos)
        return bad_input(
                   {"the rRNA's tail is not 4 to 30 bases A, C, G, U", "rRNA 末端序列应为 4 至 30 个 A、C、G、U 碱基"})
            .at("anti_sd")
            .advise({"give the 3' end of the 16S rRNA, ACCUCCUUA in E. coli",
                     "请给出 16S rRNA 的 3′ 端，大肠杆菌为 ACCUCCUUA"});
    return RbsPredictor(std::make_unique<State>(*std::move(model), std::move(tail)));
}

Status RbsPredictor::State::fold_before(std::string_view before, StartSite& site, const Context& context) {
    if (before.empty()) {
        site.dg_spacing_kcal = spacing_penalty_kcal(-100);
        return {};
    }
    auto read = read_strands(std::string(before) + "&" + tail, longest_fold);
    if (!read) return pass(read);
    strands = *std::move(read);
    const auto cost = [this](int i, int j) { return hundredths(spacing_penalty_kcal(spacing_of(strands, i, j))); };
    if (auto status = minimum.run(strands, context, cost); !status) return status;
    if (minimum.joined_energy() >= forbidden / 2) {
        site.dg_spacing_kcal = spacing_penalty_kcal(-100);
        site.dg_mrna_rrna_kcal = minimum.prefix_energy(strands.nick) / 100.0;
        return {};
    }
    const auto partner = minimum.partners(true);
    int first = -1;
    int last = -1;
    for (int i = 0; i < strands.nick; ++i) {
        if (partner[at(i)] < strands.nick) continue;
        if (first < 0) first = i;
        last = i;
    }
    site.spacing = spacing_of(strands, last, partner[at(last)]);
    const Energy penalty = cost(last, partner[at(last)]);
    site.dg_spacing_kcal = penalty / 100.0;
    site.dg_mrna_rrna_kcal = (minimum.joined_energy() - penalty) / 100.0;
    site.dg_standby_kcal =
        (minimum.prefix_energy(first) - minimum.prefix_energy(std::max(0, first - standby_length))) / 100.0;
    return {};
}

Result<StartSite> RbsPredictor::at_start(std::string_view mrna, std::int64_t start, const Context& context) {
    const auto length = static_cast<std::int64_t>(mrna.size());
    StartSite site{.start = start};
    if (start >= 0 && start + 3 <= length) site.codon = as_rna(std::string(mrna.substr(at(start), 3)));
    const auto energy = start_energy_kcal(site.codon);
    if (!energy)
        return bad_input({"no ATG, GTG or TTG at base {}", "第 {} 个碱基处不是 ATG、GTG 或 TTG"}, start + 1)
            .at("start")
            .advise({"give the first base of a start codon, counted from 1, or leave it out to have every one",
                     "请给出起始密码子的第一个碱基（从 1 计），或省略以计算全部起始密码子"});
    site.dg_start_kcal = *energy;
    const auto from = std::max<std::int64_t>(0, start - rbs_reach);
    auto window = read_strands(mrna.substr(at(from), at(std::min(length, start + rbs_reach) - from)), longest_fold);
    if (!window) return pass(window);
    state_->strands = *std::move(window);
    if (auto status = state_->minimum.run(state_->strands, context); !status) return pass(status);
    site.dg_mrna_kcal = state_->minimum.energy() / 100.0;
    if (auto status = state_->fold_before(mrna.substr(at(from), at(start - from)), site, context); !status)
        return pass(status);
    site.dg_total_kcal =
        site.dg_mrna_rrna_kcal + site.dg_start_kcal + site.dg_spacing_kcal - site.dg_standby_kcal - site.dg_mrna_kcal;
    site.rate = rate_of_energy(site.dg_total_kcal);
    return site;
}

}  // namespace leaven::dna
