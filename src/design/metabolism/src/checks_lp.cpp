// Checks by linear programs.

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include <fmt/ranges.h>

#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/info.hpp>

#include "checks.hpp"
#include "json_dictionary.hpp"
#include "study.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

constexpr double infinite = lp::infinity;
constexpr double open_bound = 1000;

lp::SolverOptions options_of(const Context& context) { return {.tolerance = 1e-9, .stop = &context.stop_flag()}; }

Result<lp::Solution> solved(lp::Solver& solver) {
    auto solution = solver.solve();
    if (solution.status == lp::SolveStatus::failed) solution = solver.solve_cold();
    if (solution.status == lp::SolveStatus::stopped) return cancelled();
    if (solution.status == lp::SolveStatus::failed)
        return failure(ErrorCode::bug,
                       {"a linear program of the checks could not be solved", "检查中的线性规划未能求解"});
    return solution;
}

// ---- conservation ---------------------------------------------------------------------------------------------------

/// Every inner reaction is a row, S' m = 0, over masses m = z + s with z in [0, 1]: the sum of z is greatest where all
/// metabolites that can have a positive mass have one of at least 1, for masses can be scaled.
lp::Problem mass_problem(const Checked& checked, const std::vector<std::int32_t>& metabolites) {
    std::vector<std::vector<int>> rows(checked.model.metabolites.size());
    std::vector<std::vector<double>> values(checked.model.metabolites.size());
    for (std::size_t row = 0; row < checked.inner.size(); ++row)
        for (const auto& term : checked.model.reactions[checked.inner[row]].terms) {
            rows[term.metabolite].push_back(static_cast<int>(row));
            values[term.metabolite].push_back(term.coefficient);
        }
    lp::Problem problem;
    problem.matrix.rows = static_cast<int>(checked.inner.size());
    problem.row_lower.assign(checked.inner.size(), 0);
    problem.row_upper = problem.row_lower;
    for (const double greatest : {1.0, infinite})
        for (const auto m : metabolites) {
            problem.matrix.add_column(rows[m], values[m]);
            problem.lower.push_back(0);
            problem.upper.push_back(greatest);
            problem.objective.push_back(greatest == 1 ? 1 : 0);
        }
    return problem;
}

/// Inner reactions y, forward and backward, with S y = n >= 0: the least sum of n in which `n[wanted]` is 1.
lp::Problem leak_problem(const Checked& checked, const std::vector<std::int32_t>& metabolites) {
    std::map<std::int32_t, int> row_of;
    for (const auto m : metabolites) row_of.emplace(m, static_cast<int>(row_of.size()));
    lp::Problem problem;
    problem.sense = lp::Sense::minimize;
    problem.matrix.rows = static_cast<int>(metabolites.size());
    problem.row_lower.assign(metabolites.size(), 0);
    problem.row_upper = problem.row_lower;
    for (const auto r : checked.inner) {
        std::vector<std::pair<int, double>> entries;
        for (const auto& term : checked.model.reactions[r].terms)
            entries.emplace_back(row_of.at(term.metabolite), term.coefficient);
        std::sort(entries.begin(), entries.end());
        std::vector<int> rows;
        std::vector<double> values;
        for (const auto& [row, value] : entries) rows.push_back(row), values.push_back(value);
        problem.matrix.add_column(rows, values);
        problem.lower.push_back(-infinite);
        problem.upper.push_back(infinite);
        problem.objective.push_back(0);
    }
    for (std::size_t row = 0; row < metabolites.size(); ++row) {
        problem.matrix.add_column({static_cast<int>(row)}, {-1});
        problem.lower.push_back(0);
        problem.upper.push_back(infinite);
        problem.objective.push_back(1);
    }
    return problem;
}

