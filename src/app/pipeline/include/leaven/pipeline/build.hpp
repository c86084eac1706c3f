// The part of a dossier that goes to the bench: guides, edits of the chromosome and genes to be synthesised.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/text.hpp>
#include <leaven/dna/bench_rows.hpp>
#include <leaven/pipeline/assembly.hpp>

namespace leaven::pipeline {

/// [build]: the chromosome, and how it is changed.
struct BuildSection {
    std::string genome;
    std::string method = "lambda_red";
    std::string nuclease = "SpCas9";
    std::string vector = "pcas9";
    std::int64_t guides = 2;
    std::int64_t repress = 0;
    std::string proteins;
    std::vector<std::string> aliases;
    std::string codons;
    std::string rules;
    std::vector<std::string> avoid;
    std::vector<std::string> parts;
    std::string construct;
    std::string integrate;
    std::vector<std::string> methods{"golden_gate", "gibson"};
    std::vector<std::string> suppliers;
    std::int64_t longest_fragment = 0;
    double primer_price = 0.15;
    double long_oligo_price = 0.45;

    static void describe(auto& p, auto&& v) {
        v(p.genome, {.name = "genome",
                     .doc = {"annotated chromosome of the host, whose genes have the identifiers of the model",
                             "带注释的宿主染色体，其基因标识符与模型一致"},
                     .format = "sequence",
                     .required = true});
        v(p.method, {.name = "method",
                     .doc = {"how the chromosome is changed", "改造染色体的方法"},
                     .choices = "lambda_red|mage|cas9_hdr|double_crossover|yeast_hr"});
        v(p.nuclease, {.name = "nuclease", .doc = {"nuclease of the guides", "向导所用核酸酶"}});
        v(p.vector,
          {.name = "vector",
           .doc = {"cloning scheme of the guides, as in crispr oligos", "向导的克隆方案，名称同 crispr oligos"}});
        v(p.guides, {.name = "guides",
                     .doc = {"guides a gene; 0: none", "每个基因的向导数；0 表示不设计"},
                     .unit = "1",
                     .min = 0,
                     .max = 100});
        v(p.repress, {.name = "repress",
                      .doc = {"reactions to turn down, the best first, whose genes get guides of interference",
                              "按排名取多少个下调反应，为其基因设计干扰向导"},
                      .unit = "1",
                      .min = 0,
                      .max = 100});
        v(p.proteins, {.name = "proteins",
                       .doc = {"proteins of the inserted reactions' genes: FASTA named as the genes, or an annotated "
                               "genome whose coding sequences have these names",
                               "插入反应的基因所编码的蛋白质：以基因命名的 FASTA，或含同名编码序列的带注释基因组"},
                       .format = "path"});
        v(p.aliases, {.name = "aliases",
                      .doc = {"genes that the file of proteins calls otherwise: GENE=NAME",
                              "蛋白质文件中另有名称的基因：GENE=NAME"}});
        v(p.codons, {.name = "codons", .doc = {"codon table of the host", "宿主的密码子表"}, .format = "codons"});
        v(p.rules,
          {.name = "rules", .doc = {"synthesis rules that the genes keep", "基因须满足的合成规则"}, .format = "data"});
        v(p.avoid, {.name = "avoid",
                    .doc = {"enzymes or patterns that the genes do not hold", "基因中不得出现的限制酶位点或序列模式"}});
        v(p.parts, {.name = "parts",
                    .doc = {"files of parts on the shelf: promoters, terminators, a vector that is a circle",
                            "现有部件文件：启动子、终止子、环形载体"},
                    .format = "sequence"});
        v(p.construct,
          {.name = "construct",
           .doc = {"parts and genes round the circle, parted by ;, alternatives by , and rbs:RATE for a "
                   "site to be designed, as in pA,pB;rbs:5000;gene;t1;vector",
                   "环上依次排列的部件与基因，以 ; 分隔，备选以 , 分隔，rbs:RATE 表示待设计的核糖体结合位点，"
                   "如 pA,pB;rbs:5000;gene;t1;vector"}});
        v(p.integrate,
          {.name = "integrate",
           .doc = {"where the pathway goes on the chromosome, by method: a gene or locus tag that it takes the place "
                   "of, as in lacZ, or a place as in insert:5000 (behind that base), replace:100..200; each construct "
                   "by itself, without its backbone",
                   "途径整合到染色体的位置（按 method 所述方法）：所取代的基因名或位点标签，如 lacZ；或位置，如 "
                   "insert:5000（插在该碱基之后）、replace:100..200；各构建体分别整合，不含其骨架"}});
        v(p.methods, {.name = "methods",
                      .doc = {"how constructs may be put together", "可用的组装方法"},
                      .choices = "golden_gate|gibson|yeast"});
        v(p.suppliers, {.name = "suppliers",
                        .doc = {"rule sets of those who make fragments, with prices; none: that of rules",
                                "片段供应方的规则集（含价格）；不给则取 rules"}});
        v(p.longest_fragment, {.name = "longest_fragment",
                               .doc = {"longest fragment to order; 0: what the suppliers make",
                                       "订购片段的最大长度；0 表示以供应方上限为准"},
                               .unit = "1",
                               .min = 0,
                               .max = 1'000'000});
        v(p.primer_price, {.name = "primer_price",
                           .doc = {"price of a base of an oligo of up to 60 bases", "60 碱基以内寡核苷酸的单碱基价格"},
                           .unit = "USD",
                           .min = 0,
                           .max = 1000});
        v(p.long_oligo_price, {.name = "long_oligo_price",
                               .doc = {"price of a base of a longer one", "更长寡核苷酸的单碱基价格"},
                               .unit = "USD",
                               .min = 0,
                               .max = 1000});
    }
};

struct PlannedGuide {
    std::string gene;
    std::string name;
    std::string purpose = "knockout";
    std::int64_t rank = 1;
    std::string sequence;
    std::string pam;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";
    std::int64_t cut = 0;
    std::optional<double> fraction;
    std::optional<double> cfd;
    std::string off_targets;  // other sites by mismatches
    std::vector<Text> reasons;
    std::string top;
    std::string bottom;

