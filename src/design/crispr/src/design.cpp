#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <leaven/core/join.hpp>
#include <leaven/crispr/design.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/library.hpp>
#include <leaven/crispr/scores.hpp>
#include <leaven/dna/fold.hpp>
#include <leaven/seq/sequence.hpp>

#include "design_task.hpp"
#include "found.hpp"
#include "scaffold.hpp"
#include "site_runs.hpp"

namespace leaven::crispr {
namespace {

constexpr double near_site_weight = 0.5;  // an off-target that weighs as much comes after those without

class Designer {
public:
    Designer(const GenomeFile& file, const DesignOptions& options, const Context& context)
        : file_(file), options_(options), context_(context), scaffold_(scaffold_of(options.nuclease)) {}

    Result<std::vector<TargetGuides>> run(std::vector<Task> tasks) {
        tasks_ = std::move(tasks);
        if (auto status = find_sites(); !status) return pass(status);
        for (auto& task : tasks_) {
            judge(task);
            if (context_.stopped()) return cancelled();
        }
        if (auto status = search(); !status) return pass(status);
        if (auto status = start_folding(); !status) return pass(status);
        std::vector<TargetGuides> results;
        for (auto& task : tasks_) {
            if (context_.stopped()) return cancelled();
            if (auto status = finish(task); !status) return pass(status);
            results.push_back(std::move(task.result));
        }
        return results;
    }

private:
    Status find_sites() {
        constexpr std::size_t many = 100;  // above, holding each site against each place is dearer than listing all
        std::vector<Region> within;
        for (const auto& task : tasks_)
            if (task.judge) within.push_back(region_of(task));
        if (within.empty()) return {};
        if (within.size() > many) within.clear();
        auto list = list_sites(file_.genome, options_.nuclease, within, std::int64_t{1} << 40, context_);
        if (!list) return pass(list);
        sites_ = std::move(list->sites);
        return {};
    }

    /// The stretch with its start in the contig.
    [[nodiscard]] Region region_of(const Task& task) const {
        const auto contig = task.result.target.places.front().region.contig;
        const auto length = file_.genome.contigs()[contig].length;
        auto at = task.judge->stretch();
        if (circle_of(file_.genome, contig) == 0)
            return {contig, {std::max<std::int64_t>(0, at.start), std::min(length, at.end)}};
        if (at.length() >= length) return {contig, {0, 2 * length}};
        const auto turn = ((at.start % length) + length) % length - at.start;
        return {contig, {at.start + turn, at.end + turn}};
    }

    void judge(Task& task) {
        if (task.judge) task.result.warnings = task.judge->warnings();
        add_gene_warnings(task.result);
        if (!task.judge) return;
        const auto contig = task.result.target.places.front().region.contig;
        const auto region = region_of(task);
        std::set<std::size_t> seen;
        Rejections rejections(task.result.rejected);
        for_sites_between(sites_, contig, region.at, circle_of(file_.genome, contig), [&](std::size_t i) {
            if (context_.stopped() || !seen.insert(i).second) return;
            Sighting sighting{sites_[i], site_at(file_.genome, options_.nuclease, sites_[i])};
            auto judgement = task.judge->judge(sighting);
            if (judgement.verdict == Judgement::Verdict::rejected)
                rejections.add(judgement.reason, judgement.kind, sighting.place.site);
            else if (judgement.verdict == Judgement::Verdict::taken)
                task.candidates.push_back({.sighting = task.sightings.size(), .judgement = std::move(judgement)});
            else if (options_.mode != Mode::prime)
                return;
            task.sightings.push_back(std::move(sighting));
        });
    }

    void add_gene_warnings(TargetGuides& result) const {
        for (const auto& place : result.target.places) {
            if (place.gene == nullptr) continue;
            const auto named = [&](const std::string& name) {
                return name == place.gene->name || name == place.gene->locus_tag;
            };
            const bool listed = std::any_of(options_.essential.begin(), options_.essential.end(), named);
            if (listed || place.gene->essential)
                result.warnings.push_back(
                    text({"{} is essential: cells that lose it do not grow", "{} 是必需基因：失去它的细胞不能生长"},
                         place.gene->name));
            if (place.gene->pseudo)
                result.warnings.push_back(
                    text({"{} is annotated as a pseudogene", "{} 注释为假基因"}, place.gene->name));
        }
    }