/// The smallest of the sets that the reactions can make from nothing, one sought for each of a few metabolites.
Result<std::vector<std::string>> smallest_leak(const Checked& checked, const std::vector<std::int32_t>& metabolites,
                                               const std::vector<std::size_t>& faulty, const Context& context) {
    constexpr std::size_t tries = 10;
    constexpr double zero = 1e-7;
    const int first_net = static_cast<int>(checked.inner.size());
    lp::Solver solver(leak_problem(checked, metabolites), options_of(context));
    std::vector<std::string> smallest;
    for (std::size_t i = 0; i < std::min(tries, faulty.size()); ++i) {
        const int column = first_net + static_cast<int>(faulty[i]);
        solver.set_bounds(column, 1, 1);
        const auto solution = solved(solver);
        if (!solution) return pass(solution);
        solver.set_bounds(column, 0, infinite);
        if (solution->status != lp::SolveStatus::optimal) continue;
        std::vector<std::string> set;
        for (std::size_t row = 0; row < metabolites.size(); ++row)
            if (solution->x[first_net + row] > zero) set.push_back(checked.model.metabolites[metabolites[row]].id);
        if (smallest.empty() || set.size() < smallest.size()) smallest = std::move(set);
    }
    return smallest;
}

// ---- energy ---------------------------------------------------------------------------------------------------------

/// A carrier and what is left of it when its energy is gone. Names as in BiGG; `kegg` where other files name compounds.
struct Participant {
    std::string_view bigg;
    std::string_view kegg;
    double coefficient;
};
struct Dissipation {
    const char* name;
    std::vector<Participant> participants;
};

Dissipation triphosphate(const char* name, std::string_view full, std::string_view full_kegg, std::string_view spent,
                         std::string_view spent_kegg) {
    return {name,
            {{full, full_kegg, -1},
             {"h2o", "C00001", -1},
             {spent, spent_kegg, 1},
             {"h", "C00080", 1},
             {"pi", "C00009", 1}}};
}
Dissipation carrier(const char* name, std::string_view full, std::string_view full_kegg, std::string_view spent,
                    std::string_view spent_kegg, double protons) {
    return {name, {{full, full_kegg, -1}, {spent, spent_kegg, 1}, {"h", "C00080", protons}}};
}

/// Fritzemeier et al. 2017, table 1.
std::vector<Dissipation> dissipations() {
    return {triphosphate("ATP", "atp", "C00002", "adp", "C00008"),
            triphosphate("CTP", "ctp", "C00063", "cdp", "C00112"),
            triphosphate("GTP", "gtp", "C00044", "gdp", "C00035"),
            triphosphate("UTP", "utp", "C00075", "udp", "C00015"),
            triphosphate("ITP", "itp", "C00081", "idp", "C00104"),
            carrier("NADH", "nadh", "C00004", "nad", "C00003", 1),
            carrier("NADPH", "nadph", "C00005", "nadp", "C00006", 1),
            carrier("FADH2", "fadh2", "C01352", "fad", "C00016", 2),
            carrier("FMNH2", "fmnh2", "C01847", "fmn", "C00061", 2),
            carrier("ubiquinol-8", "q8h2", "", "q8", "", 2),
            carrier("menaquinol-8", "mql8", "", "mqn8", "", 2),
            carrier("demethylmenaquinol-8", "2dmmql8", "", "2dmmq8", "", 2),
            {"acetyl-CoA",
             {{"accoa", "C00024", -1},
              {"h2o", "C00001", -1},
              {"ac", "C00033", 1},
              {"coa", "C00010", 1},
              {"h", "C00080", 1}}},
            {"L-glutamate",
             {{"glu__L", "C00025", -1},
              {"h2o", "C00001", -1},
              {"akg", "C00026", 1},
              {"nh4", "C01342", 1},
              {"h", "C00080", 2}}}};
}

/// Where each compound lies, by compartment; known by identifier or annotation.
class Compounds {
public:
    explicit Compounds(const Model& model) {
        for (std::size_t m = 0; m < model.metabolites.size(); ++m) add(model, static_cast<std::int32_t>(m));
    }

    [[nodiscard]] const std::map<std::string, std::int32_t>* places(const Participant& participant) const {
        for (const std::string_view key : {participant.bigg, participant.kegg})
            if (const auto found = by_name_.find(std::string(key)); found != by_name_.end()) return &found->second;
        return nullptr;
    }

private:
    void add(const Model& model, std::int32_t m) {
        const auto& metabolite = model.metabolites[m];
        std::set<std::string> names;
        const auto suffix = "_" + metabolite.compartment;
        if (metabolite.id.ends_with(suffix))
            names.insert(metabolite.id.substr(0, metabolite.id.size() - suffix.size()));
        for (const auto& annotation : metabolite.annotation) {
            const auto [collection, entry] = resource_of(annotation.resource);
            if (collection == "bigg.metabolite" || collection == "kegg.compound") names.insert(entry);
        }
        for (const auto& name : names) by_name_[name].emplace(metabolite.compartment, m);
    }

