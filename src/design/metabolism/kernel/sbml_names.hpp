// The SBML identifiers of a model's elements: valid, each used once, and those of the file it came from where they
// were.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

class SbmlNames {
public:
    explicit SbmlNames(const Model& model);

    std::string model;
    std::vector<std::string> compartments;  // like the vectors of the Model
    std::vector<std::string> metabolites;
    std::vector<std::string> reactions;
    std::vector<std::string> genes;
    std::vector<std::string> groups;
    std::vector<std::string> objectives;  // the chosen one, then the others

    /// The SBML identifier of the compartment a metabolite names; empty where it is not declared.
    [[nodiscard]] std::string_view compartment(const std::string& id) const;

    /// `wanted`, or that and a number where it is taken.
    std::string fresh(std::string_view wanted);

private:
    template <class Item>
    void keep(const std::vector<Item>& items, std::vector<std::string>& names);
    template <class Item>
    void make(const std::vector<Item>& items, std::string_view prefix, std::vector<std::string>& names);
    std::string take(const std::string& id, std::string_view prefix);

    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, int> next_;  // of a wanted name: every number below is taken
    std::unordered_map<std::string, std::size_t> compartment_index_;
};

}  // namespace leaven::metabolism
