#include <charconv>

#include <leaven/data/catalogue.hpp>
#include <leaven/dna/overhangs.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

constexpr std::string_view bases = "ACGT";
constexpr std::size_t overhang_count = 256;

std::optional<std::size_t> index_of(std::string_view overhang) {
    if (overhang.size() != 4) return std::nullopt;
    std::size_t index = 0;
    for (const char c : overhang) {
        const auto base = bases.find(c);
        if (base == std::string_view::npos) return std::nullopt;
        index = index * 4 + base;
    }
    return index;
}

std::string letters_of_index(std::size_t index) {
    std::string letters(4, 'A');
    for (std::size_t i = 4; i-- > 0; index /= 4) letters[i] = bases[index % 4];
    return letters;
}

struct Joints {
    std::array<Joint, overhang_count> of{};
    std::array<std::size_t, joint_count> overhang{};
    std::array<std::size_t, joint_count> complement{};
};

Joints make_joints() {
    Joints joints;
    std::size_t next = 0;
    for (std::size_t i = 0; i < overhang_count; ++i) {
        const auto other = *index_of(seq::reverse_complement(letters_of_index(i)));
        if (other < i) {
            joints.of[i] = joints.of[other];
            continue;
        }
        joints.of[i] = static_cast<Joint>(next);
        joints.overhang[next] = i;
        joints.complement[next] = other;
        ++next;
    }
    return joints;
}

const Joints& joints() {
    static const Joints table = make_joints();
    return table;
}

Failure broken(const std::string& name, std::size_t line) {
    return bad_input({"this is not a table of ligation counts of 256 by 256 overhangs",
                      "这不是 256 × 256 黏性末端的连接计数表"})
        .at(fmt::format("{}, line {}", name, line))
        .advise({"the first line is \"Overhang,AAAA,…\", each other one an overhang and 256 counts",
                 "首行应为“Overhang,AAAA,…”，其余每行为一个末端及 256 个计数"});
}

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> cells;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    for (std::size_t at = 0; at <= line.size();) {
        const auto comma = std::min(line.find(',', at), line.size());
        cells.push_back(line.substr(at, comma - at));
        at = comma + 1;
    }
    return cells;
}

std::string_view take_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

using Counts256 = std::vector<std::array<double, overhang_count>>;

/// Reads one row into its place. Nothing where it is not a row.
bool read_row(const std::vector<std::string_view>& cells, const std::vector<std::size_t>& columns, Counts256& counts,
              std::vector<bool>& seen) {
    const auto row = cells.empty() ? std::nullopt : index_of(cells.front());
    if (!row || cells.size() != overhang_count + 1 || seen[*row]) return false;
    seen[*row] = true;
    for (std::size_t i = 0; i < overhang_count; ++i) {
        const auto cell = cells[i + 1];
        double value = 0;
        const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (code != std::errc() || end != cell.data() + cell.size() || !(value >= 0) || value > 1e12) return false;
        counts[*row][columns[i]] = value;
    }
    return true;
}

}  // namespace

std::optional<Joint> joint_of(std::string_view overhang) {
    const auto index = index_of(overhang);
    if (!index) return std::nullopt;
    return joints().of[*index];
}

std::string overhang_of(Joint joint) { return letters_of_index(joints().overhang[joint]); }

bool is_palindrome(Joint joint) { return joints().overhang[joint] == joints().complement[joint]; }

Result<Ligation> Ligation::read(std::string_view table, const std::string& name) {
    const auto header = cells_of(take_line(table));
    std::vector<std::size_t> columns;
    std::vector<bool> known(overhang_count);
    for (std::size_t i = 1; i < header.size(); ++i) {
        const auto column = index_of(header[i]);
        if (!column || known[*column]) return broken(name, 1);
        known[*column] = true;
        columns.push_back(*column);
    }
    if (columns.size() != overhang_count) return broken(name, 1);
    Counts256 counts(overhang_count);
    std::vector<bool> seen(overhang_count);
    std::size_t rows = 0;
    for (std::size_t line = 2; !table.empty(); ++line) {
        const auto cells = cells_of(take_line(table));
        if (cells.size() == 1 && cells.front().empty()) continue;
        if (!read_row(cells, columns, counts, seen)) return broken(name, line);
        ++rows;
    }
    if (rows != overhang_count) return broken(name, rows + 2);
    Ligation ligation;
    for (std::size_t a = 0; a < joint_count; ++a) {
        const auto o = joints().overhang[a];
        const auto rc = joints().complement[a];
        ligation.right_[a] = counts[o][rc] + counts[rc][o];
        for (std::size_t b = 0; b < joint_count; ++b) {
            const auto x = joints().overhang[b];
            const auto y = joints().complement[b];
            ligation.any_[a][b] = counts[o][x] + counts[rc][x] + (x == y ? 0 : counts[o][y] + counts[rc][y]);
        }
    }
    return ligation;
}

Result<Ligation> Ligation::load(const std::string& name) {
    const auto path = data::resolve(name);
    if (!path) return pass(path);
    const auto table = seq::read_unpacked(*path);
    if (!table) return pass(table);
    return read(*table, path->filename().string());
}

std::vector<double> Ligation::each(std::span<const Joint> set) const {
    std::vector<double> fidelities;
    for (const auto a : set) {
        double total = 0;
        for (const auto b : set) total += any_[a][b];
        fidelities.push_back(total > 0 ? right_[a] / total : 0);
    }
    return fidelities;
}

double Ligation::fidelity(std::span<const Joint> set) const {
    double product = 1;
    for (const auto one : each(set)) product *= one;
    return product;
}

std::string_view name_of(Proof proof) {
    switch (proof) {
        case Proof::optimal:
            return "optimal";
        case Proof::feasible:
            return "feasible";
        default:
            return "infeasible";
    }
}

std::string_view table_measured_with(std::string_view enzyme) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> measured{{{"BsaI", "pryor2020_BsaI"},
                                                                                     {"Eco31I", "pryor2020_BsaI"},
                                                                                     {"BsmBI", "pryor2020_BsmBI"},
                                                                                     {"Esp3I", "pryor2020_Esp3I"},
                                                                                     {"BbsI", "pryor2020_BbsI"},
                                                                                     {"BpiI", "pryor2020_BbsI"}}};
    for (const auto& [name, table] : measured)
        if (name == enzyme) return table;
    return {};
}

}  // namespace leaven::dna