    Status search() {
        std::map<std::string, std::size_t> numbers;
        std::vector<std::string> guides;
        for (auto& task : tasks_) {
            for (const auto& sighting : task.sightings) {
                const auto [found, fresh] = numbers.try_emplace(sighting.place.site, guides.size());
                if (fresh) guides.push_back(sighting.place.site);
                task.guides.push_back(found->second);
            }
            for (auto& candidate : task.candidates) candidate.guide = task.guides[candidate.sighting];
        }
        found_.resize(guides.size());
        if (guides.empty()) return {};
        const Search finder(file_.genome, std::move(guides),
                            {.nuclease = options_.nuclease, .mismatches = options_.mismatches});
        return finder.run(context_, [&](std::size_t, std::size_t, std::span<const Hit> hits) -> Status {
            for (const auto& hit : hits) found_[hit.guide].take(hit, options_.nuclease.scored);
            return {};
        });
    }

    Status start_folding() {
        if (scaffold_.bases.empty()) return {};
        const auto model = dna::EnergyModel::at({});
        if (!model) return pass(model);
        folder_.emplace(*model);
        const auto alone = folder_->least_energy(scaffold_.bases, context_);
        if (!alone) return pass(alone);
        scaffold_kcal_ = *alone;
        return {};
    }

    /// What the spacer adds to the structure of its scaffold.
    Result<std::optional<double>> fold_of(const std::string& guide) {
        if (!folder_) return std::optional<double>();
        const std::string scaffold(scaffold_.bases);
        const auto whole = folder_->least_energy(scaffold_.before ? scaffold + guide : guide + scaffold, context_);
        if (!whole) return pass(whole);
        return std::optional(std::min(0.0, std::round(100 * (*whole - scaffold_kcal_)) / 100));
    }

    Status finish(Task& task) {
        auto& result = task.result;
        if (!task.judge) return {};
        add_copies(task);
        Rejections rejections(result.rejected);
        std::vector<Candidate> left;
        for (auto& candidate : task.candidates) {
            if (const auto [kind, reason] = reason_against(task, candidate); !reason.empty()) {
                rejections.add(reason, kind, task.sightings[candidate.sighting].place.site);
                continue;
            }
            weigh(task, candidate);
            left.push_back(std::move(candidate));
        }
        sort(left);
        if (auto status = weigh_folds(task, left); !status) return status;
        sort(left);
        const auto chosen = choose(task, left, options_);
        for (const auto index : chosen) result.guides.push_back(guide_of(task, left[index]));
        for (int group = 0; group < task.judge->groups() && !chosen.empty(); ++group)
            if (std::none_of(chosen.begin(), chosen.end(), [&](auto i) { return left[i].judgement.group == group; }))
                if (auto lack = task.judge->lack_of(group); !lack.empty()) result.warnings.push_back(std::move(lack));
        const auto spare = left.size() - result.guides.size();
        if (spare > 0) add_spare(task, left, spare);
        if (result.guides.empty()) result.unserved = why_none(result.rejected);
        return {};
    }

    void add_spare(Task& task, const std::vector<Candidate>& left, std::size_t spare) const {
        Rejection others{.kind = Rejection::Kind::outranked,
                         .reason = {"fits, but others rank before it", "可用，但排名靠后"},
                         .guides = static_cast<std::int64_t>(spare)};
        for (const auto& one : left) {
            const auto& site = task.sightings[one.sighting].place.site;
            const auto taken = std::any_of(task.result.guides.begin(), task.result.guides.end(),
                                           [&](const DesignedGuide& guide) { return guide.sequence == site; });
            if (!taken && others.examples.size() < shown_examples) others.examples.push_back(site);
        }
        task.result.rejected.push_back(std::move(others));
    }

    /// Exact hits within places of the target: one for each is wanted.
    [[nodiscard]] std::int64_t own_hits(const Task& task, const Found& found, std::int64_t& places) const {
        std::int64_t own = 0;
        std::set<std::size_t> served;
        for (const auto& hit : found.exact)
            if (const auto place = nearest_place(hit, task.result.target.places)) {
                ++own;
                served.insert(*place);
            }
        places = static_cast<std::int64_t>(served.size());
        return own;
    }

