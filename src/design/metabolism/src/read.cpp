#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/metabolism/read.hpp>

#include "json_reader.hpp"
#include "mat_file.hpp"
#include "mat_model.hpp"
#include "reading_rules.hpp"
#include "sbml_reader.hpp"
#include "yaml_reader.hpp"

namespace leaven::metabolism {
namespace {

enum class Content { sbml, json, yaml, mat, unknown };

Content content_of(std::string_view text) {
    if (looks_like_mat(text)) return Content::mat;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return Content::unknown;
    if (text[first] == '<') return Content::sbml;
    if (text[first] == '{') return Content::json;
    return looks_like_yaml(text) ? Content::yaml : Content::unknown;
}

Result<Model> read_unpacked(std::string_view text, const std::string& name, StopFlag stop) {
    switch (content_of(text)) {
        case Content::sbml:
            return read_sbml(text, name, stop);
        case Content::json:
            return read_bigg_json(text, name, stop);
        case Content::yaml:
            return read_yaml(text, name, stop);
        case Content::mat:
            return read_mat_model(text, name, stop);
        default:
            return bad_input({"this is no model in SBML, JSON, YAML or MATLAB's format",
                              "该文件不是 SBML、JSON、YAML 或 MATLAB 格式的模型"})
                .at(name)
                .advise({"give a model as .xml, .json, .yml or .mat; it may be compressed as .gz",
                         "请提供 .xml、.json、.yml 或 .mat 格式的模型，也可为 .gz 压缩文件"});
    }
}

}  // namespace

Result<Model> read_model(std::string_view bytes, const std::string& name, StopFlag stop) {
    const auto text = unpack(bytes, name);
    if (!text) return pass(text);
    if (stopped(stop)) return cancelled();
    auto model = read_unpacked(*text, name, stop);
    if (model) model->sha256 = sha256(bytes);
    return model;
}

Result<Model> read_model_file(const std::filesystem::path& path, StopFlag stop) {
    const auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    return read_model(*bytes, path.string(), stop);
}

}  // namespace leaven::metabolism
