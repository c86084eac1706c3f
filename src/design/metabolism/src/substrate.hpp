// temp
#pragma once
#include "study.hpp"
namespace leaven::metabolism {
inline Result<std::optional<std::int32_t>> find_substrate(const Study& study, const std::string& id) {
    if (id.empty()) return std::optional<std::int32_t>();
    auto found = find_reaction(study.model, study.index, id);
    if (!found) return pass(found);
    return std::optional(*found);
}
}