    static void describe(auto& p, auto&& v) {
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.purpose, {.name = "purpose", .doc = {"purpose", "用途"}, .choices = "knockout|interference|integration"});
        v(p.rank, {.name = "rank", .doc = {"rank", "名次"}, .unit = "1"});
        v(p.sequence, {.name = "sequence", .doc = {"guide", "向导"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "+|-"});
        v(p.cut, {.name = "cut", .doc = {"cut", "切点"}, .unit = "1"});
        v(p.fraction, {.name = "fraction", .doc = {"place in the gene", "在基因中的位置"}, .unit = "1"});
        v(p.cfd, {.name = "cfd", .doc = {"CFD score", "CFD 评分"}, .unit = "1"});
        v(p.off_targets, {.name = "off_targets", .doc = {"off-targets by mismatches", "按错配数的脱靶数"}});
        v(p.reasons, {.name = "reasons", .doc = {"reasons", "理由"}});
        v(p.top, {.name = "top", .doc = {"top oligo", "上链寡核苷酸"}});
        v(p.bottom, {.name = "bottom", .doc = {"bottom oligo", "下链寡核苷酸"}});
    }
};

/// A site that a planned guide may bind besides its own.
struct OffTarget {
    std::string guide;
    std::string contig;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";
    std::int64_t mismatches = 0;
    std::string gene;

    static void describe(auto& p, auto&& v) {
        v(p.guide, {.name = "guide", .doc = {"guide", "向导"}});
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "+|-"});
        v(p.mismatches, {.name = "mismatches", .doc = {"mismatches", "错配数"}, .unit = "1"});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
    }
};

/// An oligo and what it is for.
struct PlannedOligo {
    std::string name;
    std::string sequence;
    std::string purpose;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.purpose, {.name = "purpose", .doc = {"purpose", "用途"}, .choices = "edit|check|guide|construct"});
    }
};

/// A line of the list of oligos to order.
struct OrderedOligo : PlannedOligo {
    std::int64_t length = 0;
    double price = 0;

    static void describe(auto& p, auto&& v) {
        PlannedOligo::describe(p, v);
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.price, {.name = "price", .doc = {"price", "价格"}, .unit = "USD"});
    }
};

/// A deletion, or a cassette that goes into the chromosome. Those of several constructs go to one place: each is an
/// edit by itself.
struct PlannedEdit {
    std::string kind = "deletion";
    std::string gene;  // that is deleted, or whose place is taken; empty: a place that was given by bases
    std::string name;
    std::string construct;  // of an integration: whose cassette it is, and the template of the donor
    std::string edit;
    std::string contig;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t cassette = 0;  // bases that come in
    std::vector<dna::ArmRow> arms;
    std::string donor;  // empty: the oligo is all
    std::int64_t wild_type = 0;
    std::int64_t edited = 0;
    std::optional<bool> verified;  // of an integration
    std::vector<PlannedOligo> oligos;
    std::vector<Text> warnings;

