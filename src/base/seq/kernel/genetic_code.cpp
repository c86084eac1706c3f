#include <algorithm>
#include <array>

#include <leaven/core/join.hpp>
#include <leaven/seq/genetic_code.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::seq {
namespace {

constexpr std::string_view standard = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG";

/// What a table says otherwise than table 1, and its start codons.
struct Table {
    std::int64_t id;
    std::string_view changes;  // "TGAW": TGA is W
    std::string_view starts;
};

constexpr std::array<Table, 27> tables{{
    {1, "", "TTG CTG ATG"},
    {2, "TGAW ATAM AGA* AGG*", "ATT ATC ATA ATG GTG"},
    {3, "TGAW ATAM CTTT CTCT CTAT CTGT", "ATA ATG GTG"},
    {4, "TGAW", "TTA TTG CTG ATT ATC ATA ATG GTG"},
    {5, "TGAW ATAM AGAS AGGS", "TTG ATT ATC ATA ATG GTG"},
    {6, "TAAQ TAGQ", "ATG"},
    {9, "TGAW AAAN AGAS AGGS", "ATG GTG"},
    {10, "TGAC", "ATG"},
    {11, "", "TTG CTG ATT ATC ATA ATG GTG"},
    {12, "CTGS", "CTG ATG"},
    {13, "TGAW ATAM AGAG AGGG", "TTG ATA ATG GTG"},
    {14, "TGAW TAAY AAAN AGAS AGGS", "ATG"},
    {15, "TAGQ", "ATG"},
    {16, "TAGL", "ATG"},
    {21, "TGAW ATAM AAAN AGAS AGGS", "ATG GTG"},
    {22, "TCA* TAGL", "ATG"},
    {23, "TTA*", "ATT ATG GTG"},
    {24, "TGAW AGAS AGGK", "TTG CTG ATG GTG"},
    {25, "TGAG", "TTG ATG GTG"},
    {26, "CTGA", "CTG ATG"},
    {27, "TAAQ TAGQ TGAW", "ATG"},
    {28, "TAAQ TAGQ TGAW", "ATG"},
    {29, "TAAY TAGY", "ATG"},
    {30, "TAAE TAGE", "ATG"},
    {31, "TAAE TAGE TGAW", "ATG"},
    {32, "TAGW", "TTG CTG ATT ATC ATA ATG GTG"},
    {33, "TAAY TGAW AGAS AGGK", "TTG CTG ATG GTG"},
}};

/// 0 … 63 in the order T C A G; -1 where a base is not certain.
int index_of(std::string_view codon) {
    int index = 0;
    for (const char c : codon.substr(0, 3)) {
        const auto set = bases_of(c);
        const int digit = set == 8 ? 0 : set == 2 ? 1 : set == 1 ? 2 : set == 4 ? 3 : -1;
        if (digit < 0) return -1;
        index = 4 * index + digit;
    }
    return codon.size() < 3 ? -1 : index;
}

/// The letter that all codons a codon stands for share in `table`, else `otherwise`.
char shared(std::string_view codon, std::string_view table, char otherwise) {
    constexpr std::string_view order = "TCAG";
    char found = '\0';
    for (std::size_t i = 0; i < 64; ++i) {
        bool stands = codon.size() >= 3;
        for (std::size_t k = 0; k < 3 && stands; ++k)
            stands = (bases_of(codon[k]) & bases_of(order[i >> (2 * (2 - k)) & 3U])) != 0;
        if (!stands) continue;
        if (found != '\0' && found != table[i]) return otherwise;
        found = table[i];
    }
    return found == '\0' ? otherwise : found;
}

}  // namespace

char GeneticCode::translate(std::string_view codon) const {
    const int index = index_of(codon);
    return index >= 0 ? amino_acids[static_cast<std::size_t>(index)] : shared(codon, amino_acids, 'X');
}

bool GeneticCode::starts_with(std::string_view codon) const {
    const int index = index_of(codon);
    return index >= 0 ? starts[static_cast<std::size_t>(index)] == 'M' : shared(codon, starts, '-') == 'M';
}

const std::vector<std::int64_t>& genetic_code_ids() {
    static const auto ids = [] {
        std::vector<std::int64_t> all;
        for (const auto& table : tables) all.push_back(table.id);
        return all;
    }();
    return ids;
}

Result<GeneticCode> genetic_code(std::int64_t id) {
    const auto* found = std::find_if(tables.begin(), tables.end(), [id](const Table& table) { return table.id == id; });
    if (found == tables.end())
        return not_found({"there is no genetic code {}", "没有遗传密码表 {}"}, id)
            .at("genetic_code")
            .advise({"the tables are {}", "可用的密码表：{}"}, join(genetic_code_ids(), ", "));
    GeneticCode code{id, std::string(standard), std::string(64, '-')};
    for (std::size_t at = 0; at + 4 <= found->changes.size(); at += 5)
        code.amino_acids[static_cast<std::size_t>(index_of(found->changes.substr(at, 3)))] = found->changes[at + 3];
    for (std::size_t at = 0; at + 3 <= found->starts.size(); at += 4)
        code.starts[static_cast<std::size_t>(index_of(found->starts.substr(at, 3)))] = 'M';
    return code;
}

std::string translate(std::string_view bases, const GeneticCode& code) {
    std::string out;
    out.reserve(bases.size() / 3);
    for (std::size_t at = 0; at + 3 <= bases.size(); at += 3) out += code.translate(bases.substr(at, 3));
    return out;
}

}  // namespace leaven::seq
