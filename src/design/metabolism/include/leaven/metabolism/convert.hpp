// Models from one file format into another, with an account of what the other cannot hold.
//
// Cost: the file is written, read back and compared; iML1515 takes under half a second into any format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/field.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/model_input.hpp>

namespace leaven::metabolism {

/// Something that the fields of a format cannot hold. Leaven keeps it in the file all the same, under a key of its own,
/// and reads it back; other programs do not see it.
struct Loss {
    Text what;
    std::string where;  // identifiers, the first few by name

    static void describe(auto& p, auto&& v) {
        v(p.what, {.name = "what", .doc = {"not held by the format", "该格式不能容纳的内容"}});
        v(p.where, {.name = "where", .doc = {"where", "位置"}});
    }
};

struct WrittenModel {
    std::string bytes;
    std::string format;  // as the reader names it
    std::vector<Loss> losses;
};

/// The endings a model can be written with, "|" between them.
inline constexpr std::string_view model_endings =
    ".xml|.sbml|.json|.yml|.yaml|.mat|.xml.gz|.sbml.gz|.json.gz|.yml.gz|.yaml.gz";

/// The model in the format that the ending of the path names: SBML level 3 with FBC 2, BiGG JSON, COBRA YAML, COBRA
/// MAT.
///
/// Ensures  reading the bytes gives an equal Model, every bit of every number included, whatever the format.
/// Errors   bad_input  no such ending
Result<WrittenModel> write_model(const Model& model, const std::string& path);

struct ConvertParams : ModelInput {
    std::string out;

    static void describe(auto& p, auto&& v) {
        ModelInput::describe(p, v);
        v(p.out,
          {.name = "out",
           .doc = {"file to write, its format by ending: .xml .sbml .json .yml .yaml .mat, and .gz behind all but "
                   ".mat",
                   "要写的文件，格式由扩展名决定：.xml .sbml .json .yml .yaml .mat，除 .mat 外均可再加 .gz"},
           .format = "path",
           .required = true});
    }
};

struct ConvertResult {
    std::string from;
    std::string to;
    std::int64_t reactions = 0;
    std::int64_t metabolites = 0;
    std::int64_t genes = 0;
    std::vector<Loss> losses;

    static void describe(auto& p, auto&& v) {
        v(p.from, {.name = "from", .doc = {"from", "原格式"}});
        v(p.to, {.name = "to", .doc = {"to", "新格式"}});
        v(p.reactions, {.name = "reactions", .doc = {"reactions", "反应"}, .unit = "1"});
        v(p.metabolites, {.name = "metabolites", .doc = {"metabolites", "代谢物"}, .unit = "1"});
        v(p.genes, {.name = "genes", .doc = {"genes", "基因"}, .unit = "1"});
        v(p.losses, {.name = "losses", .doc = {"not held by the format", "该格式不能容纳的内容"}});
    }

    [[nodiscard]] std::vector<Text> headline() const {
        if (losses.empty()) return {text({"{} to {}: everything is held", "{} 转为 {}：全部内容均可容纳"}, from, to)};
        return {text({"{} to {}; kinds of content without a place there: {} (kept, but only Leaven reads them back)",
                      "{} 转为 {}；该格式没有位置的内容：{} 类（已保留，但只有 Leaven 能读回）"},
                     from, to, losses.size())};
    }
};

/// Errors  as `load_model` and `write_model`; bad_input  the file cannot be written
Result<ConvertResult> convert(const ConvertParams& params, Context& context);

}  // namespace leaven::metabolism
