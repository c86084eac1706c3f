#include "standing.hpp"

namespace leaven::policy {

Truth truth_of(Standing standing) {
    if (standing == Standing::in_force) return Truth::yes;
    return standing == Standing::unknown ? Truth::unknown : Truth::no;
}

Truth region_of(const Document& document, const Profile& profile) {
    return profile.region ? inside(*profile.region, document.region) : Truth::unknown;
}

std::string_view word_of(Standing standing) {
    switch (standing) {
        case Standing::in_force:
            return "in_force";
        case Standing::unknown:
            return "unknown";
        case Standing::not_started:
            return "not_started";
        case Standing::expired:
            return "expired";
        case Standing::draft:
            break;
    }
    return "draft";
}

Validity validity_of(const Document& document, const Profile* profile) {
    Validity validity;
    validity.from = document.valid_from ? document.valid_from : document.issued;
    if (!validity.from && profile != nullptr) {
        const auto given = profile->issued.find(document.id);
        if (given != profile->issued.end()) validity.from = given->second;
    }
    validity.to = document.valid_to;
    if (!validity.to && validity.from && document.valid_years)
        validity.to = end_of_term(*validity.from, *document.valid_years);
    validity.needs_issue = !validity.from;
    return validity;
}

Standing standing_of(const Document& document, const Profile* profile, Date on) {
    if (document.is_draft()) return Standing::draft;
    const auto validity = validity_of(document, profile);
    if (validity.to && on > *validity.to) return Standing::expired;
    if (validity.needs_issue) return Standing::unknown;
    return on < *validity.from ? Standing::not_started : Standing::in_force;
}

}  // namespace leaven::policy
