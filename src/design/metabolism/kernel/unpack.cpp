#include <algorithm>
#include <limits>
#include <memory>

#include <zlib.h>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {
namespace {

Failure damaged(const std::string& name, Doc what) {
    return bad_input(what).at(name).advise({"fetch or compress the file again", "请重新获取或重新压缩该文件"});
}

Failure too_large(const std::string& name, std::size_t limit) {
    return bad_input({"it unpacks to more than {} bytes", "解压后超过 {} 字节"}, limit)
        .at(name)
        .advise({"check that this is a model; models unpack to a few hundred megabytes at most",
                 "请确认这是模型文件；模型解压后通常不超过数百兆字节"});
}

/// One zlib stream, closed when it leaves scope.
class Inflater {
public:
    Inflater() {
        constexpr int gzip_only = 15 + 16;
        ready_ = inflateInit2(&stream_, gzip_only) == Z_OK;
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream_); }

    [[nodiscard]] bool ready() const { return ready_; }

    void feed(std::string_view bytes) {
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));  // zlib reads only
        stream_.avail_in = static_cast<uInt>(bytes.size());
    }
    [[nodiscard]] std::size_t unread() const { return stream_.avail_in; }

    /// Fills `out` from `used` on and moves `used` on; zlib's code.
    int fill(std::string& out, std::size_t& used) {
        const auto room = std::min<std::size_t>(out.size() - used, std::numeric_limits<uInt>::max());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data() + used);
        stream_.avail_out = static_cast<uInt>(room);
        const int code = inflate(&stream_, Z_NO_FLUSH);
        used += room - stream_.avail_out;
        return code;
    }

    bool start_next_member() { return inflateReset(&stream_) == Z_OK; }

private:
    z_stream stream_{};
    bool ready_ = false;
};

bool begins_as_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

/// The size the trailer gives for the last member: a guess for the first allocation, trusted for nothing else.
std::size_t size_guess(std::string_view bytes, std::size_t limit) {
    constexpr std::size_t least = 4096;
    if (bytes.size() < 4) return least;
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size |= std::size_t{static_cast<unsigned char>(bytes[bytes.size() - 4 + i])} << (8 * i);
    constexpr std::size_t usual_ratio = 40;
    return std::min({std::max(size + 1, least), std::max(bytes.size() * usual_ratio, least), limit + 1});
}

}  // namespace

Result<std::string> unpack(std::string_view bytes, const std::string& name, std::size_t limit) {
    if (!begins_as_gzip(bytes)) {
        if (bytes.size() > limit) return too_large(name, limit);
        return std::string(bytes);
    }
    constexpr std::size_t largest_packed = std::numeric_limits<uInt>::max();
    Inflater inflater;
    if (!inflater.ready() || bytes.size() > largest_packed) return too_large(name, limit);
    inflater.feed(bytes);

    std::string out(size_guess(bytes, limit), '\0');
    std::size_t used = 0;
    for (;;) {
        if (used == out.size()) out.resize(std::min(out.size() * 2, limit + 1));
        const int code = inflater.fill(out, used);
        if (used > limit) return too_large(name, limit);
        if (code == Z_STREAM_END) {
            const auto rest = bytes.substr(bytes.size() - inflater.unread());
            if (!begins_as_gzip(rest)) {  // padding after the last member is allowed, anything else is not
                if (rest.find_first_not_of('\0') != std::string_view::npos)
                    return damaged(name,
                                   {"there is something else after the compressed data", "压缩数据之后还有其他内容"});
                break;
            }
            if (!inflater.start_next_member())
                return damaged(name, {"the compressed data are damaged", "压缩数据已损坏"});
        } else if (code == Z_BUF_ERROR || (code == Z_OK && inflater.unread() == 0 && used < out.size())) {
            return damaged(name, {"the compressed file is cut short", "压缩文件不完整，被截断"});
        } else if (code != Z_OK) {
            return damaged(name, {"the compressed data are damaged", "压缩数据已损坏"});
        }
    }
    out.resize(used);
    return out;
}

}  // namespace leaven::metabolism
