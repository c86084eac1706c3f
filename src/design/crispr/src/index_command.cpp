#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>

#include "commands.hpp"

namespace leaven::crispr {
namespace {

struct IndexParams {
    static constexpr bool writes = true;
    std::string genome{};
    std::string out{};
    std::vector<std::string> circular{"auto"};

    static void describe(auto& p, auto&& v) {
        v(p.genome, {.name = "genome",
                     .doc = {"genome: FASTA, GenBank or 2bit, packed or not", "基因组：FASTA、GenBank 或 2bit，可压缩"},
                     .format = "sequence",
                     .required = true,
                     .input = true});
        v(p.out, {.name = "out", .doc = {"index to write", "写出的索引"}, .format = "path", .required = true});
        v(p.circular, {.name = "circular",
                       .doc = {"which contigs are circles: auto (as the file says), all, none, or their names",
                               "哪些序列是环状：auto（按文件）、all、none，或列出名称"}});
    }
};

struct IndexResult {
    std::string out{};
    std::int64_t bases = 0;
    std::int64_t contigs = 0;
    std::int64_t bytes = 0;
    std::string checksum{};

    static void describe(auto& p, auto&& v) {
        v(p.out, {.name = "out", .doc = {"index", "索引"}, .format = "path"});
        v(p.bases, {.name = "bases", .doc = {"bases", "碱基数"}, .unit = "1"});
        v(p.contigs, {.name = "contigs", .doc = {"contigs", "序列数"}, .unit = "1"});
        v(p.bytes, {.name = "bytes", .doc = {"bytes", "字节数"}, .unit = "By"});
        v(p.checksum, {.name = "checksum", .doc = {"SHA-256 of the index", "索引的 SHA-256"}});
    }
    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{}: {} bases in {} contigs, {} bytes", "{}：{} 个碱基，{} 条序列，{} 字节"}, out, bases, contigs,
                     bytes)};
    }
};

Result<IndexResult> index(const IndexParams& parameters, Context& context) {
    if (auto status = may_write(parameters.out); !status) return pass(status);
    auto file = read_genome(parameters.genome, Topologies::of(parameters.circular), context);
    if (!file) return pass(file);
    const auto image = file->genome.image();
    IndexResult result{.out = parameters.out,
                       .bases = file->genome.bases(),
                       .contigs = static_cast<std::int64_t>(file->genome.contigs().size()),
                       .bytes = static_cast<std::int64_t>(image.size())};
    result.checksum = sha256(image);
    const auto write = [&] { return write_file(parameters.out, image); };
    if (auto status = on_first_rank(context, write); !status) return pass(status);
    return result;
}

}  // namespace

Operation index_operation() {
    return make("crispr index",
                {"Packs a genome so that it is searched as it lies on disk, for any PAM",
                 "把基因组打包成可直接搜索的索引，适用于任何 PAM"},
                index);
}

}  // namespace leaven::crispr
