#include <algorithm>

#include <leaven/dna/genome_edit.hpp>
#include <leaven/seq/pattern.hpp>

namespace leaven::dna {
namespace {

constexpr std::string_view dif_of_coli = "GGTGCGCATAATGTATATTATGTTAAAT";

bool is_called(const seq::Feature& feature, std::string_view name) {
    return std::any_of(feature.qualifiers.begin(), feature.qualifiers.end(), [&](const seq::Qualifier& qualifier) {
        const auto& value = qualifier.value;
        return value.size() == name.size() && std::equal(name.begin(), name.end(), value.begin(), [](char a, char b) {
                   return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
               });
    });
}

std::int64_t middle_of(seq::Interval at, std::int64_t length) { return (at.start + at.length() / 2) % length; }

std::optional<std::int64_t> annotated(const seq::Record& record, std::string_view name, std::string_view type) {
    std::optional<std::int64_t> by_type;
    std::size_t of_type = 0;
    for (const auto& feature : record.features) {
        if (!lies_within(feature.location, record.length, record.topology)) continue;
        const auto middle = middle_of(extent_of(feature.location, record.length, record.topology), record.length);
        if (is_called(feature, name)) return middle;
        if (feature.type != type) continue;
        by_type = middle;
        ++of_type;
    }
    return of_type == 1 ? by_type : std::nullopt;
}

Result<std::optional<std::int64_t>> dif_by_letters(const seq::Record& record, const Context& context) {
    const auto hits = seq::find_word(record.sequence, record.topology, dif_of_coli, {}, context);
    if (!hits) return pass(hits);
    if (hits->size() != 1) return std::optional<std::int64_t>();
    return std::optional(middle_of(hits->front().at, record.length));
}

Status within(const seq::Record& record, std::optional<std::int64_t> position, const char* field) {
    if (!position || (*position >= 1 && *position <= record.length)) return {};
    return bad_input({"{} does not lie in {}, which has {} bases", "{} 不在 {} 之内（共 {} 个碱基）"}, *position,
                     record.name, record.length)
        .at(field)
        .advise({"positions run from 1 to {}", "位置应在 1 到 {} 之间"}, record.length);
}

}  // namespace

Result<std::optional<Replication>> find_replication(const seq::Record& record, std::optional<std::int64_t> origin,
                                                    std::optional<std::int64_t> terminus, const Context& context) {
    for (const auto& [position, field] : {std::pair(origin, "oric"), std::pair(terminus, "dif")})
        if (auto status = within(record, position, field); !status) return pass(status);
    auto start = origin ? std::optional(*origin - 1) : annotated(record, "oriC", "rep_origin");
    auto end = terminus ? std::optional(*terminus - 1) : annotated(record, "dif", "");
    if (start && !end) {
        auto found = dif_by_letters(record, context);
        if (!found) return pass(found);
        end = *found;
    }
    if (!start || !end || !record.circular()) return std::optional<Replication>();
    return std::optional(Replication{*start, *end, record.length});
}

int replichore_of(const Replication& replication, std::int64_t position) {
    const auto turn = [&](std::int64_t to) {
        return ((to - replication.origin) % replication.length + replication.length) % replication.length;
    };
    return turn(position) < turn(replication.terminus) ? 1 : 2;
}

}  // namespace leaven::dna
