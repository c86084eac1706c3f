#include "cut_expansion.hpp"

namespace leaven::metabolism {
namespace {

/// The additions to one open set, tried in order. Shares what is known, adds nothing to it.
class Expander {
public:
    Expander(const Expanding& where, OpenSet open)
        : interventions_(where.interventions),
          world_(where.world),
          most_units_(where.most_units),
          known_(where.known),
          found_(where.found),
          open_(std::move(open)),
          effect_(where.interventions.effect(open_.set, where.world)) {
        for (const auto& region : known_.regions) probes_.emplace_back(where.study, region);
        for (const auto& fluxes : known_.fluxes) alive_.push_back(fluxes.without(effect_.columns));
    }

    Result<Expansion> run(const Context& context) {
        const auto support = flux_to_break();
        if (!support) return failure(ErrorCode::bug, {"a set lost its flux", "组合失去已知通量"});
        for (const auto& addition : interventions_.additions(open_.set, effect_, *support, most_units_)) {
            if (context.stopped()) return cancelled();
            const auto whole = union_of(open_.set, addition.units);
            if (open_.bars(addition.units, whole)) continue;
            if (auto status = try_out(addition, whole); !status) return pass(status);
            open_.bar(addition.units);
        }
        for (const auto& probe : probes_) out_.proof.lps += probe.solved();
        return std::move(out_);
    }

private:
    /// Of all known fluxes in a region to close that are left: the one with the fewest ways to break it.
    [[nodiscard]] const Support* flux_to_break() const {
        const Support* best = nullptr;
        std::int64_t rank = 0;
        for (std::size_t region = 0; region < known_.to_close; ++region) {
            const auto flux = known_.fluxes[region].preferred(alive_[region]);
            if (!flux || (best != nullptr && known_.fluxes[region].rank(*flux) >= rank)) continue;
            best = &known_.fluxes[region].support(*flux);
            rank = known_.fluxes[region].rank(*flux);
        }
        return best;
    }

    Status try_out(const Addition& addition, const UnitSet& whole) {
        if (addition.frees || known_to_close(addition, whole)) return {};
        ++out_.proof.nodes;
        if (addition.impossible) {  // no flux at all is left
            if (known_.to_close == known_.regions.size()) out_.closing.push_back(whole);
            return {};
        }
        const bool largest = whole.size() >= most_units_;
        const auto closes = !any_known(0, known_.to_close, addition);
        if (!closes) {
            ++out_.proof.witnessed;
            if (largest) return {};
        }
        const auto off = union_of(effect_.columns, addition.columns);
        if (closes) {
            const auto closed = closes_all(off);
            if (!closed) return pass(closed);
            if (*closed) return keep_closing(addition, whole, off);
        }
        if (largest) return {};
        const auto keeps = keeps_all(addition, off);
        if (!keeps) return pass(keeps);
        if (*keeps) out_.open.push_back({whole, open_.barred_units, open_.barred_sets});
        return {};
    }

    [[nodiscard]] bool known_to_close(const Addition& addition, const UnitSet& whole) const {
        return found_.within(interventions_.with_insertions(whole, world_.inserted), addition.units);
    }

    Status keep_closing(const Addition& addition, const UnitSet& whole, const Support& off) {
        const auto keeps = keeps_all(addition, off);
        if (!keeps) return pass(keeps);
        if (*keeps) out_.closing.push_back(whole);
        return {};
    }

    /// Is a point of one of these regions known to be left?
    [[nodiscard]] bool any_known(std::size_t first, std::size_t last, const Addition& addition) const {
        for (auto region = first; region < last; ++region)
            if (known_.fluxes[region].any_without(alive_[region], addition.columns)) return true;
        return std::any_of(out_.fluxes.begin(), out_.fluxes.end(), [&](const auto& flux) {
            return flux.first >= first && flux.first < last && avoids(flux.second, addition.columns);
        });
    }

    static bool avoids(const Support& support, const Support& columns) {
        return std::none_of(columns.begin(), columns.end(), [&](std::int32_t column) {
            return std::binary_search(support.begin(), support.end(), column);
        });
    }

    Result<bool> reaches(std::size_t region, const Support& off) {
        auto support = probes_[region].reach(off);
        if (!support) return pass(support);
        if (!*support) return false;
        out_.fluxes.emplace_back(region, **std::move(support));
        return true;
    }

    Result<bool> closes_all(const Support& off) {
        for (std::size_t region = 0; region < known_.to_close; ++region) {
            const auto reached = reaches(region, off);
            if (!reached || *reached) return reached ? Result<bool>(false) : reached;
        }
        return true;
    }

    Result<bool> keeps_all(const Addition& addition, const Support& off) {
        for (auto region = known_.to_close; region < known_.regions.size(); ++region) {
            if (any_known(region, region + 1, addition)) continue;
            auto reached = reaches(region, off);
            if (!reached || !*reached) return reached;
        }
        return true;
    }

    const Interventions& interventions_;
    const World& world_;
    std::size_t most_units_;
    const Knowledge& known_;
    const MinimalList& found_;
    OpenSet open_;
    Effect effect_;
    std::vector<RegionProbe> probes_;
    std::vector<FluxStore::Mask> alive_;  // of each region: known fluxes that the open set leaves
    Expansion out_;
};

}  // namespace

Result<Expansion> expand(const Expanding& where, OpenSet open, const Context& context) {
    return Expander(where, std::move(open)).run(context);
}

}  // namespace leaven::metabolism
