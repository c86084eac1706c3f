#include <leaven/pipeline/registry.hpp>

#include <leaven/data/operations.hpp>

namespace leaven::pipeline {

Registry registry() {
    Registry all;
    const auto add = [&all](std::vector<Operation> operations) {
        for (auto& operation : operations) all.push_back(std::move(operation));
    };
    add(data::operations());
    return all;
}

}  // namespace leaven::pipeline