    std::map<std::string, std::map<std::string, std::int32_t>> by_name_;
};

/// The participants in one compartment: the one with most metabolites of those that hold them all.
std::vector<Term> terms_in_a_cell(const Model& model, const Compounds& compounds, const Dissipation& dissipation) {
    std::map<std::string, std::int64_t> size;
    for (const auto& metabolite : model.metabolites) ++size[metabolite.compartment];
    const std::string* best = nullptr;
    for (const auto& [compartment, count] : size) {
        const bool all = std::all_of(dissipation.participants.begin(), dissipation.participants.end(),
                                     [&, &id = compartment](const auto& p) {
                                         const auto* places = compounds.places(p);
                                         return places != nullptr && places->contains(id);
                                     });
        if (all && (best == nullptr || count > size.at(*best))) best = &compartment;
    }
    std::vector<Term> terms;
    if (best == nullptr) return terms;
    for (const auto& p : dissipation.participants) terms.push_back({compounds.places(p)->at(*best), p.coefficient});
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
    return terms;
}

/// Inner reactions alone, as far as their directions allow; nothing is forced.
Model closed_model(const Checked& checked) {
    auto closed = checked.model;
    std::vector<char> is_inner(closed.reactions.size(), 0);
    for (const auto r : checked.inner) is_inner[r] = 1;
    for (std::size_t r = 0; r < closed.reactions.size(); ++r) {
        auto& reaction = closed.reactions[r];
        reaction.lower = is_inner[r] != 0 && reaction.lower < 0 ? -open_bound : 0;
        reaction.upper = is_inner[r] != 0 && reaction.upper > 0 ? open_bound : 0;
    }
    return closed;
}

Reaction drain(std::string id, std::vector<Term> terms) {
    Reaction reaction;
    reaction.id = std::move(id);
    reaction.terms = std::move(terms);
    reaction.upper = open_bound;
    return reaction;
}

/// The flux that makes one reaction greatest, or nothing where it stays at zero.
Result<std::vector<double>> greatest(const Study& study, lp::Solver& solver, std::int32_t reaction) {
    std::vector<double> wanted(study.model.reactions.size(), 0);
    wanted[reaction] = 1;
    solver.set_objective(compress_objective(study.compression, wanted), lp::Sense::maximize);
    const auto solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal) return std::vector<double>();
    auto flux = expand(study.compression, solution->x);
    constexpr double zero = 1e-6;
    if (flux[reaction] <= zero) flux.clear();
    return flux;
}

/// A model to be asked about several of its reactions.
Result<Study> prepared(Model model) {
    if (model.objective.terms.empty()) model.objective.terms = {{0, 1}};
    return prepare(std::move(model), Scenario());
}

}  // namespace

Result<Check> check_consistency(const Checked& checked, const Context& context) {
    std::set<std::int32_t> named;
    for (const auto r : checked.inner)
        for (const auto& term : checked.model.reactions[r].terms) named.insert(term.metabolite);
    const std::vector<std::int32_t> metabolites(named.begin(), named.end());
    const Doc title{"metabolites that are not conserved", "质量不守恒的代谢物"};
    if (metabolites.empty()) return make_check("stoichiometric_consistency", title, "error", 0, std::vector<Text>());
    lp::Solver solver(mass_problem(checked, metabolites), options_of(context));
    const auto solution = solved(solver);
    if (!solution) return pass(solution);
    std::vector<std::size_t> faulty;
    for (std::size_t i = 0; i < metabolites.size(); ++i)
        if (solution->x[i] < 0.5) faulty.push_back(i);
    std::vector<std::string> items;
    for (const auto i : faulty) items.push_back(checked.model.metabolites[metabolites[i]].id);
    auto check =
        make_check("stoichiometric_consistency", title, "error", static_cast<std::int64_t>(metabolites.size()), items);
    if (faulty.empty()) return check;
    const auto leak = smallest_leak(checked, metabolites, faulty, context);
    if (!leak) return pass(leak);
    if (!leak->empty())
        check.items.insert(check.items.begin(), text({"made from nothing: {}", "可无中生有：{}"},
                                                     fmt::format("{}", fmt::join(*leak, " + "))));
    return check;
}