    /// The place a hit belongs to: the nearest, as copies may follow one another closely; none out of reach.
    [[nodiscard]] std::optional<std::size_t> nearest_place(const Hit& hit,
                                                           const std::vector<TargetPlace>& places) const {
        // Sites of interference and activation lie before the gene.
        const auto reach =
            std::max<std::int64_t>(500, options_.window ? static_cast<std::int64_t>(-options_.window->from) : 0);
        std::optional<std::size_t> best;
        auto least = reach + 1;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (hit.contig != places[i].region.contig) continue;
            const auto& at = places[i].region.at;
            for (const auto turn : turns_of(circle_of(file_.genome, hit.contig))) {
                const auto pam = hit.pam_start + turn;
                const auto away = std::max({std::int64_t{0}, at.start - pam, pam - at.end + 1});
                if (away >= least) continue;
                least = away;
                best = i;
            }
        }
        return best;
    }

    [[nodiscard]] std::pair<Rejection::Kind, Text> reason_against(const Task& task, const Candidate& candidate) const {
        using enum Rejection::Kind;
        const auto& found = found_[candidate.guide];
        const auto wanted = static_cast<std::int64_t>(task.result.target.places.size());
        if (wanted == 1 && found.exact.size() > 1)
            return {repeat, {"repeat: the same site is elsewhere too", "重复：别处也有相同位点"}};
        std::int64_t places = 1;
        const auto own = own_hits(task, found, places);
        if (wanted > 1 && places < wanted)
            return {unfit, text({"is not in all {} copies", "并非 {} 个拷贝中都有"}, wanted)};
        if (wanted > 1 && own < static_cast<std::int64_t>(found.exact.size()))
            return {repeat,
                    {"repeat: the same site is elsewhere than in the targets too", "重复：目标之外也有相同位点"}};
        if (options_.nuclease.scored && found.cfd_score() < options_.min_cfd)
            return {unfit, text({"its CFD score is below {}", "CFD 评分低于 {}"}, options_.min_cfd)};
        return {};
    }

    void weigh(const Task& task, Candidate& candidate) const {
        const auto& site = task.sightings[candidate.sighting].place.site;
        auto& judgement = candidate.judgement;
        candidate.flags = flags_of(site);
        if (options_.scheme && is_cut(site)) candidate.flags.emplace_back("cloning_site");
        if (found_[candidate.guide].exact.size() > 1) candidate.flags.emplace_back("repeat");
        if (!candidate.flags.empty() && candidate.flags != std::vector<std::string>{"repeat"}) judgement.tier += 1;
        const double weight = found_[candidate.guide].other_weight(options_.nuclease.scored);
        if (weight >= near_site_weight) judgement.tier += 2;
        judgement.penalty += weight + 0.5 * std::max(0.0, std::abs(seq::gc_share(site) - 0.5) - 0.15);
    }

    [[nodiscard]] bool is_cut(const std::string& site) const {
        const auto& scheme = *options_.scheme;
        if (scheme.enzyme_site.empty()) return false;
        const auto insert = scheme.top_prefix + site + scheme.top_suffix;
        const auto begin = static_cast<std::int64_t>(scheme.top_prefix.size());
        return holds_word(insert, scheme.enzyme_site, {begin, begin + static_cast<std::int64_t>(site.size())});
    }

    /// Folds those that may come to be chosen: folding is the dear part.
    Status weigh_folds(const Task& task, std::vector<Candidate>& left) {
        std::vector<std::int64_t> folded(static_cast<std::size_t>(task.judge->groups()), 0);
        const auto most = std::max<std::int64_t>(40, 10 * options_.per_target);
        for (auto& candidate : left) {
            if (++folded[static_cast<std::size_t>(candidate.judgement.group)] > most) {
                candidate.judgement.tier += 100;  // behind all that were folded, in their order
                continue;
            }
            const auto energy = fold_of(task.sightings[candidate.sighting].place.site);
            if (!energy) return pass(energy);
            candidate.fold_kcal = *energy;
            if (!*energy) continue;
            candidate.judgement.penalty += std::max(0.0, -**energy - 4) / 8;
            if (**energy >= folds_below_kcal) continue;
            candidate.flags.emplace_back("self_fold");
            candidate.judgement.tier += 1;
        }
        return {};
    }

