#include "build.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/crispr/design.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/genome_edit.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/write.hpp>

#include "build_assembly.hpp"
#include "edit_guides.hpp"
#include "integrate.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t listed_mismatches = 3;  // of off-targets that are listed
constexpr std::size_t most_off_targets = 1'000;
constexpr std::int64_t crossover_arm = 700;

/// A gene as the model and people name it.
struct NamedGene {
    std::string id;
    std::string name;
};

/// The genes that the best design removes, in its order.
std::vector<NamedGene> genes_to_remove(const Dossier& dossier) {
    std::vector<NamedGene> genes;
    if (dossier.designs.designs.empty() || dossier.provenance.parameters.design.params.interventions != "genes")
        return genes;
    for (const auto& one : dossier.designs.designs.front().interventions)
        if (one.kind == "knockout") genes.push_back({one.id, one.name});
    return genes;
}

/// The genes of the reactions that are to be turned down, those to be removed left out.
std::vector<NamedGene> genes_to_repress(const Dossier& dossier, std::int64_t reactions,
                                        const std::vector<NamedGene>& removed) {
    std::set<std::string> known;
    for (const auto& gene : removed) known.insert(gene.id);
    std::vector<NamedGene> genes;
    std::int64_t taken = 0;
    for (const auto& row : dossier.targets.rows) {
        if (row.action != "down" || taken++ >= reactions) continue;
        for (const auto& gene : row.genes)
            if (known.insert(gene).second) genes.push_back({gene, gene});
    }
    return genes;
}

class Planner {
public:
    Planner(const Project& project, Context& context, Dossier& dossier)
        : project_(project), section_(*project.build), context_(context), dossier_(dossier) {}

    Result<BuildPart> run() {
        if (auto status = load(); !status) return pass(status);
        name_genes();
        if (auto status = check_place(project_, records_); !status) return pass(status);
        const auto removed = on_chromosome(genes_to_remove(dossier_));
        const auto repressed = on_chromosome(genes_to_repress(dossier_, section_.repress, removed));
        if (auto status = plan_edits(removed); !status) return pass(status);
        if (section_.guides > 0)
            for (const auto& [genes, mode] :
                 {std::pair(&removed, crispr::Mode::knockout), std::pair(&repressed, crispr::Mode::interference)})
                if (auto status = plan_guides(*genes, mode); !status) return pass(status);
        auto genes = plan_genes(project_, dossier_, context_);
        if (!genes) return pass(genes);
        part_.genes = *std::move(genes);
        return std::move(part_);
    }

    [[nodiscard]] Workpiece workpiece(const std::vector<seq::Record>& constructs) const {
        return {records_, scheme_, deletions_, constructs};
    }

    /// Of each guide the sites nearest to it.
    Status list_off_targets(BuildPart& part) {
        std::vector<std::string> guides;
        for (const auto& guide : part.guides)
            if (std::find(guides.begin(), guides.end(), guide.sequence) == guides.end())
                guides.push_back(guide.sequence);
        if (guides.empty()) return {};
        const crispr::Search search(genome_.genome, guides, {.nuclease = nuclease_, .mismatches = listed_mismatches});
        auto hits = crispr::find_all(search, context_);
        if (!hits) return pass(hits);
        count_off_targets(guides, *hits, part);
        std::erase_if(*hits, [](const crispr::Hit& hit) { return hit.mismatches == 0; });
        std::stable_sort(hits->begin(), hits->end(),
                         [](const crispr::Hit& a, const crispr::Hit& b) { return a.mismatches < b.mismatches; });
        for (const auto& hit : *hits) {
            if (part.off_targets.size() == most_off_targets) {
                note("off_targets_cut",
                     text({"only the {} nearest off-targets are listed", "仅列出最相近的 {} 个脱靶位点"},
                          most_off_targets),
                     "guides");
                break;
            }
            const auto place = search.site_of(hit);
            const auto* gene = genome_.genes.at(hit.contig, place.at);
            part.off_targets.push_back({guides[hit.guide], genome_.genome.contigs()[hit.contig].name, place.at.start,
                                        place.at.end, hit.reverse ? "-" : "+", hit.mismatches,
                                        gene == nullptr ? std::string() : gene->name});
        }
        return {};
    }

private:
    /// By mismatches, for the guides of integrations; those of genes come with their counts.
    static void count_off_targets(const std::vector<std::string>& guides, const std::vector<crispr::Hit>& hits,
                                  BuildPart& part) {
        for (auto& guide : part.guides) {
            if (guide.purpose != "integration") continue;
            std::array<std::int64_t, listed_mismatches + 1> counts{};
            for (const auto& hit : hits)
                if (guides[hit.guide] == guide.sequence) ++counts.at(static_cast<std::size_t>(hit.mismatches));
            counts[0] -= std::min<std::int64_t>(counts[0], 1);  // its own
            guide.off_targets = join(counts, "-");
        }
    }

