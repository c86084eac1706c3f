// What `dna edit` is asked and what it answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/dna/bench_rows.hpp>

#include "cloning_commands.hpp"

namespace leaven::dna {

struct EditParams {
    std::string genome{};
    std::vector<std::string> edit{};
    std::string method = "lambda_red";
    std::int64_t arm = 50;
    std::int64_t oligo_length = 90;
    bool keep_frame = true;
    std::optional<std::int64_t> oric{};
    std::optional<std::int64_t> dif{};
    std::string out{};
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.genome, {.name = "genome",
                     .doc = {"the genome to be edited", "待编辑的基因组"},
                     .format = "sequence",
                     .required = true,
                     .input = true});
        v(p.edit, {.name = "edit",
                   .doc = {"edits, in positions of this genome: delete:thrB, delete:100..200, "
                           "replace:thrA[100..102]:GCT, insert:5000:FILE",
                           "编辑（位置按此基因组）：delete:thrB、delete:100..200、replace:thrA[100..102]:GCT、"
                           "insert:5000:文件"},
                   .required = true});
        v(p.method, {.name = "method",
                     .doc = {"how the chromosome is changed", "编辑方法"},
                     .choices = "lambda_red|mage|cas9_hdr|double_crossover|yeast_hr"});
        v(p.arm, {.name = "arm",
                  .doc = {"homology on each side; of double_crossover 500 to 1,000 are usual",
                          "每侧同源臂长度；double_crossover 通常为 500 到 1000"},
                  .unit = "1",
                  .min = 35,
                  .max = 3000});
        v(p.oligo_length, {.name = "oligo_length",
                           .doc = {"bases of a MAGE oligo", "MAGE 寡核苷酸的长度"},
                           .unit = "1",
                           .min = 60,
                           .max = 200});
        v(p.keep_frame, {.name = "keep_frame",
                         .doc = {"of a deleted gene keep the first codon, the last seven, and what its neighbours need",
                                 "删除基因时保留首个密码子、末七个密码子以及相邻基因所需的序列"}});
        v(p.oric, {.name = "oric",
                   .doc = {"position of oriC; by default as annotated", "oriC 的位置；默认按注释"},
                   .unit = "1",
                   .min = 1,
                   .max = 1e12});
        v(p.dif, {.name = "dif",
                  .doc = {"position of dif; by default as annotated, or where its bases are",
                          "dif 的位置；默认按注释或其序列所在处"},
                  .unit = "1",
                  .min = 1,
                  .max = 1e12});
        v(p.out, {.name = "out",
                  .doc = {"the edited genome, its format by its ending", "写出编辑后的基因组，格式由扩展名决定"},
                  .format = "path"});
        MoleculeOptions::describe(p.molecules, v);
    }
};

struct EditOligoRow {
    std::string name{};
    std::string sequence{};
    std::string strand = "+";
    std::optional<std::int64_t> replichore{};
    double dg = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence to order", "订购序列"}});
        v(p.strand, {.name = "strand", .doc = {"strand that it reads as", "所读的链"}, .choices = "+|-"});
        v(p.replichore, {.name = "replichore", .doc = {"replichore", "复制臂"}, .unit = "1"});
        v(p.dg, {.name = "dg", .doc = {"free energy of its fold", "折叠自由能"}, .unit = "kcal/mol"});
    }
};

struct GuideRow {
    std::string sequence{};
    std::string pam{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";
    std::int64_t cut = 0;
    std::int64_t off_targets = 0;
    std::vector<std::string> flags{};

    static void describe(auto& p, auto&& v) {
        v(p.sequence, {.name = "sequence", .doc = {"protospacer", "原间隔序列"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "+|-"});
        v(p.cut, {.name = "cut", .doc = {"cut", "切点"}, .unit = "1"});
        v(p.off_targets, {.name = "off_targets", .doc = {"other targets", "其他靶点数"}, .unit = "1"});
        v(p.flags, {.name = "flags", .doc = {"flags", "标记"}});
    }
};

struct CheckPrimerRow {
    std::string name{};
    std::string sequence{};
    std::string strand = "+";
    double tm = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "+|-"});
        v(p.tm, {.name = "tm", .doc = {"melting temperature", "解链温度"}, .unit = "Cel"});
    }
};

struct GenotypeLengths {
    std::optional<std::int64_t> wild_type{};
    std::optional<std::int64_t> edited{};

    static void describe(auto& p, auto&& v) {
        v(p.wild_type, {.name = "wild_type", .doc = {"of the wild type", "野生型"}, .unit = "1"});
        v(p.edited, {.name = "edited", .doc = {"of the edited strain", "编辑后"}, .unit = "1"});
    }
};

struct EditWarning {
    std::string code{};
    std::string gene{};
    Text message{};

    static void describe(auto& p, auto&& v) {
        v(p.code, {.name = "code", .doc = {"code", "代码"}});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.message, {.name = "message", .doc = {"message", "说明"}});
    }
};

struct EditRow {
    std::string edit{};
    std::string record{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::vector<EditOligoRow> oligos{};
    std::vector<ArmRow> arms{};
    std::optional<std::string> donor{};
    std::optional<GuideRow> guide{};
    std::vector<CheckPrimerRow> check_primers{};
    GenotypeLengths products{};
    std::vector<EditWarning> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.edit, {.name = "edit", .doc = {"edit", "编辑"}});
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.oligos, {.name = "oligos", .doc = {"oligos", "寡核苷酸"}});
        v(p.arms, {.name = "arms", .doc = {"homology arms", "同源臂"}});
        v(p.donor, {.name = "donor", .doc = {"donor", "供体"}});
        v(p.guide, {.name = "guide", .doc = {"guide", "向导"}});
        v(p.check_primers, {.name = "check_primers", .doc = {"check primers", "鉴定引物"}});
        v(p.products, {.name = "products", .doc = {"lengths of the check products", "鉴定产物长度"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

struct EditResult {
    std::vector<EditRow> edits{};

    static void describe(auto& p, auto&& v) { v(p.edits, {.name = "edits", .doc = {"edits", "编辑"}}); }
    [[nodiscard]] std::vector<Text> headline() const;
};

}  // namespace leaven::dna
