#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <optional>

#include <leaven/core/parallel.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/sample.hpp>

#include "chain_statistics.hpp"
#include "polytope.hpp"
#include "substrate.hpp"
#include "walk.hpp"

namespace leaven::metabolism {
namespace {

/// One chain's samples, as columns of the compression.
using ChainSamples = std::vector<std::vector<double>>;

/// A chain's samples as bytes, for the other ranks; each sample has `width` values.
Sharing share_samples(std::vector<ChainSamples>& chains, std::size_t width) {
    const auto bytes_each = width * sizeof(double);
    return {[&chains](Chunk chunk) {
                std::string bytes;
                for (const auto& sample : chains[static_cast<std::size_t>(chunk.index)])
                    bytes.append(reinterpret_cast<const char*>(sample.data()), sample.size() * sizeof(double));
                return bytes;
            },
            [&chains, width, bytes_each](Chunk chunk, std::string_view bytes) {
                auto& chain = chains[static_cast<std::size_t>(chunk.index)];
                chain.clear();
                for (; bytes_each > 0 && bytes.size() >= bytes_each; bytes.remove_prefix(bytes_each))
                    std::memcpy(chain.emplace_back(width).data(), bytes.data(), bytes_each);
            }};
}

/// How many steps lie between samples where nobody says.
///
/// Eight times the square of the dimensions, as Haraldsdóttir et al. recommend, as far as the whole stays within a
/// forty million steps; the diagnostics say whether that was enough.
std::int64_t chosen_thinning(const SampleParams& params, std::int64_t dimensions) {
    constexpr std::int64_t most_steps = 40'000'000;
    if (params.thinning > 0) return params.thinning;
    if (params.method != "chrr") return 100;  // as COBRApy has it
    return std::clamp<std::int64_t>(8 * dimensions * dimensions, 1,
                                    std::max<std::int64_t>(1, most_steps / params.count));
}

class Sampler {
public:
    Sampler(const Study& study, const SampleParams& params, const Extremes& extremes, const Context& context)
        : params_(params), context_(context), polytope_(reduce(study, extremes)) {
        thinning_ = chosen_thinning(params, polytope_.dimensions());
    }

    [[nodiscard]] std::int64_t dimensions() const { return polytope_.dimensions(); }
    [[nodiscard]] std::int64_t thinning() const { return thinning_; }
    [[nodiscard]] const std::vector<std::int32_t>& free() const { return polytope_.free; }

    Result<std::vector<ChainSamples>> run(const Extremes& extremes) {
        if (polytope_.dimensions() == 0)  // one flux distribution is all there is
            return std::vector<ChainSamples>{ChainSamples(static_cast<std::size_t>(params_.count), polytope_.base)};
        if (auto status = prepare_walks(extremes); !status) return pass(status);
        const auto chains = std::min(params_.chains, params_.count);
        std::vector<ChainSamples> out(static_cast<std::size_t>(chains));
        const auto work = [&](Chunk chunk, int) {
            const auto share = params_.count / chains + (chunk.index < params_.count % chains ? 1 : 0);
            return walk(chunk.index, share, out[static_cast<std::size_t>(chunk.index)]);
        };
        auto status = for_each_chunk(context_, {}, chains, 1, work, share_samples(out, polytope_.base.size()));
        if (!status) return pass(status);
        return out;
    }

private:
    Status prepare_walks(const Extremes& extremes) {
        if (params_.method == "chrr") {
            const auto rounding = round(polytope_, context_);
            if (!rounding) return pass(rounding);
            space_.emplace(polytope_, *rounding);
            return {};
        }
        const auto rows = static_cast<Eigen::Index>(polytope_.free.size());
        vertices_.resize(rows, static_cast<Eigen::Index>(extremes.vertices.size()));
        for (Eigen::Index v = 0; v < vertices_.cols(); ++v)
            for (Eigen::Index i = 0; i < rows; ++i) {
                const auto j = polytope_.free[static_cast<std::size_t>(i)];
                vertices_(i, v) =
                    (extremes.vertices[static_cast<std::size_t>(v)][j] - polytope_.base[j]) / polytope_.scale[i];
            }
        return {};
    }