Result<Check> check_energy_cycles(const Checked& checked, const Context& context) {
    const Doc title{"energy carriers charged from nothing", "无中生有的能量载体"};
    auto closed = closed_model(checked);
    const Compounds compounds(closed);
    const auto first = closed.reactions.size();
    for (const auto& dissipation : dissipations())
        if (auto terms = terms_in_a_cell(checked.model, compounds, dissipation); !terms.empty())
            closed.reactions.push_back(drain(dissipation.name, std::move(terms)));
    const auto total = static_cast<std::int64_t>(closed.reactions.size() - first);
    std::vector<std::string> items;
    // One carrier at a time: with the others open, one's charge could drive another.
    for (auto r = first; r < closed.reactions.size(); ++r) {
        auto one = closed;
        for (auto other = first; other < one.reactions.size(); ++other)
            if (other != r) one.reactions[other].upper = 0;
        one.objective = {true, {{static_cast<std::int32_t>(r), 1}}};
        const auto study = prepared(std::move(one));
        if (!study) return pass(study);
        auto solver = solver_for(*study, context);
        const auto flux = greatest(*study, solver, static_cast<std::int32_t>(r));
        if (!flux) return pass(flux);
        if (flux->empty()) continue;
        std::vector<std::string> cycle;
        for (std::size_t i = 0; i < first; ++i)
            if (std::fabs((*flux)[i]) > 1e-6) cycle.push_back(closed.reactions[i].id);
        constexpr std::size_t shown = 12;
        const auto more = cycle.size() > shown ? fmt::format(" … ({})", cycle.size()) : std::string();
        cycle.resize(std::min(shown, cycle.size()));
        items.push_back(fmt::format("{}: {}{}", closed.reactions[r].id, fmt::join(cycle, ", "), more));
    }
    return make_check("energy_cycles", title, "error", total, items);
}

namespace {

/// Which columns of a network can move at all, where every column may stand still: found many at a time.
class Movers {
public:
    Movers(const Study& study, const Context& context)
        : study_(study), context_(context), solver_(solver_for(study, context)), moves_(size(), 0) {
        for (std::size_t j = 0; j < size(); ++j) {
            const auto& problem = study.compression.problem;
            const double least = problem.lower[j] < 0 ? -open_bound : 0;
            const double most = problem.upper[j] > 0 ? open_bound : 0;
            solver_.set_bounds(static_cast<int>(j), least, most);
            sides_.push_back({least<0, most> 0});
        }
    }

    Result<std::vector<char>> find() {
        for (const double direction : {1.0, -1.0})
            for (bool found = true; found;) {
                auto more = push([&](std::size_t j) { return direction * (can(j, direction) ? 1 : 0); });
                if (!more) return pass(more);
                found = *more;
            }
        // Of those with one direction a sum that cannot leave zero proves that none can.
        for (bool found = true; found;) {
            auto more = push([&](std::size_t j) { return both(j) ? 0.0 : can(j, 1) ? 1.0 : -1.0; });
            if (!more) return pass(more);
            found = *more;
        }
        for (std::size_t j = 0; j < size(); ++j)
            for (const double direction : {1.0, -1.0}) {
                if (moves_[j] != 0 || !both(j)) continue;
                auto more = push([&](std::size_t k) { return k == j ? direction : 0.0; });
                if (!more) return pass(more);
            }
        return std::move(moves_);
    }

private:
    struct Sides {
        bool down, up;
    };

    [[nodiscard]] std::size_t size() const { return study_.compression.members.size(); }
    [[nodiscard]] bool can(std::size_t j, double direction) const {
        return direction > 0 ? sides_[j].up : sides_[j].down;
    }
    [[nodiscard]] bool both(std::size_t j) const { return sides_[j].up && sides_[j].down; }

