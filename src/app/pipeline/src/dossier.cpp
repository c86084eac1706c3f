#include <algorithm>
#include <filesystem>

#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/core/version.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/map.hpp>
#include <leaven/metabolism/read.hpp>
#include <leaven/pipeline/dossier.hpp>

#include "build.hpp"
#include "commands.hpp"
#include "host.hpp"
#include "inserted.hpp"

namespace leaven::pipeline {
namespace {

namespace met = metabolism;

/// Parameters of an operation on the host's scenario.
template <class P>
P on_host(const Host& host) {
    P params;
    static_cast<met::Scenario&>(params) = host.scenario;
    return params;
}

/// The host as it is: without what a design may insert.
Host without_insertions(const Host& host, const std::vector<std::string>& insertable) {
    Host wild_type = host;
    for (const auto& id : insertable) wild_type.scenario.knockouts.push_back("reaction:" + id);
    return wild_type;
}

/// The host's scenario with a design's knock-outs besides, and with what it inserts.
Host with_design(const Host& host, const met::Design& design, const met::DesignParams& asked) {
    auto absent = asked.insertable;
    const std::string prefix = asked.interventions == "genes" ? "gene:" : "reaction:";
    for (const auto& one : design.interventions)
        if (one.kind == "insertion") std::erase(absent, one.id);
    Host strain = without_insertions(host, absent);
    for (const auto& one : design.interventions)
        if (one.kind == "knockout") strain.scenario.knockouts.push_back(prefix + one.id);
    return strain;
}

/// Reactions that the host can run and the strain cannot.
std::vector<std::string> reactions_off(const Host& strain) {
    std::vector<std::string> off;
    const auto applied = met::apply_scenario(strain.model, strain.scenario);
    for (std::size_t r = 0; applied && r < applied->reactions.size(); ++r) {
        const auto& before = strain.model.reactions[r];
        const auto& after = applied->reactions[r];
        if (after.lower == 0 && after.upper == 0 && (before.lower != 0 || before.upper != 0) &&
            before.rule.tied_to_genes())
            off.push_back(after.id);
    }
    return off;
}

Result<std::vector<FluxRow>> fluxes_of(const Host& host, Context& context, std::optional<double>* growth,
                                       met::Verdict* verdict) {
    auto params = on_host<met::FbaParams>(host);
    params.method = "pfba";
    const auto result = met::fba(host.model, params, context);
    if (!result) return pass(result);
    if (growth != nullptr) *growth = result->objective;
    if (verdict != nullptr) *verdict = *result;
    std::vector<FluxRow> rows;
    for (std::size_t i = 0; i < result->fluxes.size(); ++i)
        rows.push_back({result->fluxes[i].reaction, host.model.reactions[i].name, result->fluxes[i].flux});
    return rows;
}

std::string bounds_of(const met::Verdict& verdict) {
    std::string bounds;
    for (const auto& one : verdict.conflict)
        bounds += (bounds.empty() ? "" : ", ") +
                  fmt::format("{} {} {:g}", one.reaction, one.bound == "lower" ? "≥" : "≤", one.value);
    return bounds;
}

/// The product cannot be made, or what is to be protected cannot be reached.
Failure no_design(const met::DesignResult& result, const Project& project) {
    const auto said = result.headline().front();
    const auto bounds = bounds_of(result);
    return infeasible({"{0}: {2}", "{1}：{2}"}, said.en, said.zh, bounds.empty() ? result.status : bounds)
        .at(std::filesystem::path(project.file).filename().string() + ": design")
        .advise({"these bounds cannot hold together; open an uptake, or insert what is missing",
                 "这些界限不能同时成立；请开放摄取，或插入缺失的反应"});
}

Failure no_growth(const met::Verdict& verdict, const Project& project) {
    const auto bounds = bounds_of(verdict);
    return infeasible({"the host does not grow: {}", "宿主不能生长：{}"}, bounds.empty() ? verdict.status : bounds)
        .at(std::filesystem::path(project.file).filename().string() + ": host")
        .advise({"these bounds cannot hold together; open an uptake in medium or bounds",
                 "这些界限不能同时成立；请在 medium 或 bounds 中开放摄取"});
}

ProjectPart project_part(const Project& project) {
    const auto title = project.project.title.value_or(Text{project.project.name, project.project.name});
    return {project.project.name, title, std::filesystem::path(project.file).filename().string()};
}

/// The objective as an expression: the scenario's, else the model's.
std::string objective_text(const Host& host) {
    if (!host.scenario.objective.empty()) return host.scenario.objective;
    std::string text;
    for (const auto& term : host.model.objective.terms)
        text += (text.empty() ? "" : " + ") + (term.coefficient == 1 ? "" : fmt::format("{} ", term.coefficient)) +
                host.model.reactions[term.reaction].id;
    return text;
}

/// The single metabolite that a one-sided reaction moves.
const met::Metabolite* cargo(const met::Model& model, std::int32_t reaction) {
    for (const auto& term : model.reactions[reaction].terms)
        if (!model.metabolites[term.metabolite].boundary) return &model.metabolites[term.metabolite];
    return nullptr;
}

CargoPart cargo_part(const met::Model& model, std::int32_t reaction) {
    const auto* moved = cargo(model, reaction);
    if (moved == nullptr) return {model.reactions[reaction].id, "", "", ""};
    return {model.reactions[reaction].id, moved->id, moved->name, moved->formula};
}

TargetPart target_part(const Host& host, const std::string& substrate) {
    TargetPart part{cargo_part(host.model, host.target), std::nullopt};
    const met::ModelIndex index(host.model);
    if (const auto found = index.reactions.find(substrate); found != index.reactions.end())
        part.substrate = cargo_part(host.model, found->second);
    return part;
}

Result<OutlinePart> outline(const Host& host, const EnvelopePart& axes, Context& context) {
    auto params = on_host<met::EnvelopeParams>(host);
    params.x = {axes.x};
    params.y = axes.y;
    params.points = 2;
    auto result = met::envelope(host.model, params, context);
    if (!result) return pass(result);
    return OutlinePart{std::move(result->vertices)};
}

Status fill_envelopes(const Host& host, const std::optional<Host>& best, Context& context, EnvelopePart& part) {
    const auto applied = met::apply_scenario(host.model, host.scenario);
    if (!applied) return pass(applied);
    part.x = applied->reactions[applied->objective.terms.front().reaction].id;
    part.y = host.model.reactions[host.target].id;
    auto wild_type = outline(host, part, context);
    if (!wild_type) return pass(wild_type);
    part.wild_type = *std::move(wild_type);
    if (!best) return {};
    auto strain = outline(*best, part, context);
    if (!strain) return pass(strain);
    part.best = *std::move(strain);
    return {};
}

struct MapSource {
    std::optional<met::EscherMap> map;
    std::string file;
    std::string sha256;
};

/// The map of the project, or a note why there is none: a missing map is no error.
MapSource find_map(const Project& project, std::vector<met::Note>& notes) {
    if (project.map.file.empty()) return {};
    const auto note = [&](const Error& error) {
        notes.push_back({"map_not_drawn",
                         text({"the map is not drawn, a layout stands in its place: {0}. {2}",
                               "未绘制该图，以自动布局代替：{1}。{3}"},
                              error.message.en, error.message.zh, error.hint.en, error.hint.zh),
                         project.map.file});
        return MapSource();
    };
    const auto path = data::resolve(beside(project, project.map.file));
    if (!path) return note(path.error());
    const auto bytes = read_file(*path);
    if (!bytes) return note(bytes.error());
    auto map = met::read_escher_map(*bytes, path->filename().string());
    if (!map) return note(map.error());
    return {*std::move(map), path->filename().string(), leaven::sha256(*bytes)};
}

void draw(const Project& project, const Host& host, const MapSource& source,
          const std::vector<std::string>& switched_off, DossierFiles& files) {
    const auto& dossier = files.dossier;
    const auto& rows = dossier.fluxes.best.empty() ? dossier.fluxes.wild_type : dossier.fluxes.best;
    std::vector<met::NamedFlux> fluxes;
    const auto& model = plain(host);  // what stands for enzymes is no place on a map
    for (std::size_t r = 0; r < model.reactions.size(); ++r) fluxes.push_back({rows[r].reaction, rows[r].flux});
    const auto picture = [&](bool inlined) {
        met::DrawOptions options;
        options.title = dossier.project.title;
        options.inlined = inlined;
        if (!dossier.designs.designs.empty()) options.switched_off = switched_off;
        if (source.map) return met::draw_map(*source.map, fluxes, options);
        return met::draw_layout(
            model, fluxes, {.draw = options, .substrate = dossier.yield.substrate, .target = dossier.target.reaction});
    };
    auto map = picture(false);
    files.map_inline = picture(true).svg;
    files.map_svg = std::move(map.svg);
    files.dossier.map = {source.map ? std::optional(project.map.file) : std::nullopt, map.drawn, std::move(map.missing),
                         dossier.fluxes.best.empty() ? "wild_type" : "best"};
}

Provenance provenance(const Project& project, const Host& host, const MapSource& map, const Dossier& dossier,
                      const Context& context) {
    Provenance part;
    part.version = std::string(version);
    part.seed = static_cast<std::int64_t>(context.seed);
    part.parameters = {project.design, project.targets};
    part.commands = commands(project, dossier);
    part.inputs.push_back({std::filesystem::path(project.file).filename().string(), project.sha256});
    part.inputs.push_back({project.host.model, host.model.sha256});
    if (map.map) part.inputs.push_back({map.file, map.sha256});
    if (const auto& costs = project.design.params.costs; !costs.empty())
        if (const auto bytes = read_file(beside(project, costs)))
            part.inputs.push_back({costs, leaven::sha256(*bytes)});
    if (project.enzyme) {
        if (const auto bytes = read_file(beside(project, project.enzyme->costs)))
            part.inputs.push_back({project.enzyme->costs, leaven::sha256(*bytes)});
        part.citations.emplace_back("Enzyme limits: Bekiaris, Klamt 2020, doi:10.1186/s12859-019-3329-9");
    }
    for (const auto& name : {project.host.model, project.map.file})
        if (const auto entry = data::find_entry(name)) part.citations.emplace_back(entry->citation);
    for (const auto* method : {"Flux balance analysis: Orth, Thiele, Palsson 2010, doi:10.1038/nbt.1614",
                               "Parsimonious fluxes: Lewis et al. 2010, doi:10.1038/msb.2010.47",
                               "Yield as a ratio: Klamt et al. 2018, doi:10.1016/j.ymben.2018.02.001",
                               "Growth-coupled design: Burgard, Pharkya, Maranas 2003, doi:10.1002/bit.10803",
                               "Guaranteed production: Tepper, Shlomi 2010, doi:10.1093/bioinformatics/btp704",
                               "Targets by enforced flux: Choi et al. 2010, doi:10.1128/AEM.00115-10"})
        part.citations.emplace_back(method);
    std::sort(part.citations.begin(), part.citations.end());
    part.citations.erase(std::unique(part.citations.begin(), part.citations.end()), part.citations.end());
    return part;
}

Status fill_host(const Project& project, const Host& host, Context& context, Dossier& dossier) {
    const auto applied = met::apply_scenario(host.model, host.scenario);
    if (!applied) return pass(applied);
    auto& part = dossier.host;
    part.model = project.host.model;
    part.name = host.model.name.empty() ? host.model.id : host.model.name;
    part.sha256 = host.model.sha256;
    const met::ModelIndex index(*applied);
    part.counts = met::count_parts(plain(host));
    part.objective = objective_text(host);
    for (const auto& uptake : met::medium_of(*applied)) {
        const auto& reaction = applied->reactions[index.reactions.at(uptake.reaction)];
        part.medium.push_back({uptake.reaction, reaction.name, uptake.uptake});
    }
    part.bounds = host.scenario.bounds;
    part.knockouts = host.scenario.knockouts;
    met::Verdict verdict;
    auto fluxes = fluxes_of(host, context, &part.growth, &verdict);
    if (!fluxes) return pass(fluxes);
    if (!verdict.solved() || part.growth.value_or(0) <= 0) return no_growth(verdict, project);
    dossier.fluxes.wild_type = *std::move(fluxes);
    if (!project.enzyme) return {};
    const auto before = met::fba(*host.unlimited, on_host<met::FbaParams>(host), context);
    if (!before) return pass(before);
    part.enzyme = EnzymePart{project.enzyme->costs, project.enzyme->pool, before->objective, part.growth};
    return {};
}

Status fill_yield(const Project& project, const Host& host, Context& context, Dossier& dossier) {
    auto params = on_host<met::YieldParams>(host);
    params.target = host.model.reactions[host.target].id;
    params.substrate = project.target.substrate;
    auto result = met::yield(host.model, params, context);
    if (!result) return pass(result);
    dossier.yield = *std::move(result);
    return {};
}

Status fill_designs(const Project& project, const Host& host, Context& context, Dossier& dossier) {
    auto params = project.design.params;
    static_cast<met::Scenario&>(params) = host.scenario;
    if (!params.costs.empty()) params.costs = beside(project, params.costs);
    if (params.interventions == "reactions")  // what stands for enzymes is nothing to knock out
        for (auto r = plain(host).reactions.size(); r < host.model.reactions.size(); ++r)
            params.exclude.push_back(host.model.reactions[r].id);
    params.target = host.model.reactions[host.target].id;
    params.substrate = dossier.yield.substrate;
    auto result = met::design(host.model, params, context);
    if (!result) return pass(result);
    if (!result->solved()) return no_design(*result, project);
    dossier.designs = *std::move(result);
    return {};
}

Status fill_targets(const Project& project, const Host& host, Context& context, Dossier& dossier) {
    auto params = on_host<met::TargetsParams>(host);
    params.target = host.model.reactions[host.target].id;
    params.method = project.targets.method;
    params.steps = project.targets.steps;
    params.top = project.targets.top;
    auto result = met::targets(host.model, params, context);
    if (!result) return pass(result);
    dossier.targets = *std::move(result);
    return {};
}

Status fill_best(const Host& best, Context& context, DossierFiles& files) {
    auto fluxes = fluxes_of(best, context, nullptr, nullptr);
    if (!fluxes) return pass(fluxes);
    files.dossier.fluxes.best = *std::move(fluxes);
    const auto strain = met::apply_scenario(best.model, best.scenario);
    if (!strain) return pass(strain);
    files.strain_xml = met::write_sbml(*strain);
    return {};
}

/// What the project's applicant may apply for.
Status fill_support(const Project& project, Context& context, Dossier& dossier) {
    if (project.support.profile.empty()) return {};
    const auto path = beside(project, project.support.profile);
    policy::CombineParams params;
    params.profile = path;
    params.on = project.support.on;
    for (const auto& one : project.support.rules) params.rules.push_back(beside(project, one));
    auto best = policy::combine(params, context);
    if (!best) return pass(best);
    auto matched = policy::match({params}, context);
    if (!matched) return pass(matched);
    std::erase_if(matched->rows, [](const policy::MatchRow& row) { return row.verdict == "no"; });
    const auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    dossier.support = SupportPart{project.support.profile, std::move(matched->rows), *std::move(best)};
    dossier.provenance.inputs.push_back({project.support.profile, leaven::sha256(*bytes)});
    dossier.provenance.commands.push_back(
        fmt::format("leaven policy combine {} --on {}", project.support.profile, dossier.support->best.on));
    return {};
}

}  // namespace

Result<DossierFiles> make_dossier(const Project& project, Context& context) {
    auto host = load_host(project);
    if (!host) return pass(host);
    DossierFiles files;
    auto& dossier = files.dossier;
    dossier.project = project_part(project);
    dossier.inserted = inserted_part(project, *host);
    const auto& asked = project.design.params;
    const auto wild_type = without_insertions(*host, asked.insertable);
    if (auto status = fill_host(project, wild_type, context, dossier); !status) return pass(status);
    dossier.host.knockouts = host->scenario.knockouts;
    if (host->unlimited) files.host_xml = met::write_sbml(host->model);
    for (const auto fill : {fill_yield, fill_designs, fill_targets})
        if (auto status = fill(project, *host, context, dossier); !status) return pass(status);
    dossier.target = target_part(*host, dossier.yield.substrate);

    std::optional<Host> best;
    if (!dossier.designs.designs.empty()) best = with_design(*host, dossier.designs.designs.front(), asked);
    if (best)
        if (auto status = fill_best(*best, context, files); !status) return pass(status);
    if (auto status = fill_envelopes(wild_type, best, context, dossier.envelope); !status) return pass(status);
    const auto map = find_map(project, host->notes);
    draw(project, *host, map, best ? reactions_off(*best) : std::vector<std::string>(), files);
    for (const auto& note : host->notes) dossier.notes.push_back({note.code, note.message, note.where});
    dossier.provenance = provenance(project, *host, map, dossier, context);
    if (auto status = fill_support(project, context, dossier); !status) return pass(status);
    if (auto status = fill_build(project, context, files); !status) return pass(status);
    return files;
}

}  // namespace leaven::pipeline