    [[nodiscard]] std::unique_ptr<Walk> new_walk(std::int64_t chain) const {
        Random random(context_.seed, static_cast<std::uint64_t>(chain));
        if (params_.method == "chrr") return coordinate_walk(*space_, random);
        return direction_walk(polytope_, vertices_, params_.method == "achr", random);
    }

    Status walk(std::int64_t chain, std::int64_t samples, ChainSamples& out) {
        constexpr std::int64_t burn_in = 10;  // samples thrown away
        constexpr std::int64_t steps_between_looks = 20000;
        const auto walk = new_walk(chain);
        for (std::int64_t i = -burn_in; i < samples; ++i) {
            for (std::int64_t left = thinning_; left > 0; left -= steps_between_looks) {
                if (context_.stopped()) return cancelled();
                walk->step(std::min(left, steps_between_looks));
            }
            const auto& y = walk->settle();
            if (i < 0) continue;
            out.push_back(polytope_.columns_at(y));
            context_.report({{"samples", "样本"}, ++done_, params_.count});
        }
        return {};
    }

    const SampleParams& params_;
    const Context& context_;
    Polytope polytope_;
    std::optional<CoordinateSpace> space_;
    Eigen::MatrixXd vertices_;
    std::int64_t thinning_ = 1;
    std::atomic<std::int64_t> done_ = 0;
};

bool is_invalid(const Study& study, const std::vector<double>& w) {
    constexpr double allowed = 1e-6;
    const auto flux = expand(study.compression, w);
    const auto& problem = study.network.problem;
    for (std::size_t r = 0; r < flux.size(); ++r)
        if (flux[r] < problem.lower[r] - allowed || flux[r] > problem.upper[r] + allowed) return true;
    return residual(study.network, flux) > allowed;
}

void diagnose(const std::vector<ChainSamples>& chains, const std::vector<std::int32_t>& free, SampleResult& result) {
    std::size_t length = chains.front().size();
    for (const auto& chain : chains) length = std::min(length, chain.size());
    for (const auto column : free) {
        Chains draws;
        for (const auto& chain : chains) {
            auto& list = draws.emplace_back();
            for (std::size_t i = chain.size() - length; i < chain.size(); ++i) list.push_back(chain[i][column]);
        }
        const auto rhat = split_rhat(draws);
        const auto ess = bulk_ess(draws);
        if (rhat) result.rhat_max = std::max(result.rhat_max.value_or(0), *rhat);
        if (ess) result.ess_min = std::min(result.ess_min.value_or(INFINITY), *ess);
    }
}

/// Mean, spread and quantiles of a column.
SampledFlux summary_of(std::vector<double> values) {
    SampledFlux row;
    const auto n = static_cast<double>(values.size());
    for (const double v : values) row.mean += v / n;
    for (const double v : values) row.sd += (v - row.mean) * (v - row.mean);
    row.sd = values.size() > 1 ? std::sqrt(row.sd / (n - 1)) : 0;
    std::sort(values.begin(), values.end());
    row.q05 = quantile(values, 0.05);
    row.median = quantile(values, 0.5);
    row.q95 = quantile(values, 0.95);
    return row;
}

SampledFlux scaled(const SampledFlux& of_column, double factor, const std::string& reaction) {
    SampledFlux row;
    row.reaction = reaction;
    row.mean = factor * of_column.mean + 0.0;
    row.sd = std::fabs(factor) * of_column.sd;
    row.median = factor * of_column.median + 0.0;
    row.q05 = factor * (factor < 0 ? of_column.q95 : of_column.q05) + 0.0;
    row.q95 = factor * (factor < 0 ? of_column.q05 : of_column.q95) + 0.0;
    return row;
}

void summarise(const Study& study, SampleResult& result) {
    const auto& compression = study.compression;
    std::vector<SampledFlux> of_column;
    for (std::size_t j = 0; j < compression.members.size(); ++j) {
        std::vector<double> values;
        for (const auto& sample : result.samples.values) values.push_back(sample[j]);
        of_column.push_back(summary_of(std::move(values)));
    }
    for (std::size_t r = 0; r < study.model.reactions.size(); ++r) {
        const auto column = compression.column[r];
        const auto& id = study.model.reactions[r].id;
        result.rows.push_back(column < 0 ? scaled({}, 0, id) : scaled(of_column[column], compression.factor[r], id));
    }
}

/// For the picture: the objective, then what crosses the boundary, then the rest, the widest first.
std::vector<std::int32_t> reactions_to_show(const Study& study, const SampleResult& result) {
    constexpr std::size_t most = 12;
    std::vector<std::int32_t> order;
    for (std::size_t r = 0; r < result.rows.size(); ++r)
        if (result.rows[r].sd > 0) order.push_back(static_cast<std::int32_t>(r));
    const auto rank = [&](std::int32_t r) {
        if (study.network.problem.objective[r] != 0) return 0;
        return crosses_boundary(study.model, study.model.reactions[r]) ? 1 : 2;
    };
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return std::pair(rank(a), -result.rows[a].sd) < std::pair(rank(b), -result.rows[b].sd);
    });
    if (order.size() > most) order.resize(most);
    return order;
}

