#include <algorithm>
#include <array>
#include <cstring>

#include <leaven/crispr/genome.hpp>

#include "image.hpp"
#include "mapped_file.hpp"

namespace leaven::crispr {
namespace {

constexpr std::int64_t wrapped_bases = 128;

/// Code of a letter; 4 where it is not certain.
constexpr std::array<std::uint8_t, 256> code_table() {
    std::array<std::uint8_t, 256> codes{};
    codes.fill(4);
    constexpr std::string_view letters = "ACGTU";
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto code = static_cast<std::uint8_t>(std::min<std::size_t>(i, 3));
        codes[static_cast<unsigned char>(letters[i])] = code;
        codes[static_cast<unsigned char>(letters[i] | 0x20)] = code;
    }
    return codes;
}
constexpr auto codes = code_table();

/// Bases `from` … `from` + 63 of a contig that goes on at its start; what lies after `stored` is not certain.
Block pack_block(std::string_view letters, std::int64_t from, std::int64_t stored) {
    Block block;
    const auto length = static_cast<std::int64_t>(letters.size());
    const auto count = std::min<std::int64_t>(64, stored - from);
    if (count < 64) block.bad = count <= 0 ? ~std::uint64_t{0} : ~std::uint64_t{0} << count;
    std::int64_t at = length > 0 ? from % length : 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::uint64_t code = codes[static_cast<unsigned char>(letters[static_cast<std::size_t>(at)])];
        const std::uint64_t known = code < 4 ? 1U : 0U;
        block.hi |= (known & (code >> 1)) << i;
        block.lo |= (known & code) << i;
        block.bad |= (known ^ 1U) << i;
        if (++at == length) at = 0;
    }
    return block;
}

Failure damaged(const std::string& name) {
    return bad_input({"the index is damaged: its checksum does not fit", "索引已损坏：校验和不符"})
        .at(name)
        .advise({"build it again with `leaven crispr index`", "请用 `leaven crispr index` 重新建立"});
}

Failure cut_short(const std::string& name, std::uint64_t bytes, std::uint64_t expected) {
    return bad_input({"the index is cut short: {} bytes of {}", "索引不完整：只有 {} 字节，应为 {} 字节"}, bytes,
                     expected)
        .at(name)
        .advise({"build it again with `leaven crispr index`", "请用 `leaven crispr index` 重新建立"});
}

}  // namespace

GenomeBuilder::GenomeBuilder() : image_(std::make_shared<std::vector<std::uint64_t>>(header_words, 0)) {}

void GenomeBuilder::append_block(const Block& block) { image_->insert(image_->end(), {block.hi, block.lo, block.bad}); }

void GenomeBuilder::add(std::string name, std::string_view letters, bool circular) {
    const auto length = static_cast<std::int64_t>(letters.size());
    const std::int64_t stored = length > 0 ? length + wrapped_bases : 0;
    append_block(Block{0, 0, ~std::uint64_t{0}});
    const auto before = static_cast<std::int64_t>((image_->size() - header_words) / words_a_block);
    for (std::int64_t block = 0; block < length / 64 + 4; ++block)
        append_block(pack_block(letters, block * 64, stored));
    contigs_.push_back({std::move(name), length, circular, before});
}

Genome GenomeBuilder::finish() && {
    auto& image = *image_;
    Genome genome;
    genome.contigs_ = std::move(contigs_);
    image[magic_word] = image_magic;
    image[version_word] = image_version;
    image[blocks_word] = (image.size() - header_words) / words_a_block;
    genome.image_ = image;
    genome.blocks_ = reinterpret_cast<const Block*>(image.data() + header_words);
    genome.keep_ = image_;
    return genome;
}

std::int64_t Genome::bases() const {
    std::int64_t sum = 0;
    for (const auto& contig : contigs_) sum += contig.length;
    return sum;
}

std::string Genome::letters(std::size_t contig, seq::Interval at) const {
    std::string out(static_cast<std::size_t>(at.length()), 'N');
    const auto* blocks = this->blocks(contig);
    for (std::int64_t i = at.start; i < at.end; ++i) {
        const auto& block = blocks[i >> 6];
        const auto bit = static_cast<unsigned>(i & 63);
        if ((block.bad >> bit & 1U) == 0)
            out[static_cast<std::size_t>(i - at.start)] = "ACGT"[(block.hi >> bit & 1U) * 2 + (block.lo >> bit & 1U)];
    }
    return out;
}

