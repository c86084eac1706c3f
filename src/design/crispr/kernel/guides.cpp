#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/op/json.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {
namespace {

constexpr std::string_view bases = "ACGT";

bool is_bases(std::string_view word) {
    return !word.empty() && word.find_first_not_of("ACGTacgt") == std::string_view::npos;
}

/// Takes guides one by one and holds each against the first.
class GuideList {
public:
    Status add(std::string_view word, const std::string& where) {
        std::string guide(word);
        for (auto& c : guide) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        const auto wrong = guide.find_first_not_of(bases);
        if (wrong != std::string::npos)
            return bad_input({"the guide {} has the letter \"{}\"", "向导 {} 含有字母“{}”"}, word, word[wrong])
                .at(where)
                .advise({"a guide is written in A, C, G and T", "向导只用 A、C、G、T 书写"});
        const auto size = static_cast<std::int64_t>(guide.size());
        if (size < shortest_spacer || size > longest_spacer)
            return bad_input(
                       {"the guide {} has {} bases; {} to {} are possible", "向导 {} 有 {} 个碱基，应为 {} 到 {} 个"},
                       word, size, shortest_spacer, longest_spacer)
                .at(where)
                .advise({"give the protospacer without its PAM", "请给出不含 PAM 的原间隔序列"});
        if (!guides.empty() && guide.size() != guides.front().size())
            return bad_input({"the guide {} has {} bases, the first has {}", "向导 {} 有 {} 个碱基，第一个有 {} 个"},
                             word, size, guides.front().size())
                .at(where)
                .advise({"search guides of one length at a time", "请每次只搜索同一长度的向导"});
        guides.push_back(std::move(guide));
        return {};
    }

    std::vector<std::string> guides{};
};

std::vector<std::string_view> lines_of(std::string_view bytes) {
    std::vector<std::string_view> lines;
    while (!bytes.empty()) {
        auto line = bytes.substr(0, bytes.find('\n'));
        bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string_view> cells_of(std::string_view line, char separator) {
    std::vector<std::string_view> cells;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find(separator, at), line.size());
        cells.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return cells;
}

std::string place(const std::string& name, std::size_t line) { return fmt::format("{}:{}", name, line + 1); }

Failure no_column(const std::string& name) {
    return bad_input({"the table has no column \"sequence\" or \"guide\"", "表中没有“sequence”或“guide”列"})
        .at(name)
        .advise({"name the column of the guides", "请给向导所在的列命名"});
}

Status add_table(GuideList& list, const std::vector<std::string_view>& lines, char separator, const std::string& name) {
    const auto header = cells_of(lines.front(), separator);
    auto column = std::find(header.begin(), header.end(), "guide");
    if (column == header.end()) column = std::find(header.begin(), header.end(), "sequence");
    if (column == header.end()) return no_column(place(name, 0));
    const auto at = static_cast<std::size_t>(column - header.begin());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto cells = cells_of(lines[i], separator);
        if (auto status = list.add(at < cells.size() ? cells[at] : "", place(name, i)); !status) return status;
    }
    return {};
}

Status add_fasta(GuideList& list, const std::vector<std::string_view>& lines, const std::string& name) {
    std::string guide;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= lines.size(); ++i) {
        const bool title = i < lines.size() && lines[i].starts_with('>');
        if (!title && i < lines.size()) {
            guide += lines[i];
            continue;
        }
        if (i > 0)
            if (auto status = list.add(guide, place(name, begin)); !status) return status;
        guide.clear();
        begin = i;
    }
    return {};
}

Status add_json(GuideList& list, std::string_view bytes, const std::string& name) {
    const auto json = parse_json_or_nothing(bytes);
    for (const std::string rows : {"sites", "guides", "library", "oligos"}) {
        if (!json.is_object() || !json.contains(rows) || !json[rows].is_array()) continue;
        for (std::size_t i = 0; i < json[rows].size(); ++i) {
            const auto& row = json[rows][i];
            const auto where = fmt::format("{}, {}[{}]", name, rows, i);
            const auto key = row.is_object() && row.contains("sequence") ? "sequence" : "guide";
            if (!row.is_object() || !row.contains(key) || !row[key].is_string()) return no_column(where);
            if (auto status = list.add(row[key].get<std::string>(), where); !status) return status;
        }
        return {};
    }
    return bad_input({"this JSON holds no guides", "此 JSON 中没有向导"})
        .at(name)
        .advise({"give a result of `leaven crispr sites --json`", "请给出 `leaven crispr sites --json` 的结果"});
}

Status add_lines(GuideList& list, const std::vector<std::string_view>& lines, const std::string& name) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty() || lines[i].starts_with('#')) continue;
        if (auto status = list.add(lines[i], place(name, i)); !status) return status;
    }
    return {};
}

Result<std::vector<std::string>> checked(GuideList list, const std::string& where) {
    if (!list.guides.empty()) return std::move(list.guides);
    return bad_input({"there are no guides", "没有向导"})
        .at(where)
        .advise({"give guides, or a file with one a line", "请给出向导，或每行一个向导的文件"});
}

}  // namespace

Result<std::vector<std::string>> read_guides_file(std::string_view bytes, const std::string& name) {
    GuideList list;
    const auto lines = lines_of(bytes);
    Status status;
    if (!lines.empty()) {
        const auto first = lines.front();
        if (first.starts_with('>'))
            status = add_fasta(list, lines, name);
        else if (first.starts_with('{'))
            status = add_json(list, bytes, name);
        else if (first.find(',') != std::string_view::npos)
            status = add_table(list, lines, ',', name);
        else if (first.find('\t') != std::string_view::npos || first == "sequence" || first == "guide")
            status = add_table(list, lines, '\t', name);
        else
            status = add_lines(list, lines, name);
    }
    if (!status) return pass(status);
    return checked(std::move(list), name);
}

Result<std::vector<std::string>> read_guides(const std::vector<std::string>& words) {
    std::error_code code;
    if (words.size() == 1 && (!is_bases(words.front()) || std::filesystem::exists(words.front(), code))) {
        const bool looks_like_guide =
            words.front().find_first_of("./\\") == std::string::npos &&
            static_cast<std::int64_t>(words.front().size()) <= longest_spacer + 4 &&
            !std::filesystem::exists(words.front(), code) &&
            words.front().find_first_not_of("ACGTUNRYSWKMBDHVacgtunryswkmbdhv") == std::string::npos;
        if (!looks_like_guide) {
            const auto bytes = read_file(words.front());
            if (!bytes) return pass(bytes);
            return read_guides_file(*bytes, words.front());
        }
    }
    GuideList list;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (auto status = list.add(words[i], fmt::format("guides[{}]", i)); !status) return pass(status);
    return checked(std::move(list), "guides");
}

std::vector<std::string> flags_of(std::string_view guide) {
    std::vector<std::string> flags;
    if (guide.find("TTTT") != std::string_view::npos) flags.emplace_back("tttt");
    std::size_t run = 0;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < guide.size(); ++i) {
        run = i > 0 && guide[i] == guide[i - 1] ? run + 1 : 1;
        longest = std::max(longest, run);
    }
    if (longest >= 5) flags.emplace_back("homopolymer");
    const double gc = seq::gc_share(guide);
    if (gc < 0.2) flags.emplace_back("low_gc");
    if (gc > 0.8) flags.emplace_back("high_gc");
    return flags;
}

}  // namespace leaven::crispr
