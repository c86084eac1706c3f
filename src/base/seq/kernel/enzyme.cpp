#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/sequence.hpp>

#include "byte_source.hpp"
#include "lines.hpp"

namespace leaven::seq {
namespace {

std::optional<std::int64_t> number(std::string_view word) {
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
    return code == std::errc() && end == word.data() + word.size() && !word.empty() ? std::optional(value)
                                                                                    : std::nullopt;
}

std::vector<std::string_view> columns(std::string_view line) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= line.size();) {
        const auto tab = std::min(line.find('\t', at), line.size());
        out.push_back(line.substr(at, tab - at));
        at = tab + 1;
    }
    return out;
}

std::string lower(std::string_view word) {
    std::string out(word);
    for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

}  // namespace

Result<std::vector<Enzyme>> read_enzymes(std::string_view table, const std::string& name) {
    Lines lines(table, 1, true);
    constexpr std::array<std::string_view, 9> names{"name", "site",        "fst5",       "fst3",     "scd5",
                                                    "scd3", "palindromic", "methylable", "suppliers"};
    std::array<std::size_t, 9> at{};
    const auto header = columns(lines.next());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = std::find(header.begin(), header.end(), names[i]);
        if (found == header.end())
            return bad_input({"the table of enzymes has no column {}", "酶表缺少列 {}"}, names[i])
                .at(name)
                .advise({"get the table again", "请重新获取该表"});
        at[i] = static_cast<std::size_t>(found - header.begin());
    }
    std::vector<Enzyme> enzymes;
    while (!lines.done()) {
        const auto place = lines.number();
        const auto row = columns(lines.next());
        if (row.size() == 1 && row.front().empty()) continue;
        if (row.size() < header.size())
            return bad_input({"this line has {} columns of {}", "此行只有 {} 列，应有 {} 列"}, row.size(),
                             header.size())
                .at(line_of(name, place))
                .advise({"get the table again", "请重新获取该表"});
        Enzyme enzyme{.name = std::string(row[at[0]]), .site = std::string(row[at[1]])};
        const auto size = static_cast<std::int64_t>(enzyme.site.size());
        for (const std::size_t pair : {2, 4})
            if (const auto top = number(row[at[pair]]), bottom = number(row[at[pair + 1]]); top && bottom)
                enzyme.cuts.push_back({*top, size + *bottom});
        enzyme.palindromic = enzyme.site == reverse_complement(enzyme.site);
        enzyme.methylation_blocks = row[at[7]] == "True";
        enzyme.suppliers = row[at[8]];
        enzymes.push_back(std::move(enzyme));
    }
    std::sort(enzymes.begin(), enzymes.end(), [](const Enzyme& a, const Enzyme& b) { return a.name < b.name; });
    return enzymes;
}

Result<std::vector<Enzyme>> load_enzymes() {
    const auto path = data::resolve("restriction_enzymes");
    if (!path) return pass(path);
    auto source = ByteSource::open(*path);
    if (!source) return pass(source);
    if (auto status = source->grow_to_end(); !status) return pass(status);
    return read_enzymes(source->window(), path->filename().string());
}

Result<Enzyme> find_enzyme(const std::vector<Enzyme>& enzymes, std::string_view name) {
    std::vector<std::string> names;
    const Enzyme* near = nullptr;
    bool unique = true;
    for (const auto& enzyme : enzymes) {
        if (enzyme.name == name) return enzyme;
        if (lower(enzyme.name) == lower(name)) {
            unique = near == nullptr;
            near = &enzyme;
        }
        names.push_back(enzyme.name);
    }
    if (near != nullptr && unique) return *near;
    const auto nearest_names = nearest(name, names);
    return bad_input({"there is no enzyme \"{}\" in REBASE's table", "REBASE 表中没有酶“{}”"}, name)
        .at(std::string(name))
        .advise(nearest_names.empty() ? Doc{"check the name", "请检查酶名"} : Doc{"did you mean {}?", "是否指 {}？"},
                join(nearest_names, ", "));
}

}  // namespace leaven::seq
