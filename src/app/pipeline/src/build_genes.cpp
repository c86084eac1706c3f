#include <algorithm>
#include <set>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/optimise.hpp>
#include <leaven/op/json.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

#include "build.hpp"

namespace leaven::pipeline {
namespace {

/// Genes that rules of inserted reactions name, in order of first mention.
std::vector<std::string> inserted_genes(const Project& project) {
    std::vector<std::string> genes;
    std::set<std::string> known;
    for (const auto& reaction : project.insert.reactions) {
        std::string word;
        for (const char c : reaction.genes + " ") {
            if (c != ' ' && c != '(' && c != ')') {
                word.push_back(c);
                continue;
            }
            if (!word.empty() && word != "and" && word != "or" && known.insert(word).second) genes.push_back(word);
            word.clear();
        }
    }
    return genes;
}

/// The problem of one gene: its protein, the rules of synthesis, the host's codons.
Json problem_of(const std::string& protein, const BuildSection& section) {
    auto problem = Json::object();
    problem["protein"] = protein;
    problem["constraints"] = Json::array();
    problem["constraints"].push_back({{"id", "protein"}, {"kind", "translation"}, {"protein", protein}});
    if (!section.rules.empty())
        problem["constraints"].push_back({{"id", "synthesis"}, {"kind", "rules"}, {"rules", section.rules}});
    for (const auto& pattern : section.avoid)
        problem["constraints"].push_back({{"id", pattern}, {"kind", "avoid"}, {"pattern", pattern}});
    problem["objectives"] =
        Json::array({{{"id", "codons"}, {"kind", "codon"}, {"method", "cai"}, {"table", section.codons}}});
    return problem;
}

/// What the file of proteins calls a gene.
std::string name_on_file(const std::string& gene, const BuildSection& section) {
    for (const auto& alias : section.aliases)
        if (alias.size() > gene.size() && alias.starts_with(gene) && alias[gene.size()] == '=')
            return alias.substr(gene.size() + 1);
    return gene;
}

/// The record of this name, or the coding sequence; none where there is neither.
Result<std::optional<std::string>> find_protein(const seq::Document& document, const std::string& name) {
    constexpr std::int64_t bacterial_code = 11;
    for (const auto& record : document.records) {
        if (record.id == name && record.features.empty()) return record.sequence.letters;
        for (const auto& feature : record.features) {
            const auto named = [&](const char* key) {
                const auto* qualifier = feature.find(key);
                return qualifier != nullptr && qualifier->value == name;
            };
            if (feature.type != "CDS" || !(named("locus_tag") || named("gene") || named("protein_id"))) continue;
            const auto code = feature.find("transl_table") == nullptr ? bacterial_code : 0;
            auto translated = seq::translate_feature(record, feature, code);
            if (!translated) return pass(translated);
            return std::move(translated->protein);
        }
    }
    return std::optional<std::string>();
}

Result<PlannedGene> plan_gene(const std::string& gene, std::string protein, const BuildSection& section,
                              Context& context) {
    if (!protein.ends_with('*')) protein.push_back('*');  // the stop codon is part of the gene
    auto problem = dna::read_problem(problem_of(protein, section).dump(), gene, {});
    if (!problem) return pass(problem);
    for (auto& constraint : problem->constraints)  // how long the pieces may be is for the cuts, not for the gene
        std::erase_if(constraint.rules,
                      [](const dna::Rule& rule) { return std::holds_alternative<dna::Length>(rule); });
    const auto optimum = dna::optimise(*problem, {.seed = context.seed}, context);
    if (!optimum) return pass(optimum);
    PlannedGene row;
    row.gene = gene;
    row.status = dna::name_of(optimum->status);
    row.residues = static_cast<std::int64_t>(protein.size()) - 1;
    row.cai = optimum->objective;
    row.gap = optimum->gap;
    row.conflict = optimum->conflict;
    if (!optimum->objective) return row;
    row.sequence = optimum->sequence;
    row.gc = seq::gc_share(optimum->sequence);
    return row;
}

Text why_not_written(const PlannedGene& gene) {
    if (gene.status == "infeasible")
        return text({"no sequence of this protein keeps these rules together: {}; leave one of them out",
                     "该蛋白质没有同时满足下列规则的序列：{}；请去掉其中一条"},
                    join(gene.conflict, ", "));
    return {"no sequence that keeps the rules was found in time; ask for fewer rules",
            "限时内未找到满足规则的序列；请减少规则"};
}

}  // namespace

Result<std::vector<PlannedGene>> plan_genes(const Project& project, Dossier& dossier, Context& context) {
    auto& notes = dossier.notes;
    std::vector<PlannedGene> rows;
    auto section = *project.build;
    if (section.proteins.empty()) return rows;
    if (section.codons.empty())
        return bad_input({"proteins are given, but no codon table of the host", "给出了蛋白质，但没有宿主的密码子表"})
            .at(project.file + ": build.codons")
            .advise({"name one, such as e_coli_316407; leaven data list shows them",
                     "请给出密码子表，例如 e_coli_316407；可用 leaven data list 查看"});
    section.codons = beside(project, section.codons);
    const auto path = data::resolve(beside(project, section.proteins));
    if (!path) return pass(path);
    auto bytes = read_file(*path);
    if (!bytes) return pass(bytes);
    dossier.provenance.inputs.push_back({project.build->proteins, leaven::sha256(*bytes)});
    const auto document = seq::read_document(*std::move(bytes), path->filename().string());
    if (!document) return pass(document);
    for (const auto& gene : inserted_genes(project)) {
        const auto protein = find_protein(*document, name_on_file(gene, section));
        if (!protein) return pass(protein);
        if (!*protein) {
            notes.push_back({"protein_missing",
                             text({"no gene is written: the proteins have no record of this name",
                                   "未编写基因：蛋白质文件中没有同名记录"}),
                             gene});
            continue;
        }
        auto row = plan_gene(gene, **protein, section, context);
        if (!row) return pass(row);
        if (row->sequence.empty()) notes.push_back({"gene_not_written", why_not_written(*row), gene});
        rows.push_back(*std::move(row));
    }
    return rows;
}

}  // namespace leaven::pipeline
