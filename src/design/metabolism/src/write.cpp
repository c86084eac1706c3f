// Writes models by ending, and finds out what the format cannot hold.

#include <filesystem>
#include <limits>

#include <zlib.h>

#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/read.hpp>

#include "json_dictionary.hpp"
#include "json_extras.hpp"
#include "mat_model.hpp"

namespace leaven::metabolism {
namespace {

using Write = std::string (*)(const Model& model, const std::string& extras);

Write writer_for(std::string_view ending) {
    if (ending == ".xml" || ending == ".sbml")
        return [](const Model& model, const std::string&) { return write_sbml(model); };
    if (ending == ".json") return write_json;
    if (ending == ".yml" || ending == ".yaml") return write_yaml;
    return ending == ".mat" ? write_mat_model : nullptr;
}

/// The same bytes for the same text: no name and no time in the head.
std::string gzipped(const std::string& text) {
    z_stream stream{};
    constexpr int gzip = 15 + 16;
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 32, '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));  // zlib reads only
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

Failure no_such_ending(const std::string& path, const std::string& ending) {
    return bad_input({"no way to write a model as \"{}\"", "无法将模型写成“{}”"}, ending)
        .at(path)
        .advise({"use an ending of .xml .sbml .json .yml .yaml .mat; .gz may follow all but .mat",
                 "请用扩展名 .xml .sbml .json .yml .yaml .mat；除 .mat 外均可再加 .gz"});
}

}  // namespace

Result<WrittenModel> write_model(const Model& model, const std::string& path) {
    std::filesystem::path file(path);
    const bool packed = file.extension() == ".gz";
    if (packed) file = file.stem();
    const auto ending = file.extension().string();
    const auto write = writer_for(ending);
    if (write == nullptr || (packed && ending == ".mat")) return no_such_ending(path, packed ? ending + ".gz" : ending);

    WrittenModel written{write(model, {}), {}, {}};
    auto held = read_model(written.bytes, path);
    if (!held) return pass(held);
    written.format = held->format;
    auto extras = extras_of(model, *std::move(held));
    written.losses = std::move(extras.losses);
    if (!extras.text.empty()) written.bytes = write(model, extras.text);
    if (packed) written.bytes = gzipped(written.bytes);
    return written;
}

}  // namespace leaven::metabolism