    static void describe(auto& p, auto&& v) {
        v(p.kind, {.name = "kind", .doc = {"kind", "类型"}, .choices = "deletion|integration"});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.construct, {.name = "construct", .doc = {"construct", "构建体"}});
        v(p.edit, {.name = "edit", .doc = {"edit", "编辑"}});
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.cassette, {.name = "cassette", .doc = {"bases that come in", "插入的碱基数"}, .unit = "1"});
        v(p.arms, {.name = "arms", .doc = {"homology arms", "同源臂"}});
        v(p.donor, {.name = "donor", .doc = {"donor", "供体"}});
        v(p.wild_type, {.name = "wild_type", .doc = {"check product, wild type", "鉴定产物（野生型）"}, .unit = "1"});
        v(p.edited, {.name = "edited", .doc = {"check product, edited", "鉴定产物（编辑后）"}, .unit = "1"});
        v(p.verified,
          {.name = "verified",
           .doc = {"the primers make the donor, the edited chromosome holds the cassette once, and the check primers "
                   "give both lengths, in simulation",
                   "模拟表明：引物得到供体，编辑后的染色体仅含一份表达盒，鉴定引物给出两种长度"}});
        v(p.oligos, {.name = "oligos", .doc = {"oligos", "寡核苷酸"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

/// A stretch of a gene that is made by itself.
struct GeneFragment {
    std::string name;
    std::int64_t start = 0;
    std::int64_t end = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
    }
};

/// A gene of the inserted pathway, written for the host.
struct PlannedGene {
    std::string gene;
    std::string status = "optimal";
    std::int64_t residues = 0;
    std::optional<double> cai;
    std::optional<double> gap;
    double gc = 0;
    std::string sequence;
    std::vector<std::string> conflict;
    std::vector<GeneFragment> fragments;  // none: it is made in one piece

    static void describe(auto& p, auto&& v) {
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|feasible|infeasible|limit"});
        v(p.residues, {.name = "residues", .doc = {"amino acids", "氨基酸数"}, .unit = "1"});
        v(p.cai, {.name = "cai", .doc = {"codon adaptation index", "密码子适应指数"}, .unit = "1"});
        v(p.gap, {.name = "gap", .doc = {"gap", "差距"}, .unit = "1"});
        v(p.gc, {.name = "gc", .doc = {"share of G and C", "GC 比例"}, .unit = "1"});
        v(p.sequence, {.name = "sequence", .doc = {"coding sequence", "编码序列"}});
        v(p.conflict, {.name = "conflict", .doc = {"conflict", "冲突"}});
        v(p.fragments, {.name = "fragments", .doc = {"fragments", "片段"}});
    }
};

struct BuildPart {
    std::string genome;
    std::string sha256;
    std::string method;
    std::vector<PlannedEdit> edits;
    std::vector<PlannedGuide> guides;
    std::vector<OffTarget> off_targets;
    std::vector<PlannedGene> genes;
    std::optional<AssemblyPart> assembly;  // none where no construct is asked for
    std::vector<OrderedOligo> oligos;      // every one once: of edits, of their checks, of guides, of constructs
    double cost = 0;

    static void describe(auto& p, auto&& v) {
        v(p.genome, {.name = "genome", .doc = {"chromosome", "染色体"}});
        v(p.sha256, {.name = "sha256", .doc = {"SHA-256 of the file", "文件的 SHA-256"}});
        v(p.method, {.name = "method", .doc = {"method", "方法"}});
        v(p.edits, {.name = "edits", .doc = {"edits", "编辑"}});
        v(p.guides, {.name = "guides", .doc = {"guides", "向导"}});
        v(p.off_targets, {.name = "off_targets", .doc = {"off-targets", "脱靶位点"}});
        v(p.genes, {.name = "genes", .doc = {"genes to synthesise", "待合成基因"}});
        v(p.assembly, {.name = "assembly", .doc = {"assembly of the pathway", "途径的组装"}});
        v(p.oligos, {.name = "oligos", .doc = {"oligos to order", "待订购寡核苷酸"}});
        v(p.cost, {.name = "cost", .doc = {"cost of all that is ordered", "全部订单总价"}, .unit = "USD"});
    }
};

}  // namespace leaven::pipeline
