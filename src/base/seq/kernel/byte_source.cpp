#include "byte_source.hpp"

#include <zlib.h>

#include <leaven/core/file.hpp>

namespace leaven::seq {
namespace {

constexpr std::size_t step = std::size_t{1} << 20;
constexpr std::size_t largest_reserve = std::size_t{256} << 20;
constexpr std::size_t largest_record = std::size_t{8} << 30;  // bytes of one record

}  // namespace

struct ByteSource::Input {
    gzFile file = nullptr;  // or
    std::string bytes;      // compressed, with
    z_stream stream{};
    bool inflating = false;
};

ByteSource::ByteSource(std::unique_ptr<Input, void (*)(Input*)> input, std::string name)
    : input_(std::move(input)), name_(std::move(name)) {}

namespace {

Failure damaged(const std::string& name) {
    return bad_input({"the compressed file is damaged or cut short", "压缩文件已损坏或不完整"})
        .at(name)
        .advise({"copy the file again", "请重新获取该文件"});
}

}  // namespace

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code)) {
        if (auto bytes = read_file(path, step); !bytes) return pass(bytes);  // says what is wrong
    }
    auto input = std::unique_ptr<Input, void (*)(Input*)>(new Input, [](Input* dead) {
        if (dead->file != nullptr) gzclose(dead->file);
        delete dead;
    });
    input->file = gzopen(path.c_str(), "rb");
    if (input->file == nullptr)
        return bad_input({"the file cannot be read", "无法读取文件"})
            .at(path.string())
            .advise({"check the path and its permissions", "请检查路径及其权限"});
    gzbuffer(input->file, 1U << 18U);
    const bool plain = gzdirect(input->file) != 0;
    ByteSource source(std::move(input), path.filename().string());
    const auto size = std::filesystem::file_size(path, code);
    if (plain && !code && size < largest_reserve) source.data_.reserve(size + 2 * step);
    return source;
}

Result<ByteSource> ByteSource::from_bytes(std::string bytes, std::string name) {
    const bool packed = bytes.size() > 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
    auto input = std::unique_ptr<Input, void (*)(Input*)>(new Input, [](Input* dead) {
        if (dead->inflating) inflateEnd(&dead->stream);
        delete dead;
    });
    if (packed) {
        input->bytes = std::move(bytes);
        input->stream.next_in = reinterpret_cast<Bytef*>(input->bytes.data());
        input->stream.avail_in = static_cast<uInt>(std::min<std::size_t>(input->bytes.size(), 0xFFFFFFFFU));
        if (inflateInit2(&input->stream, 16 + MAX_WBITS) != Z_OK) return damaged(name);
        input->inflating = true;
        return ByteSource(std::move(input), std::move(name));
    }
    ByteSource source(std::move(input), std::move(name));
    source.data_.assign(bytes.begin(), bytes.end());
    source.ended_ = true;
    return source;
}

Result<bool> ByteSource::grow() {
    if (ended_) return false;
    if (begin_ > 0) {
        data_.erase(data_.begin(), data_.begin() + static_cast<std::ptrdiff_t>(begin_));
        begin_ = 0;
    }
    if (data_.size() > largest_record)
        return bad_input({"one record is larger than {} bytes", "单个记录大于 {} 字节"}, largest_record).at(name_);
    const auto before = data_.size();
    if (data_.capacity() < before + step) data_.reserve(std::max(before + step, data_.capacity() * 3 / 2));
    data_.resize(before + step);
    if (input_->file != nullptr) {
        const int got = gzread(input_->file, data_.data() + before, step);
        int code = Z_OK;
        gzerror(input_->file, &code);
        if (got < 0 || (code != Z_OK && code != Z_STREAM_END)) return damaged(name_);
        data_.resize(before + static_cast<std::size_t>(got));
        ended_ = got < static_cast<int>(step);
        return got > 0;
    }
    auto& stream = input_->stream;
    stream.next_out = reinterpret_cast<Bytef*>(data_.data() + before);
    stream.avail_out = step;
    while (stream.avail_out > 0 && !ended_) {
        const int code = inflate(&stream, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            const bool more = stream.avail_in > 2 && stream.next_in[0] == 0x1f && stream.next_in[1] == 0x8b;
            if (more)
                inflateReset(&stream);
            else
                ended_ = true;
        } else if (code != Z_OK) {
            return damaged(name_);
        }
    }
    data_.resize(before + step - stream.avail_out);
    return data_.size() > before;
}

Status ByteSource::grow_to_end() {
    while (!ended_)
        if (auto grown = grow(); !grown) return pass(grown);
    return {};
}

Result<std::string> read_unpacked(const std::filesystem::path& path) {
    auto source = ByteSource::open(path);
    if (!source) return pass(source);
    if (auto status = source->grow_to_end(); !status) return pass(status);
    return std::string(source->window());
}

}  // namespace leaven::seq
