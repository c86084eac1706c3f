#include "typed_range.hpp"

#include <charconv>
#include <string_view>

namespace leaven::dna {

Result<WholeRange> range_typed(const std::string& typed, const char* where, WholeRange allowed) {
    WholeRange range;
    const char* end = typed.data() + typed.size();
    const auto first = std::from_chars(typed.data(), end, range.least);
    if (first.ptr == end) range.most = range.least;
    const bool dots = std::string_view(first.ptr, static_cast<std::size_t>(end - first.ptr)).starts_with("..");
    auto last = first;
    if (dots) last = std::from_chars(first.ptr + 2, end, range.most);
    const bool read = first.ec == std::errc() && last.ec == std::errc() && last.ptr == end;
    if (!read || range.least < allowed.least || range.most > allowed.most || range.least > range.most)
        return bad_input({"\"{}\" is not a range of whole numbers", "“{}”不是有效的整数范围"}, typed)
            .at(where)
            .advise({"give two numbers of {0} to {1}, the lesser first, as {0}..{1}",
                     "请给出 {0} 到 {1} 之间的两个数，小者在前，例如 {0}..{1}"},
                    allowed.least, allowed.most);
    return range;
}

}  // namespace leaven::dna
