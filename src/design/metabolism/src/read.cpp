#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/metabolism/read.hpp>

#include "json_reader.hpp"
#include "sbml_reader.hpp"

namespace leaven::metabolism {
namespace {

enum class Content { sbml, json, unknown };

Content content_of(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return Content::unknown;
    if (text[first] == '<') return Content::sbml;
    return text[first] == '{' ? Content::json : Content::unknown;
}

Result<Model> read_unpacked(std::string_view text, const std::string& name) {
    switch (content_of(text)) {
        case Content::sbml:
            return read_sbml(text, name);
        case Content::json:
            return read_bigg_json(text, name);
        default:
            return bad_input({"this is neither SBML nor a model in JSON", "该文件既不是 SBML，也不是 JSON 格式的模型"})
                .at(name)
                .advise({"give a model as .xml or .json, or either compressed as .gz",
                         "请提供 .xml 或 .json 格式的模型，也可为 .gz 压缩文件"});
    }
}

}  // namespace

Result<Model> read_model(std::string_view bytes, const std::string& name) {
    const auto text = unpack(bytes, name);
    if (!text) return pass(text);
    auto model = read_unpacked(*text, name);
    if (model) model->sha256 = sha256(bytes);
    return model;
}

Result<Model> read_model_file(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    return read_model(*bytes, path.string());
}

}  // namespace leaven::metabolism