    Status load() {
        const auto path = data::resolve(beside(project_, section_.genome));
        if (!path) return pass(path);
        auto bytes = read_file(*path);
        if (!bytes) return pass(bytes);
        part_.genome = section_.genome;
        part_.method = section_.method;
        part_.sha256 = leaven::sha256(*bytes);
        auto document = seq::read_document(*std::move(bytes), path->filename().string());
        if (!document) return pass(document);
        records_ = std::move(document->records);
        auto genome = crispr::genome_of(records_);
        if (!genome) return pass(genome);
        genome_ = *std::move(genome);
        auto nuclease = crispr::choose_nuclease({.name = section_.nuclease});
        if (!nuclease) return pass(nuclease);
        nuclease_ = *std::move(nuclease);
        auto scheme = crispr::find_scheme(section_.vector);
        if (!scheme) return pass(scheme);
        scheme_ = *std::move(scheme);
        return {};
    }

    void note(std::string code, Text message, std::string where) {
        dossier_.notes.push_back({std::move(code), std::move(message), std::move(where)});
    }

    /// Many models know genes by their tags alone.
    void name_genes() {
        for (auto& design : dossier_.designs.designs)
            for (auto& one : design.interventions) {
                if (one.kind != "knockout" || !(one.name.empty() || one.name == one.id)) continue;
                if (const auto found = genome_.genes.named(one.id)) one.name = found->front()->name;
            }
    }

    /// Those that the chromosome has, by its names; the others are notes.
    std::vector<NamedGene> on_chromosome(std::vector<NamedGene> genes) {
        std::erase_if(genes, [&](NamedGene& gene) {
            if (const auto found = genome_.genes.named(gene.id)) {
                gene.name = found->front()->name;
                return false;
            }
            note("gene_not_on_chromosome",
                 text({"no edit and no guide: the chromosome has no gene of this identifier",
                       "无法给出编辑与向导：染色体中没有该标识符的基因"}),
                 gene.id);
            return true;
        });
        return genes;
    }

    Status plan_edits(const std::vector<NamedGene>& genes) {
        auto options = edit_options(section_);
        for (const auto& gene : genes) {
            const dna::TypedEdit typed{.text = "delete:" + gene.id, .gene = gene.id};
            auto edit = dna::place_edit(typed, std::string(), records_, true);
            if (!edit) return pass(edit);
            const auto& record = records_[edit->record];
            const auto replication = dna::find_replication(record, {}, {}, context_);
            if (!replication) return pass(replication);
            options.replication = *replication;
            const auto design = dna::design_edit(records_, *edit, options, context_);
            if (!design) return pass(design);
            part_.edits.push_back(planned_edit(*edit, *design, record, gene.name));
            deletions_.push_back(*std::move(edit));
        }
        return {};
    }