    /// Where half of the guides have their site elsewhere too, the genes that have it.
    void add_copies(Task& task) const {
        std::set<std::string> copies;
        std::size_t repeats = 0;
        for (const auto& candidate : task.candidates) {
            const auto& found = found_[candidate.guide];
            if (found.exact.size() < 2) continue;
            ++repeats;
            for (const auto& hit : found.exact)
                if (const auto* gene = file_.genes.at(hit.contig, {hit.pam_start, hit.pam_start + 1}))
                    copies.insert(gene->name);
        }
        if (task.result.target.places.size() > 1 || 2 * repeats < task.candidates.size() || copies.size() < 2) return;
        constexpr std::size_t most = 20;
        if (copies.size() > most) copies.erase(std::next(copies.begin(), most), copies.end());
        task.result.warnings.push_back(
            text({"most sites here are in other genes too; --targets {} asks for guides that hit them all",
                  "此处多数位点也在其他基因中；用 --targets {} 可设计同时命中它们的向导"},
                 join(copies, "+")));
    }

    [[nodiscard]] DesignedGuide guide_of(const Task& task, const Candidate& candidate) const {
        const auto& sighting = task.sightings[candidate.sighting];
        const auto& found = found_[candidate.guide];
        DesignedGuide guide{.sequence = sighting.place.site,
                            .pam = sighting.place.pam,
                            .contig = sighting.site.contig,
                            .at = sighting.place.at,
                            .reverse = sighting.site.reverse,
                            .cut = sighting.place.cut,
                            .fraction = candidate.judgement.fraction,
                            .offset = candidate.judgement.offset,
                            .own = static_cast<std::int64_t>(found.exact.size()),
                            .self_fold_kcal = candidate.fold_kcal,
                            .flags = candidate.flags,
                            .reasons = candidate.judgement.reasons,
                            .outcome = candidate.judgement.outcome};
        guide.by_mismatch.assign(found.by_mismatch.begin(), found.by_mismatch.begin() + options_.mismatches + 1);
        if (options_.nuclease.scored) {
            const auto context = context_of(file_.genome, options_.nuclease, sighting.site);
            guide.on_target = options_.on_target == OnTarget::learned ? learned_score(context) : rule_set_1(context);
            guide.cfd = found.cfd_score();
            guide.mit = found.mit_score();
        }
        add_reasons(found, task.result.target.places.size(), file_, options_, guide);
        task.judge->complete(sighting, companions_of(task), guide.outcome);
        return guide;
    }

    [[nodiscard]] std::vector<Companion> companions_of(const Task& task) const {
        std::vector<Companion> companions;
        if (options_.mode != Mode::prime) return companions;
        for (std::size_t i = 0; i < task.sightings.size(); ++i)
            if (found_[task.guides[i]].exact.size() == 1)
                companions.push_back(
                    {&task.sightings[i], found_[task.guides[i]].other_weight(options_.nuclease.scored)});
        return companions;
    }

    const GenomeFile& file_;
    const DesignOptions& options_;
    const Context& context_;
    Scaffold scaffold_;
    std::optional<dna::Folder> folder_{};
    double scaffold_kcal_ = 0;
    std::vector<Task> tasks_{};
    std::vector<SiteRef> sites_{};
    std::vector<Found> found_{};
};

}  // namespace

Result<std::vector<TargetGuides>> design_guides(const GenomeFile& file, const std::vector<Target>& targets,
                                                const DesignOptions& options, const Context& context) {
    if (auto status = check_options(options); !status) return pass(status);
    std::vector<Task> tasks;
    for (const auto& target : targets) {
        auto appointed = appoint_judge(file, target.places.front(), options);
        if (!appointed) return pass(appointed);
        Task task{.judge = std::move(appointed->judge)};
        task.result.target = target;
        task.result.unserved = std::move(appointed->unserved);
        tasks.push_back(std::move(task));
    }
    return Designer(file, options, context).run(std::move(tasks));
}

}  // namespace leaven::crispr
