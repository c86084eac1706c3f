#include "hybridisation.hpp"

#include <cmath>
#include <string_view>

#include "thermo_tables.hpp"

namespace leaven::dna {
namespace {

int base(char letter) { return static_cast<int>(std::string_view("ACGT").find(letter)); }

void add_to_set(StackSet& set, std::string_view key, Heat heat) {
    const std::pair<std::string_view, Heat*> named[] = {
        {"init", &set.init},          {"init_A/T", &set.end_at},    {"init_G/C", &set.end_gc},  {"sym", &set.symmetry},
        {"init_oneG/C", &set.one_gc}, {"init_allA/T", &set.all_at}, {"init_5T/A", &set.start_t}};
    for (const auto& [name, place] : named)
        if (name == key) {
            *place = heat;
            return;
        }
    // AC/TG read from the other strand is GT/CA.
    set.stack[OligoTables::index(base(key[0]), base(key[1]))] = heat;
    set.stack[OligoTables::index(base(key[4]), base(key[3]))] = heat;
}

/// "XA/YB" into a table by four bases; both readings of an internal mismatch.
void add_by_four(std::array<std::optional<Heat>, 256>& table, std::string_view key, Heat heat, bool both) {
    table[OligoTables::index(base(key[0]), base(key[1]), base(key[3]), base(key[4]))] = heat;
    auto& turned = table[OligoTables::index(base(key[4]), base(key[3]), base(key[1]), base(key[0]))];
    if (both && !turned) turned = heat;
}

void add_dangle(OligoTables& t, std::string_view key, Heat heat) {
    // "XA/.B": X precedes A, which pairs with B. ".A/XB": X follows B, which pairs with A.
    if (key[3] == '.')
        t.dangle5[OligoTables::index(base(key[1]), base(key[0]))] = heat;
    else
        t.dangle3[OligoTables::index(base(key[4]), base(key[3]))] = heat;
}

void add_row(OligoTables& t, std::string_view term, std::string_view key, Heat heat) {
    constexpr std::array<std::string_view, 4> sets{"santalucia2004", "allawi1997", "sugimoto1996", "breslauer1986"};
    for (std::size_t k = 0; k < sets.size(); ++k)
        if (sets[k] == term) return add_to_set(t.sets[k], key, heat);
    if (term == "mismatch") return add_by_four(t.mismatch, key, heat, true);
    if (term == "terminal") return add_by_four(t.terminal, key, heat, false);
    if (term == "closing") return add_by_four(t.closing, key, heat, false);
    if (term == "dangle") return add_dangle(t, key, heat);
    if (term == "bonus") {
        t.bonus[std::string(key)] = heat;
        return;
    }
    auto& lengths = term == "hairpin" ? t.hairpin : term == "bulge" ? t.bulge : t.internal;
    lengths[static_cast<std::size_t>(table_number(key))] = heat;
}

std::shared_ptr<const OligoTables> read_tables() {
    auto tables = std::make_shared<OligoTables>();
    for (const auto line : table_lines("hybridisation.tsv")) {
        const auto columns = split(line, '\t');
        add_row(*tables, columns[0], columns[1], {table_number(columns[2]), table_number(columns[3])});
    }
    return tables;
}

}  // namespace

std::shared_ptr<const OligoTables> oligo_tables() {
    static const auto tables = read_tables();
    return tables;
}

std::optional<Heat> loop_between(const OligoTables& t, int x, int y, Side after_x, Side before_y, int p, int q) {
    const int n1 = after_x.count;
    const int n2 = before_y.count;
    const auto stack = [&] { return t.structural().stack[OligoTables::index(x, p)]; };
    if (n1 + n2 == 0) return stack();
    if (n1 + n2 > 30) return std::nullopt;
    const auto size = static_cast<std::size_t>(n1) + static_cast<std::size_t>(n2);
    if (n1 == 0 || n2 == 0) return size == 1 ? t.bulge[1] + stack() : t.bulge[size] + t.penalty(x) + t.penalty(p);
    const auto ends = [&](const std::array<std::optional<Heat>, 256>& table) -> std::optional<Heat> {
        const auto& outer = table[OligoTables::index(x, after_x.at(0), y, before_y.at(0))];
        const auto& inner = table[OligoTables::index(q, before_y.at(n2 - 1), p, after_x.at(n1 - 1))];
        if (!outer || !inner) return std::nullopt;
        return *outer + *inner;
    };
    if (n1 == 1 && n2 == 1) return ends(t.mismatch);
    const auto mismatches = ends(t.terminal);
    if (!mismatches) return std::nullopt;
    return t.internal[size] + Heat{0, -300 / 310.15 * std::abs(n1 - n2)} + *mismatches;
}

Heat hairpin_loop(const OligoTables& t, const std::string& letters) {
    const auto count = letters.size() - 2;
    Heat loop = count <= 30 ? t.hairpin[count]
                            : t.hairpin[30] + Heat{0, -2.44 * 1.9872 * std::log(static_cast<double>(count) / 30)};
    const int x = base(letters.front());
    const int y = base(letters.back());
    if (count == 3) {
        loop += t.penalty(x);
    } else {
        loop += t.first_mismatch(OligoTables::index(x, base(letters[1]), y, base(letters[count]))).value_or(Heat{});
    }
    const auto found = t.bonus.find(letters);
    return found == t.bonus.end() ? loop : loop + found->second;
}

}  // namespace leaven::dna
