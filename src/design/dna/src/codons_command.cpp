#include <algorithm>
#include <set>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/codons.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/read.hpp>

#include "codon_commands.hpp"

namespace leaven::dna {
namespace {

struct CodonsParams {
    std::string file{};
    std::string weights{};
    std::int64_t genetic_code = 11;
    std::vector<std::string> reference{};

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file",
                   .doc = {"coding sequences in FASTA, or annotated records", "FASTA 编码序列，或带注释的记录"},
                   .format = "sequence",
                   .required = true,
                   .input = true});
        v(p.weights, {.name = "weights",
                      .doc = {"codon table or file that the weights come from; empty: the genes themselves",
                              "权重所用的密码子表或文件；留空则取自这些基因本身"}});
        v(p.genetic_code,
          {.name = "genetic_code", .doc = {"NCBI genetic code", "NCBI 遗传密码表"}, .min = 1, .max = 33});
        v(p.reference,
          {.name = "reference",
           .doc = {"locus tags of the genes that the weights come from", "权重所取基因的 locus_tag 列表"}});
    }
};

struct GeneRow {
    std::string id{};
    std::int64_t nt = 0;
    std::int64_t codons = 0;
    std::optional<double> cai{};
    std::optional<double> tai{};
    std::optional<double> enc{};
    std::optional<double> gc3{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"gene", "基因"}});
        v(p.nt, {.name = "nt", .doc = {"bases", "碱基数"}, .unit = "1"});
        v(p.codons, {.name = "codons", .doc = {"codons", "密码子数"}, .unit = "1"});
        v(p.cai, {.name = "cai", .doc = {"CAI", "CAI"}, .unit = "1"});
        v(p.tai, {.name = "tai", .doc = {"tAI", "tAI"}, .unit = "1"});
        v(p.enc, {.name = "enc", .doc = {"effective codons", "有效密码子数"}, .unit = "1"});
        v(p.gc3, {.name = "gc3", .doc = {"GC3", "GC3"}, .unit = "1"});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

struct CodonRow {
    std::string codon{};
    std::string amino_acid{};
    std::int64_t count = 0;
    double fraction = 0;
    double w = 0;

    static void describe(auto& p, auto&& v) {
        v(p.codon, {.name = "codon", .doc = {"codon", "密码子"}});
        v(p.amino_acid, {.name = "amino_acid", .doc = {"amino acid", "氨基酸"}});
        v(p.count, {.name = "count", .doc = {"count", "计数"}, .unit = "1"});
        v(p.fraction, {.name = "fraction", .doc = {"fraction", "比例"}, .unit = "1"});
        v(p.w, {.name = "w", .doc = {"weight", "权重"}, .unit = "1"});
    }
};

struct CodonsResult {
    std::vector<GeneRow> genes{};
    std::vector<CodonRow> table{};

    static void describe(auto& p, auto&& v) {
        v(p.genes, {.name = "genes", .doc = {"genes", "基因"}});
        v(p.table, {.name = "table", .doc = {"codon table", "密码子表"}});
    }

    [[nodiscard]] std::vector<Text> headline() const {
        double sum = 0;
        double judged = 0;
        std::int64_t warned = 0;
        for (const auto& gene : genes) {
            sum += gene.cai.value_or(0);
            judged += gene.cai ? 1 : 0;
            warned += gene.warnings.empty() ? 0 : 1;
        }
        return {text({"{} genes, mean CAI {:.4f}, {} with warnings", "{} 个基因，平均 CAI {:.4f}，{} 个有警告"},
                     genes.size(), judged > 0 ? sum / judged : 0.0, warned)};
    }
};

struct Gene {
    std::string id{};
    std::string letters{};
    CodonUse use{};
};

Gene gene_of(std::string id, std::string letters, const AminoAcids& amino_acids) {
    auto use = codons_of(letters, amino_acids);
    return {std::move(id), std::move(letters), std::move(use)};
}

std::vector<Gene> genes_of(const seq::Document& document, const AminoAcids& amino_acids) {
    std::vector<Gene> genes;
    const bool annotated = document.format != seq::Format::fasta && document.format != seq::Format::fastq;
    for (const auto& record : document.records) {
        if (record.sequence.alphabet == seq::Alphabet::protein) continue;
        if (!annotated) {
            genes.push_back(gene_of(record.id, record.sequence.letters, amino_acids));
            continue;
        }
        for (const auto& feature : record.features) {
            if (feature.type != "CDS") continue;
            const auto* tag = feature.find("locus_tag");
            auto read = seq::extract(record, feature.location);
            genes.push_back(
                gene_of(tag != nullptr ? tag->value : feature.label(), std::move(read.letters), amino_acids));
            auto& warnings = genes.back().use.warnings;
            warnings.insert(warnings.end(), read.warnings.begin(), read.warnings.end());
        }
    }
    return genes;
}

