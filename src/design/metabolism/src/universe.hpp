// A model together with all that a universe of reactions could add to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct Extended {
    Model model;                               // the host's reactions come first
    std::vector<std::optional<double>> costs;  // of each reaction: what adding it costs; none for the host's
};

/// Appends what the host has not, without gene rules and free to rest; one-sided reactions can then only let matter
/// out, and those that could only let it in are left out.
///
/// Errors  not_found  a reaction in `exclude` or in the table that the universe has not
///         bad_input  a cost that is not above zero
Result<Extended> extend(Model host, const Model& universe, const std::vector<std::string>& exclude,
                        const std::string& costs_file);

}  // namespace leaven::metabolism