    /// Pushes all columns not known to move, weighted; true where one more moved.
    Result<bool> push(const std::function<double(std::size_t)>& weight) {
        std::vector<double> objective(solver_.problem().objective.size(), 0);
        bool any = false;
        for (std::size_t j = 0; j < size(); ++j) {
            if (moves_[j] != 0) continue;
            objective[j] = weight(j);
            any = any || objective[j] != 0;
        }
        if (!any) return false;
        solver_.set_objective(objective, lp::Sense::maximize);
        const auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        bool found = false;
        constexpr double zero = 1e-7;
        for (std::size_t j = 0; j < size(); ++j) {
            if (moves_[j] != 0 || std::fabs(solution->x[j]) <= zero) continue;
            moves_[j] = 1;
            found = true;
        }
        const auto moving = std::count(moves_.begin(), moves_.end(), 1);
        context_.report({{"reactions that can run", "可运行的反应"}, moving, static_cast<std::int64_t>(size())});
        return found;
    }

    const Study& study_;
    const Context& context_;
    lp::Solver solver_;
    std::vector<char> moves_;
    std::vector<Sides> sides_;
};

}  // namespace

Result<Check> check_blocked(const Checked& checked, const Context& context) {
    const Doc title{"reactions that can carry no flux in any medium", "在任何培养基中都不能有通量的反应"};
    auto open = checked.model;
    const auto total = static_cast<std::int64_t>(open.reactions.size());
    if (open.reactions.empty()) return make_check("blocked", title, "warning", 0, std::vector<Text>());
    for (std::size_t r = 0; r < open.reactions.size(); ++r) {
        auto& reaction = open.reactions[r];
        const bool exchange = checked.kinds[r] == BoundaryKind::exchange;
        reaction.lower = exchange ? -open_bound : std::min(reaction.lower, 0.0);
        reaction.upper = exchange ? open_bound : std::max(reaction.upper, 0.0);
    }
    const auto study = prepared(std::move(open));
    if (!study) return pass(study);
    const auto moves = Movers(*study, context).find();
    if (!moves) return pass(moves);
    std::vector<std::string> items;
    for (std::size_t r = 0; r < study->model.reactions.size(); ++r) {
        const auto column = study->compression.column[r];
        if (column < 0 || (*moves)[column] == 0) items.push_back(study->model.reactions[r].id);
    }
    return make_check("blocked", title, "warning", total, items);
}

namespace {

/// One side of biomass reactions, without what is outside the balance.
std::set<std::int32_t> side_of(const Model& model, const std::vector<std::int32_t>& biomass, double sign) {
    std::set<std::int32_t> side;
    for (const auto r : biomass)
        for (const auto& term : model.reactions[r].terms)
            if (term.coefficient * sign > 0 && !model.metabolites[term.metabolite].boundary)
                side.insert(term.metabolite);
    return side;
}

/// The biomass reactions that cannot run: where one can, all its precursors can be made.
Result<std::vector<std::int32_t>> idle_biomass(const Checked& checked, const Context& context) {
    const auto study = prepared(checked.model);
    if (!study) return pass(study);
    if (study->compression.infeasible) return checked.biomass;
    auto solver = solver_for(*study, context);
    std::vector<std::int32_t> idle;
    for (const auto r : checked.biomass) {
        const auto flux = greatest(*study, solver, r);
        if (!flux) return pass(flux);
        if (flux->empty()) idle.push_back(r);
    }
    return idle;
}

/// Draws precursors from a model, one at a time: what comes along with one must have a way out of its own.
class Draws {
public:
    Draws(const Study& study, const Context& context)
        : study_(study),
          solver_(solver_for(study, context)),
          lower_(study.network.problem.lower),
          upper_(study.network.problem.upper) {}

    void open(std::int32_t reaction, double to) {
        upper_[reaction] = to;
        const auto column = study_.compression.column[reaction];
        if (column < 0) return;
        const auto [least, most] = column_bounds(study_.compression, column, lower_, upper_);
        solver_.set_bounds(column, least, std::max(least, most));
    }

    Result<bool> can_run(std::int32_t reaction) {
        open(reaction, open_bound);
        const auto flux = greatest(study_, solver_, reaction);
        open(reaction, 0);
        if (!flux) return pass(flux);
        return !flux->empty();
    }

private:
    const Study& study_;
    lp::Solver solver_;
    std::vector<double> lower_, upper_;
};

}  // namespace