PerCodon counts_of(const std::vector<Gene>& genes, const AminoAcids& amino_acids, const std::set<std::string>* only) {
    PerCodon counts{};
    for (const auto& gene : genes) {
        if (only != nullptr && !only->contains(gene.id)) continue;
        for (const auto codon : gene.use.codons) ++counts[codon];
        if (gene.letters.size() < 3 || gene.letters.size() % 3 != 0) continue;
        const auto last = codon_of(std::string_view(gene.letters).substr(gene.letters.size() - 3));
        if (last && amino_acids[*last] == '*') ++counts[*last];
    }
    return counts;
}

/// Where the weights come from: a table, the reference genes, or all.
Result<CodonTable> weights_of(const CodonsParams& parameters, const std::vector<Gene>& genes,
                              const AminoAcids& amino_acids) {
    if (!parameters.weights.empty() && !parameters.reference.empty())
        return bad_input({"give weights or reference, not both", "weights 与 reference 只能给出一个"})
            .at("reference")
            .advise({"leave one out", "请去掉其中一个"});
    if (!parameters.weights.empty()) return load_codon_table(parameters.weights, parameters.genetic_code);
    if (parameters.reference.empty())
        return table_of_counts(counts_of(genes, amino_acids, nullptr), amino_acids, "these genes");
    std::vector<std::string> known;
    for (const auto& gene : genes) known.push_back(gene.id);
    for (const auto& tag : parameters.reference)
        if (std::find(known.begin(), known.end(), tag) == known.end())
            return not_found({"no gene is called {}", "没有名为 {} 的基因"}, tag)
                .at("reference")
                .advise({"nearest: {}", "最接近的有：{}"}, join(nearest(tag, known), ", "));
    const std::set<std::string> only(parameters.reference.begin(), parameters.reference.end());
    return table_of_counts(counts_of(genes, amino_acids, &only), amino_acids, "reference");
}

Result<CodonsResult> codons(const CodonsParams& parameters, Context& context) {
    const auto code = seq::genetic_code(parameters.genetic_code);
    if (!code) return pass(code);
    const auto amino_acids = amino_acids_of(*code);
    const auto path = data::resolve(parameters.file);
    if (!path) return pass(path);
    const auto document = seq::read_document(*path);
    if (!document) return pass(document);
    const auto genes = genes_of(*document, amino_acids);
    if (genes.empty())
        return bad_input({"the file holds no coding sequence", "文件不含编码序列"})
            .at(parameters.file)
            .advise({"give coding sequences in FASTA, or a record with CDS features",
                     "请给出 FASTA 编码序列，或含 CDS 特征的记录"});
    const auto table = weights_of(parameters, genes, amino_acids);
    if (!table) return pass(table);
    const auto trna = trna_genes_of(document->records);
    const auto trna_weight = trna ? tai_weights(*trna, amino_acids) : PerCodon{};
    CodonsResult result;
    for (const auto& gene : genes) {
        if (context.stopped()) return cancelled();
        const auto& used = gene.use.codons;
        result.genes.push_back({gene.id, static_cast<std::int64_t>(gene.letters.size()),
                                static_cast<std::int64_t>(used.size()),
                                adaptation_index(used, table->weight, amino_acids),
                                trna ? trna_index(used, trna_weight, amino_acids) : std::nullopt,
                                effective_number(used, amino_acids), gc3(used), gene.use.warnings});
    }
    const auto counts = counts_of(genes, amino_acids, nullptr);
    const auto own = table_of_counts(counts, amino_acids, "");
    for (std::size_t c = 0; c < codon_count; ++c)
        result.table.push_back({text_of(static_cast<Codon>(c)), std::string(1, amino_acids[c]),
                                static_cast<std::int64_t>(counts[c]), own.fraction[c], table->weight[c]});
    return result;
}

}  // namespace

Operation codons_operation() {
    return make("dna codons",
                {"How genes use their codons: CAI, tAI, effective number, GC3, and the table",
                 "基因的密码子使用：CAI、tAI、有效密码子数、GC3 及密码子表"},
                codons);
}

}  // namespace leaven::dna
