#include <algorithm>
#include <set>

#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/optimise.hpp>
#include <leaven/op/json.hpp>
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
    problem["objectives"] =
        Json::array({{{"id", "codons"}, {"kind", "codon"}, {"method", "cai"}, {"table", section.codons}}});
    return problem;
}

Result<PlannedGene> plan_gene(const std::string& gene, std::string protein, const BuildSection& section,
                              Context& context) {
    if (!protein.ends_with('*')) protein.push_back('*');  // the stop codon is part of the gene
    const auto problem = dna::read_problem(problem_of(protein, section).dump(), gene, {});
    if (!problem) return pass(problem);
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

}  // namespace

Result<std::vector<PlannedGene>> plan_genes(const Project& project, std::vector<metabolism::NoteInfo>& notes,
                                            Context& context) {
    std::vector<PlannedGene> rows;
    auto section = *project.build;
    if (section.proteins.empty()) return rows;
    if (section.codons.empty())
        return bad_input({"proteins are given, but no codon table of the host", "给出了蛋白质，但没有宿主的密码子表"})
            .at(project.file + ": build.codons")
            .advise({"name one, such as e_coli_316407; leaven data list shows them",
                     "请给出密码子表，例如 e_coli_316407；可用 leaven data list 查看"});
    section.codons = beside(project, section.codons);
    const auto document = seq::read_document(std::filesystem::path(beside(project, section.proteins)));
    if (!document) return pass(document);
    for (const auto& gene : inserted_genes(project)) {
        const auto found = std::find_if(document->records.begin(), document->records.end(),
                                        [&](const seq::Record& record) { return record.id == gene; });
        if (found == document->records.end()) {
            notes.push_back({"protein_missing",
                             text({"no gene is written: the proteins have no record of this name",
                                   "未编写基因：蛋白质文件中没有同名记录"}),
                             gene});
            continue;
        }
        auto row = plan_gene(gene, found->sequence.letters, section, context);
        if (!row) return pass(row);
        rows.push_back(*std::move(row));
    }
    return rows;
}

}  // namespace leaven::pipeline
