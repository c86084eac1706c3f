// The operations of cloning, and what several of them share.
#pragma once

#include <string>
#include <vector>

#include <leaven/dna/digest.hpp>
#include <leaven/op/operation.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

Operation digest_operation();
Operation overhangs_operation();
Operation pcr_operation();
Operation assemble_operation();
Operation fragment_operation();

/// A remark about a result: a word for programs, a text for people.
struct Remark {
    std::string code{};
    Text message{};

    static void describe(auto& p, auto&& v) {
        v(p.code, {.name = "code", .doc = {"code", "代码"}});
        v(p.message, {.name = "message", .doc = {"message", "说明"}});
    }
};

/// How molecules are taken from files.
struct MoleculeOptions {
    std::string topology = "auto";

    static void describe(auto& p, auto&& v) {
        v(p.topology, {.name = "topology",
                       .doc = {"topology of the molecules; auto is what the file says, linear where it says nothing",
                               "分子拓扑；auto 按文件所述，未注明者视为线形"},
                       .choices = "auto|linear|circular"});
    }
};

/// How the DNA is methylated when enzymes cut it.
struct MethylationOptions {
    std::string methylation = "none";

    static void describe(auto& p, auto&& v) {
        v(p.methylation, {.name = "methylation",
                          .doc = {"methylation of the DNA, which blocks enzymes that are sensitive to it",
                                  "DNA 的甲基化类型，会阻断对其敏感的限制酶"},
                          .choices = "none|dam|dcm|cpg"});
    }
    [[nodiscard]] Methylation kind() const;
};

/// All records of files, paths or names of the catalogue. Each has a name that no other has: that in the file, the
/// file's where that says nothing, numbered where several are alike.
///
/// Errors  as seq::read_document; bad_input  a protein, or a record without its sequence
Result<std::vector<seq::Record>> load_molecules(const std::vector<std::string>& files, const MoleculeOptions& options);

/// The enzymes of these names; "all" stands for every one whose cuts are known, "sold" for those that are sold.
///
/// Errors  bad_input  no such enzyme, or one whose cuts are not known
Result<std::vector<seq::Enzyme>> enzymes_named(const std::vector<std::string>& names);

}  // namespace leaven::dna
