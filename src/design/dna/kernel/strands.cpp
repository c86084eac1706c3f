#include "strands.hpp"

#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

/// A 0, C 1, G 2, U 3; 4 for letters that stand for several.
std::uint8_t base_of(char letter) {
    switch (seq::bases_of(letter)) {
        case 1:
            return 0;
        case 2:
            return 1;
        case 4:
            return 2;
        case 8:
            return 3;
        default:
            return 4;
    }
}

std::string capitals(std::string letters, char from, char to) {
    for (auto& c : letters) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == from) c = to;
    }
    return letters;
}

}  // namespace

std::string as_rna(std::string letters) { return capitals(std::move(letters), 'T', 'U'); }
std::string as_dna(std::string letters) { return capitals(std::move(letters), 'U', 'T'); }

Result<Strands> read_strands(std::string_view text, std::int64_t longest) {
    Strands strands;
    int ends = 0;
    for (std::size_t k = 0; k < text.size(); ++k) {
        if (text[k] == '&') {
            if (++ends > 1)
                return bad_input({"more than two strands", "多于两条链"})
                    .at(std::string(text.substr(0, 40)))
                    .advise({"fold one strand, or two with one & between", "请折叠一条链，或用一个 & 连接的两条链"});
            strands.nick = strands.size();
            continue;
        }
        if (!seq::is_nucleotide(text[k]))
            return bad_input({"{} is no nucleotide", "{} 不是核苷酸"}, std::string(1, text[k]))
                .at(fmt::format("{}, base {}", text.substr(0, 40), k + 1))
                .advise({"use A C G T U and the IUPAC letters", "请使用 A C G T U 及 IUPAC 字母"});
        strands.base.push_back(base_of(text[k]));
        strands.letters.push_back("ACGUN"[strands.base.back()]);
    }
    if (ends == 0) strands.nick = strands.size();
    if (strands.base.empty() || (ends == 1 && (strands.nick == 0 || strands.nick == strands.size())))
        return bad_input({"a strand without bases", "链中没有碱基"})
            .at(std::string(text.substr(0, 40)))
            .advise({"give at least one base on either side of &", "& 两侧至少各给一个碱基"});
    if (strands.size() > longest)
        return bad_input({"{} bases: more than {} cannot be folded", "共 {} 个碱基，超过可折叠的上限 {}"},
                         strands.size(), longest)
            .at(std::string(text.substr(0, 40)))
            .advise({"fold windows of it", "请分窗口折叠"});
    return strands;
}

}  // namespace leaven::dna