Result<Check> check_precursors(const Checked& checked, const Context& context) {
    const Doc title{"precursors of biomass that cannot be made", "无法合成的生物量前体"};
    const auto total = static_cast<std::int64_t>(side_of(checked.model, checked.biomass, -1).size());
    if (total == 0) return make_check("biomass_precursors", title, "error", 0, std::vector<Text>());
    const auto idle = idle_biomass(checked, context);
    if (!idle) return pass(idle);
    std::vector<std::int32_t> running;
    for (const auto r : checked.biomass)
        if (std::find(idle->begin(), idle->end(), r) == idle->end()) running.push_back(r);
    auto precursors = side_of(checked.model, *idle, -1);
    for (const auto m : side_of(checked.model, running, -1)) precursors.erase(m);
    if (precursors.empty()) return make_check("biomass_precursors", title, "error", total, std::vector<Text>());
    auto returned = side_of(checked.model, *idle, 1);
    for (const auto m : side_of(checked.model, *idle, -1)) returned.erase(m);
    const auto asked = static_cast<std::int32_t>(precursors.size());
    auto model = checked.model;
    const auto first = static_cast<std::int32_t>(model.reactions.size());
    const auto supplies = first + asked;
    for (const auto m : precursors) model.reactions.push_back(drain(model.metabolites[m].id, {{m, -1}}));
    for (const auto m : returned) model.reactions.push_back(drain(model.metabolites[m].id, {{m, 1}}));
    const auto study = prepared(std::move(model));
    if (!study) return pass(study);
    std::vector<std::string> items;
    if (study->compression.infeasible) {
        for (const auto m : precursors) items.push_back(study->model.metabolites[m].id);
        return make_check("biomass_precursors", title, "error", total, items);
    }
    const auto end = static_cast<std::int32_t>(study->model.reactions.size());
    Draws draws(*study, context);
    for (auto r = first; r < end; ++r) draws.open(r, 0);
    std::vector<std::int32_t> missing;
    for (auto r = first; r < supplies; ++r) {
        const auto made = draws.can_run(r);
        if (!made) return pass(made);
        if (!*made) missing.push_back(r);
        context.report({{"precursors of biomass", "生物量前体"}, r - first + 1, asked});
    }
    // A carrier need not be made anew: biomass gives back what is left of it.
    for (auto r = supplies; r < end; ++r) draws.open(r, open_bound);
    for (const auto r : missing) {
        const auto made = draws.can_run(r);
        if (!made) return pass(made);
        if (!*made) items.push_back(study->model.reactions[r].id);
    }
    return make_check("biomass_precursors", title, "error", total, items);
}

Result<Check> check_medium(const Checked& checked, Context& context) {
    const Doc title{"no growth on the model's own medium, or a medium that excludes nothing",
                    "在自带培养基上不能生长，或培养基未作任何限制"};
    std::vector<Text> items;
    const auto& model = checked.model;
    if (model.objective.terms.empty() || model.reactions.empty())
        return make_check("medium", title, "error", 0, std::vector<Text>());
    const auto exchanges = std::count(checked.kinds.begin(), checked.kinds.end(), BoundaryKind::exchange);
    const auto open = static_cast<std::int64_t>(medium_of(model).size());
    if (open == 0 && exchanges > 0) items.push_back(text({"no uptake is open", "没有开放的摄取"}));
    if (exchanges > 20 && open == exchanges) items.push_back(text({"every uptake is open", "所有摄取均已开放"}));
    const auto answer = fba(model, FbaParams(), context);
    if (!answer) return pass(answer);
    constexpr double no_growth = 1e-6;
    if (!answer->solved())
        items.push_back(answer->status == "infeasible" ? text({"infeasible", "不可行"}) : text({"unbounded", "无界"}));
    else if (model.objective.maximize && *answer->objective <= no_growth)
        items.push_back(text({"objective {:.3g}", "目标值 {:.3g}"}, *answer->objective));
    auto check = make_check("medium", title, "error", 1, items);
    check.count = std::min<std::int64_t>(check.count, 1);
    check.share = static_cast<double>(check.count);
    return check;
}

}  // namespace leaven::metabolism
