#include <leaven/crispr/operations.hpp>
#include <leaven/data/operations.hpp>
#include <leaven/dna/operations.hpp>
#include <leaven/indicators/operations.hpp>
#include <leaven/metabolism/operations.hpp>
#include <leaven/pipeline/operations.hpp>
#include <leaven/pipeline/registry.hpp>
#include <leaven/policy/operations.hpp>
#include <leaven/seq/operations.hpp>

#include "edit_guides.hpp"

namespace leaven::pipeline {

Registry registry() {
    Registry all;
    const auto add = [&all](std::vector<Operation> operations) {
        for (auto& operation : operations) all.push_back(std::move(operation));
    };
    add(operations());
    add(metabolism::operations());
    add(policy::operations());
    add(indicators::operations());
    add(seq::operations());
    add(crispr::operations());
    add(dna::operations(guides_for_edit));
    add(data::operations());
    return all;
}

}  // namespace leaven::pipeline
