#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/codon_table.hpp>

namespace leaven::dna {
namespace {

constexpr double floor_weight = 0.01;
constexpr std::string_view folder = "dna/tables/codon/";

Failure no_table(const std::string& name, std::size_t line) {
    return bad_input({"this line is not of a codon table", "此行不属于密码子表"})
        .at(fmt::format("{}, line {}", name, line))
        .advise({"write codon, amino acid and count; amino acid, codon and frequency; or codon and weight",
                 "每行应为：密码子、氨基酸、计数；或氨基酸、密码子、频率；或密码子、权重"});
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        const auto end = std::min(line.find_first_of(",\t \r", at), line.size());
        if (end > at) words.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

/// A line of a table: the codon and its number.
struct Row {
    Codon codon = 0;
    double value = 0;
};

std::optional<Row> row_of(const std::vector<std::string_view>& words) {
    if (words.size() < 2 || words.size() > 3) return std::nullopt;
    const bool codon_first = words[0].size() == 3 && codon_of(words[0]);
    const auto codon = codon_of(codon_first ? words[0] : words[1]);
    const auto last = words.back();
    Row row;
    const auto [end, code] = std::from_chars(last.data(), last.data() + last.size(), row.value);
    if (!codon || code != std::errc() || end != last.data() + last.size()) return std::nullopt;
    if (!(row.value >= 0) || !std::isfinite(row.value)) return std::nullopt;
    row.codon = *codon;
    return row;
}

CodonTable table_of_weights(const PerCodon& weights, const AminoAcids& amino_acids, std::string name) {
    CodonTable table{.name = std::move(name), .amino_acids = amino_acids, .has_fractions = false};
    table.fraction.fill(std::numeric_limits<double>::quiet_NaN());
    for (std::size_t c = 0; c < codon_count; ++c) table.weight[c] = weights[c] > 0 ? weights[c] : floor_weight;
    return table;
}

}  // namespace

std::optional<Codon> codon_of(std::string_view three) {
    if (three.size() != 3) return std::nullopt;
    int codon = 0;
    for (const char letter : three) {
        if (base_index(letter) < 0) return std::nullopt;
        codon = codon * 4 + base_index(letter);
    }
    return static_cast<Codon>(codon);
}

std::string text_of(Codon codon) {
    return {base_letter(codon >> 4), base_letter(codon >> 2 & 3), base_letter(codon & 3)};
}

Codon reverse_complement(Codon codon) {
    const int a = codon >> 4;
    const int b = codon >> 2 & 3;
    const int c = codon & 3;
    return static_cast<Codon>((3 - c) * 16 + (3 - b) * 4 + (3 - a));
}

AminoAcids amino_acids_of(const seq::GeneticCode& code) {
    AminoAcids out{};
    for (std::size_t c = 0; c < codon_count; ++c) out[c] = code.translate(text_of(static_cast<Codon>(c)));
    return out;
}

std::array<int, 256> degeneracy_of(const AminoAcids& amino_acids) {
    std::array<int, 256> out{};
    for (const char amino_acid : amino_acids) ++out[static_cast<unsigned char>(amino_acid)];
    return out;
}

CodonTable table_of_counts(const PerCodon& counts, const AminoAcids& amino_acids, std::string name) {
    CodonTable table{.name = std::move(name), .amino_acids = amino_acids};
    std::array<double, 256> sum{};
    std::array<double, 256> most{};
    const auto synonyms = degeneracy_of(amino_acids);
    for (std::size_t c = 0; c < codon_count; ++c) {
        const auto amino_acid = static_cast<unsigned char>(amino_acids[c]);
        sum[amino_acid] += counts[c];
        most[amino_acid] = std::max(most[amino_acid], counts[c]);
    }
    for (std::size_t c = 0; c < codon_count; ++c) {
        const auto amino_acid = static_cast<unsigned char>(amino_acids[c]);
        const bool known = sum[amino_acid] > 0;
        table.fraction[c] = known ? counts[c] / sum[amino_acid] : 1.0 / synonyms[amino_acid];
        table.weight[c] = known ? counts[c] / most[amino_acid] : 1.0;
        if (table.weight[c] <= 0) table.weight[c] = floor_weight;
    }
    return table;
}

Result<CodonTable> read_codon_table(std::string_view bytes, const std::string& name, const AminoAcids& amino_acids) {
    PerCodon values;
    values.fill(-1);
    std::size_t columns = 0;
    std::size_t number = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        const auto line = bytes.substr(at, end - at);
        at = end + 1;
        ++number;
        const auto words = words_of(line);
        if (words.empty() || line.starts_with('#')) continue;
        const auto row = row_of(words);
        if (!row && number == 1) continue;  // the header
        if (!row || (columns != 0 && words.size() != columns) || values[row->codon] >= 0) return no_table(name, number);
        columns = words.size();
        values[row->codon] = row->value;
    }
    if (columns == 0) return no_table(name, 1);
    for (std::size_t c = 0; c < codon_count; ++c)
        if (values[c] < 0) {
            // Tables of weights leave out the stops, which have none.
            if (columns == 3 || amino_acids[c] != '*')
                return bad_input({"the codon table lacks {}", "密码子表缺少 {}"}, text_of(static_cast<Codon>(c)))
                    .at(name)
                    .advise({"give a table of all 64 codons", "请给出含全部 64 个密码子的表"});
            values[c] = 0;
        }
    return columns == 2 ? table_of_weights(values, amino_acids, name) : table_of_counts(values, amino_acids, name);
}

std::vector<std::string> codon_table_names() {
    std::vector<std::string> names;
    for (const auto& entry : data::catalogue())
        if (entry.file.starts_with(folder)) names.emplace_back(entry.name);
    return names;
}

Result<CodonTable> load_codon_table(const std::string& name, std::int64_t genetic_code) {
    const auto code = seq::genetic_code(genetic_code);
    if (!code) return pass(code);
    const auto path = data::resolve(name);
    const auto names = codon_table_names();
    const bool known = std::find(names.begin(), names.end(), name) != names.end();
    if (!path && !known) {
        auto near = nearest(name, names);
        if (near.empty()) near = names;
        return bad_input({"there is no codon table \"{}\"", "没有密码子表“{}”"}, name)
            .at(name)
            .advise({"give a file, or one of: {}", "请给出文件，或以下之一：{}"}, join(near, ", "));
    }
    if (!path) return pass(path);
    const auto bytes = read_file(*path, 1U << 20U);
    if (!bytes) return pass(bytes);
    return read_codon_table(*bytes, name, amino_acids_of(*code));
}

}  // namespace leaven::dna
