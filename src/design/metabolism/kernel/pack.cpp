#include "pack.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <zlib.h>

namespace leaven::metabolism {

std::string pack(std::string_view bytes) {
    constexpr int gzip_format = 15 + 16;
    constexpr int memory = 8;
    constexpr std::size_t block = std::size_t{1} << 20;
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_format, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib does not start");
    std::string out;
    std::string room(block, '\0');
    int code = Z_OK;
    while (code != Z_STREAM_END) {
        if (stream.avail_in == 0) {
            const auto size = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
            stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));  // zlib reads only
            stream.avail_in = static_cast<uInt>(size);
            bytes.remove_prefix(size);
        }
        stream.next_out = reinterpret_cast<Bytef*>(room.data());
        stream.avail_out = static_cast<uInt>(room.size());
        code = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
        out.append(room, 0, room.size() - stream.avail_out);
    }
    deflateEnd(&stream);
    return out;
}

}  // namespace leaven::metabolism
