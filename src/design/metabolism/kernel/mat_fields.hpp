// The fields of a structure in a MAT-file, asked for by name, and which of them have been.
//
// Threads: one object is used by one thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <leaven/core/result.hpp>

#include "mat_file.hpp"

namespace leaven::metabolism {

using Texts = std::vector<std::string>;

/// A cell as one text: what is nested is joined, a number is written out.
std::string text_of(const MatArray& cell);

class MatFields {
public:
    /// `variable` and `name`, that of the file, live as long as this.
    MatFields(const MatVariable& variable, const std::string& name)
        : struct_(variable.value), variable_(variable.name), name_(name) {
        for (const auto& [field, value] : struct_.fields) by_name_.emplace(field, &value);
    }

    [[nodiscard]] bool has(std::string_view field) const { return find(field) != nullptr; }
    [[nodiscard]] const MatArray* find(std::string_view field) const {
        const auto found = by_name_.find(field);
        return found == by_name_.end() ? nullptr : found->second;
    }
    [[nodiscard]] const std::vector<std::pair<std::string, MatArray>>& all() const { return struct_.fields; }

    /// The same, and the field counts as used from now on.
    const MatArray* use(std::string_view field);
    [[nodiscard]] bool was_used(std::string_view field) const;

    /// Elements of a field that lists identifiers.
    [[nodiscard]] std::size_t size_of(std::string_view field) const;

    /// The field as one text; an empty one where there is no such field.
    std::string text(std::string_view field);

    /// The texts of a field, one for each element; empty texts where there is no such field.
    ///
    /// Errors  bad_input  of another size or kind
    Result<Texts> texts(std::string_view field, std::size_t count);

    /// The numbers of a field, one for each element; none where there is no such field, or it is empty.
    ///
    /// Errors  bad_input  of another size or kind
    Result<std::vector<double>> numbers(std::string_view field, std::size_t count);

    /// With the place: file, variable and field.
    [[nodiscard]] Failure fault(std::string_view field, Failure failure) const;
    [[nodiscard]] Failure wrong_size(std::string_view field, std::size_t found, std::size_t expected) const;
    [[nodiscard]] Failure wrong_kind(std::string_view field) const;

private:
    const MatArray& struct_;
    const std::string& variable_;
    const std::string& name_;
    std::unordered_map<std::string_view, const MatArray*> by_name_;
    std::unordered_set<std::string> used_;
};

}  // namespace leaven::metabolism