    Status plan_guides(const std::vector<NamedGene>& genes, crispr::Mode mode) {
        if (genes.empty()) return {};
        std::vector<std::string> names;
        for (const auto& gene : genes) names.push_back(gene.id);
        const auto targets = crispr::find_targets(names, genome_);
        if (!targets) return pass(targets);
        const crispr::DesignOptions options{
            .nuclease = nuclease_, .mode = mode, .per_target = section_.guides, .scheme = scheme_};
        const auto designed = crispr::design_guides(genome_, *targets, options, context_);
        if (!designed) return pass(designed);
        for (std::size_t i = 0; i < designed->size(); ++i) {
            const auto& found = (*designed)[i];
            if (found.guides.empty()) note("no_guide", found.unserved, genes[i].id);
            for (std::size_t rank = 0; rank < found.guides.size(); ++rank) {
                auto row = planned(genes[i], found.guides[rank], mode);
                if (!row) return pass(row);
                row->rank = static_cast<std::int64_t>(rank) + 1;
                part_.guides.push_back(*std::move(row));
            }
        }
        return {};
    }

    Result<PlannedGuide> planned(const NamedGene& gene, const crispr::DesignedGuide& guide, crispr::Mode mode) const {
        auto oligos = crispr::make_oligos(guide.sequence, scheme_, crispr::GStart::automatic);
        if (!oligos) return pass(oligos);
        PlannedGuide row;
        row.gene = gene.id;
        row.name = gene.name;
        row.purpose = mode == crispr::Mode::knockout ? "knockout" : "interference";
        row.sequence = guide.sequence;
        row.pam = guide.pam;
        row.start = guide.at.start;
        row.end = guide.at.end;
        row.strand = guide.reverse ? "-" : "+";
        row.cut = guide.cut;
        row.fraction = guide.fraction;
        row.cfd = guide.cfd;
        row.off_targets = guide.off_targets();
        row.reasons = guide.reasons;
        row.top = std::move(oligos->top);
        row.bottom = std::move(oligos->bottom);
        return row;
    }

    const Project& project_;
    const BuildSection& section_;
    Context& context_;
    Dossier& dossier_;
    std::vector<seq::Record> records_;
    crispr::GenomeFile genome_;
    crispr::Nuclease nuclease_;
    crispr::CloningScheme scheme_;
    std::vector<dna::GenomeEdit> deletions_;  // as the rows
    BuildPart part_;
};

OrderedOligo priced(PlannedOligo oligo, const BuildSection& section) {
    const auto size = static_cast<std::int64_t>(oligo.sequence.size());
    const auto price = size > dna::cheap_oligo ? section.long_oligo_price : section.primer_price;
    return {std::move(oligo), size, money(price * static_cast<double>(size))};
}

/// The oligos of edits and guides, with their prices; one that several edits share once.
std::vector<OrderedOligo> oligos_of(const BuildPart& part, const BuildSection& section) {
    static const std::map<std::string_view, std::string_view> marks{
        {"knockout", "ko"}, {"interference", "i"}, {"integration", "in"}};
    std::vector<OrderedOligo> rows;
    std::set<std::string> known;
    for (const auto& edit : part.edits)
        for (const auto& oligo : edit.oligos)
            if (known.insert(oligo.name).second) rows.push_back(priced(oligo, section));
    for (const auto& guide : part.guides) {
        const auto name = fmt::format("{}_{}_{}", guide.name, marks.at(guide.purpose), guide.rank);
        rows.push_back(priced({name + "_top", guide.top, "guide"}, section));
        rows.push_back(priced({name + "_bottom", guide.bottom, "guide"}, section));
    }
    return rows;
}