std::optional<std::size_t> Genome::find(std::string_view name) const {
    const auto found =
        std::find_if(contigs_.begin(), contigs_.end(), [&](const Contig& contig) { return contig.name == name; });
    if (found == contigs_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - contigs_.begin());
}

std::string Genome::image() const {
    std::string names;
    std::vector<std::uint64_t> table;
    for (const auto& contig : contigs_) {
        table.insert(table.end(),
                     {static_cast<std::uint64_t>(contig.length), static_cast<std::uint64_t>(contig.first_block),
                      contig.circular ? 1U : 0U, contig.name.size()});
        names += contig.name;
    }
    const auto body = header_words + image_[blocks_word] * words_a_block;
    const auto total = body + table.size() + (names.size() + 7) / 8;
    std::string bytes(total * 8, '\0');
    const std::span<std::uint64_t> words(reinterpret_cast<std::uint64_t*>(bytes.data()), total);
    std::copy_n(image_.begin(), body, words.begin());
    std::copy(table.begin(), table.end(), words.begin() + static_cast<std::ptrdiff_t>(body));
    std::memcpy(bytes.data() + (body + table.size()) * 8, names.data(), names.size());
    words[size_word] = total;
    words[contigs_word] = contigs_.size();
    words[names_word] = names.size();
    words[check_word] = image_check(words);
    return bytes;
}

bool Genome::is_index(std::string_view bytes) {
    return bytes.size() >= 8 && std::memcmp(bytes.data(), &image_magic, 8) == 0;
}

Result<Genome> Genome::open(const std::filesystem::path& path) {
    auto file = MappedFile::open(path);
    if (!file) return pass(file);
    const auto bytes = (*file)->bytes();
    if (bytes.size() < header_words * 8) return cut_short(path.string(), bytes.size(), header_words * 8);
    const std::span<const std::uint64_t> image(reinterpret_cast<const std::uint64_t*>(bytes.data()), bytes.size() / 8);
    if (image[magic_word] != image_magic)
        return bad_input({"this is not an index of a genome", "这不是基因组索引文件"})
            .at(path.string())
            .advise({"build one with `leaven crispr index`", "请用 `leaven crispr index` 建立索引"});
    if (image[version_word] != image_version)
        return bad_input({"the index is of another version or another kind of machine", "索引的版本或机器类型不同"})
            .at(path.string())
            .advise({"build it again with `leaven crispr index`", "请用 `leaven crispr index` 重新建立"});
    const auto words = image[size_word];
    if (words > (std::uint64_t{1} << 48)) return damaged(path.string());
    if (bytes.size() != words * 8) return cut_short(path.string(), bytes.size(), words * 8);
    return over(image, *file, path.string());
}

Result<Genome> Genome::over(std::span<const std::uint64_t> image, std::shared_ptr<const void> keep,
                            const std::string& name) {
    if (image_check(image) != image[check_word]) return damaged(name);
    Genome genome;
    genome.image_ = image;
    genome.keep_ = std::move(keep);
    genome.blocks_ = reinterpret_cast<const Block*>(image.data() + header_words);
    if (auto status = genome.read_contigs(name); !status) return pass(status);
    return genome;
}

/// A sum that fits does not make a file honest: every number is held against the size of the file.
Status Genome::read_contigs(const std::string& name) {
    const auto total = image_.size() - header_words;
    const auto blocks = image_[blocks_word];
    const auto count = image_[contigs_word];
    if (blocks > total / words_a_block || count > total / contig_words) return damaged(name);
    const auto table = header_words + blocks * words_a_block;
    const auto names = table + count * contig_words;
    if (names > image_.size() || image_[names_word] > (image_.size() - names) * 8) return damaged(name);
    std::string_view left(reinterpret_cast<const char*>(image_.data() + names), image_[names_word]);
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = image_.subspan(table + i * contig_words, contig_words);
        const auto length = row[0];
        const auto first = row[1];
        if (length > blocks * 64 || first < 1 || first > blocks || length / 64 + 4 > blocks - first ||
            row[3] > left.size())
            return damaged(name);
        contigs_.push_back({std::string(left.substr(0, row[3])), static_cast<std::int64_t>(length), row[2] == 1,
                            static_cast<std::int64_t>(first)});
        left.remove_prefix(row[3]);
    }
    return {};
}

Topologies Topologies::of(const std::vector<std::string>& words) {
    if (words.empty() || (words.size() == 1 && words.front() == "auto")) return {};
    if (words.size() == 1 && words.front() == "all") return {Mode::all, {}};
    if (words.size() == 1 && words.front() == "none") return {Mode::none, {}};
    return {Mode::listed, words};
}

}  // namespace leaven::crispr
