#include <algorithm>
#include <array>

#include <leaven/core/sha256.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

const Qualifier* Feature::find(std::string_view name) const {
    for (const auto& qualifier : qualifiers)
        if (qualifier.name == name) return &qualifier;
    return nullptr;
}

std::string Feature::label() const {
    constexpr std::array<std::string_view, 12> names = {"label",      "gene",    "locus_tag", "standard_name",
                                                        "Name",       "product", "name",      "ID",
                                                        "protein_id", "note",    "organism",  "ApEinfo_label"};
    for (const auto name : names)
        if (const auto* qualifier = find(name); qualifier != nullptr && !qualifier->value.empty())
            return qualifier->value;
    return type;
}

const HeaderField* Record::find_field(std::string_view key) const {
    for (const auto& field : header)
        if (field.key == key) return &field;
    return nullptr;
}

void Record::set_sequence(Sequence changed) {
    sequence = std::move(changed);
    length = sequence.length();
    std::erase_if(header, [](const HeaderField& field) { return field.key == "BASE COUNT" || field.key == "CONTIG"; });
    layout.fields_before = std::min(layout.fields_before, static_cast<std::int64_t>(header.size()));
}

std::string checksum_of(const Record& record) { return sha256(record.sequence.letters); }

std::string canonical_checksum_of(const Record& record) {
    return sha256(canonical_form(record.sequence, record.topology));
}

}  // namespace leaven::seq
