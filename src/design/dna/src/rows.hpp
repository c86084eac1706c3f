// Rows that the results of several operations have.
#pragma once

#include <optional>
#include <string>

#include <leaven/dna/evaluate.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::dna {

struct ViolationRow {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";
    Text message{};

    static void describe(auto& p, auto&& v) {
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.message, {.name = "message", .doc = {"message", "说明"}});
    }
};

inline ViolationRow row_of(const Violation& violation) {
    return {violation.at.start, violation.at.end, seq::name_of(violation.strand), violation.message};
}

/// What is broken and where, as a person counts: from base 1.
inline Text line_of(const std::string& id, const ViolationRow& row) {
    const auto line = [&](const std::string& message) {
        return text({"{}: {} (bases {} to {})", "{}：{}（碱基 {} 至 {}）"}, id, message, row.start + 1, row.end);
    };
    return {line(row.message.en).en, line(row.message.zh).zh};
}

}  // namespace leaven::dna