/// Those that give the same edits and guides.
std::vector<std::string> commands_of(const BuildSection& section, const BuildPart& part) {
    std::vector<std::string> commands;
    std::string edits;
    for (const auto& edit : part.edits)
        if (edit.kind == "deletion") edits += " --edit " + edit.edit;
    if (!edits.empty())
        commands.push_back(
            fmt::format("leaven dna edit {}{} --method {}{}", part.genome, edits, part.method,
                        part.method == "double_crossover" ? fmt::format(" --arm {}", crossover_arm) : std::string()));
    for (const std::string mode : {"knockout", "interference"}) {
        std::vector<std::string> genes;
        for (const auto& guide : part.guides)
            if (guide.purpose == mode && (genes.empty() || genes.back() != guide.gene)) genes.push_back(guide.gene);
        if (genes.empty()) continue;
        commands.push_back(
            fmt::format("leaven crispr design {} --targets {} --mode {} --nuclease {} --per-target {} --vector {}",
                        part.genome, join(genes, ","), mode, section.nuclease, section.guides, section.vector));
    }
    return commands;
}

double sum_of_orders(const BuildPart& part) {
    double sum = 0;
    for (const auto& oligo : part.oligos) sum += oligo.price;
    if (part.assembly)
        for (const auto& fragment : part.assembly->fragments) sum += fragment.price;
    return sum;
}

}  // namespace

double money(double sum) { return std::round(sum * 1e6) / 1e6; }

dna::EditOptions edit_options(const BuildSection& section) {
    dna::EditOptions options{.method = dna::edit_method_named(section.method), .guides = guides_for_edit};
    if (options.method == dna::EditMethod::double_crossover) options.arm = crossover_arm;
    return options;
}

PlannedEdit planned_edit(const dna::GenomeEdit& edit, const dna::EditDesign& design, const seq::Record& record,
                         const std::string& name) {
    PlannedEdit out;
    out.gene = edit.gene;
    out.name = name;
    out.edit = edit.text;
    out.contig = record.name;
    out.start = edit.at.start;
    out.end = edit.at.end;
    out.cassette = static_cast<std::int64_t>(edit.letters.size());
    out.donor = design.donor;
    out.wild_type = design.wild_type;
    out.edited = design.edited;
    out.arms = dna::rows_of(design.arms);
    const auto stem = stem_of(edit) + "_";
    const auto named = [&](const std::string& own) {
        return fmt::format("{}_{}", name, own.starts_with(stem) ? own.substr(stem.size()) : own);
    };
    for (const auto& oligo : design.oligos) out.oligos.push_back({named(oligo.name), oligo.letters, "edit"});
    for (const auto& primer : design.check_primers) out.oligos.push_back({named(primer.name), primer.letters, "check"});
    for (const auto& one : design.notes) out.warnings.push_back(one.message);
    return out;
}

Result<std::string> genbank_text(std::vector<seq::Record> records) {
    auto written =
        seq::write_document({.format = seq::Format::genbank, .records = std::move(records)}, seq::Format::genbank);
    if (!written) return pass(written);
    return std::move(written->bytes);
}

Status fill_build(const Project& project, Context& context, DossierFiles& files) {
    if (!project.build) return {};
    auto& dossier = files.dossier;
    Planner planner(project, context, dossier);
    auto part = planner.run();
    if (!part) return pass(part);
    dossier.provenance.inputs.push_back({part->genome, part->sha256});
    dossier.build = *std::move(part);
    auto& build = *dossier.build;
    auto& commands = dossier.provenance.commands;
    const auto before = static_cast<std::ptrdiff_t>(commands.size());
    const auto constructs = fill_assembly(project, context, files);
    if (!constructs) return pass(constructs);
    if (!project.build->integrate.empty())
        if (auto status = fill_integration(project, planner.workpiece(*constructs), context, files); !status)
            return status;
    if (auto status = planner.list_off_targets(build); !status) return status;
    const auto lines = commands_of(*project.build, build);
    commands.insert(commands.begin() + before, lines.begin(), lines.end());
    const auto oligos = oligos_of(build, *project.build);
    build.oligos.insert(build.oligos.begin(), oligos.begin(), oligos.end());
    build.cost = money(sum_of_orders(build));
    return {};
}

}  // namespace leaven::pipeline
