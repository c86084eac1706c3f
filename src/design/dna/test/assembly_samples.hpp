// What the tests of assembly ask of a reaction.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <leaven/dna/assembly.hpp>
#include <leaven/op/json.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna::testing {

inline Assembly assembled(const std::vector<seq::Record>& inputs, const AssemblyOptions& options) {
    auto made = assemble(inputs, options, Context());
    EXPECT_TRUE(made.has_value());
    return *std::move(made);
}

inline std::set<std::string> forms_of(const Assembly& assembly) {
    std::set<std::string> forms;
    for (const auto& product : assembly.products) forms.insert(product.canonical);
    return forms;
}

/// Circular products that hold a piece of every input.
inline std::vector<const Product*> whole_circles(const Assembly& assembly, std::size_t inputs) {
    std::vector<const Product*> found;
    for (const auto& product : assembly.products) {
        std::set<std::size_t> held;
        for (const auto& part : product.parts) held.insert(part.input);
        if (product.topology == seq::Topology::circular && held.size() == inputs) found.push_back(&product);
    }
    return found;
}

inline std::vector<seq::Enzyme> enzymes_named(const Json& names) {
    const auto all = seq::load_enzymes();
    EXPECT_TRUE(all.has_value());
    std::vector<seq::Enzyme> enzymes;
    for (const auto& name : names) enzymes.push_back(*seq::find_enzyme(*all, name.get<std::string>()));
    return enzymes;
}

// Every product is the letters of its parts in order, and begins with the first.
inline void expect_parts_spell(const Product& product, const std::vector<seq::Record>& inputs) {
    std::string spelled;
    for (const auto& part : product.parts) {
        const auto letters = letters_of(inputs[part.input], part.at);
        spelled += part.strand == seq::Strand::forward ? letters : other_strand(letters);
    }
    EXPECT_EQ(spelled, product.letters);
}

}  // namespace leaven::dna::testing