/// A flux has no limit: the ray that shows it.
Result<SampleResult> endless(const Study& study, const Extremes& extremes, const lp::Solver& solver) {
    const auto reaction = study.compression.members[extremes.endless].front();
    const bool upwards = extremes.endless_upwards == (study.compression.factor[reaction] > 0);
    auto verdict = explain_endless(study, solver, reaction, upwards ? lp::Sense::maximize : lp::Sense::minimize);
    if (!verdict) return pass(verdict);
    if (!*verdict)
        return failure(ErrorCode::bug, {"a flux without end could not be found again", "未能再次求得无界通量"});
    SampleResult result;
    static_cast<Verdict&>(result) = **std::move(verdict);
    return result;
}

}  // namespace

Result<SampleResult> sample(const SampleParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return sample(*std::move(model), params, context);
}

Result<SampleResult> sample(Model model, const SampleParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    const auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    SampleResult result;
    static_cast<Verdict&>(result) = optimum->verdict;
    if (!result.solved()) return result;
    constexpr std::size_t most_values = 250'000'000;  // two gigabytes
    const auto most = static_cast<std::int64_t>(most_values / std::max<std::size_t>(1, optimum->compressed.x.size()));
    if (params.count > most)
        return bad_input({"{} samples of this model do not fit into memory", "该模型的 {} 个样本超出内存"},
                         params.count)
            .at("count")
            .advise(
                {"ask for {} at most, or for several runs with different seeds", "至多 {} 个，或用不同种子分次抽样"},
                most);
    const auto extremes = find_extremes(*study, solver, params.method != "chrr", context);
    if (!extremes) return pass(extremes);
    if (extremes->endless >= 0) return endless(*study, *extremes, solver);

    Sampler sampler(*study, params, *extremes, context);
    result.dimensions = sampler.dimensions();
    result.thinning = sampler.thinning();
    auto chains = sampler.run(*extremes);
    if (!chains) return pass(chains);
    diagnose(*chains, sampler.free(), result);
    for (auto& chain : *chains) std::move(chain.begin(), chain.end(), std::back_inserter(result.samples.values));
    for (const auto& w : result.samples.values) result.invalid += is_invalid(*study, w) ? 1 : 0;
    summarise(*study, result);
    for (const auto& reaction : study->model.reactions) result.samples.reactions.push_back(reaction.id);
    result.samples.column = study->compression.column;
    result.samples.factor = study->compression.factor;
    result.shown = reactions_to_show(*study, result);
    return result;
}

}  // namespace leaven::metabolism
