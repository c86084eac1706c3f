// What is to be deleted, as the parameters ask: items that are combined, or the sets of a table.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/deletions.hpp>

#include "study.hpp"
#include "switchboard.hpp"

namespace leaven::metabolism {

/// Genes or reactions of the model, by identifier, each once.
struct DeletionItems {
    std::vector<std::int32_t> index;
    std::vector<std::string> ids;
};

/// Those of `only`, else all.
///
/// Errors  not_found  an unknown identifier
Result<DeletionItems> deletion_items(const Study& study, const DeletionsParams& params);

/// Cuts of at most `limit` items.
Switchboard switchboard_of(const Study& study, const DeletionItems& items, bool genes, std::size_t limit);

struct DeletionSet {
    std::vector<std::string> knockouts;   // identifiers of genes or reactions
    std::vector<std::int32_t> reactions;  // that stand still, increasing
};

/// The sets of the table `sets`, one a line.
///
/// Errors  not_found  an unknown identifier, or no such file
Result<std::vector<DeletionSet>> read_deletion_sets(const Study& study, const DeletionsParams& params);

/// Of each set: the optimum that is left; none: no flux is.
struct ListedGrowths {
    std::vector<std::optional<double>> values;
    std::int64_t solved = 0;
};

/// The optimum without some columns of the compression; none: no flux is left. Threads: one each.
struct SetOutcome {
    std::optional<double> growth;
    bool solved = false;
};
class SetDecider {
public:
    SetDecider() = default;
    SetDecider(const SetDecider&) = delete;
    SetDecider& operator=(const SetDecider&) = delete;
    virtual ~SetDecider() = default;
    virtual Result<SetOutcome> decide(const std::vector<std::int32_t>& columns) = 0;
};
using DeciderMaker = std::function<std::unique_ptr<SetDecider>()>;

/// By the best growth. `solver` stands at the optimum `wild_type`.
DeciderMaker best_growth(const Study& study, const lp::Solver& solver, const Optimum& wild_type);

/// By the growth of the flux that `params.method` names; `reference` is what it stays near to, where it does.
///
/// Errors  cancelled
Result<DeciderMaker> growth_by_method(const Study& study, const lp::Solver& solver, const Optimum& wild_type,
                                      const FluxMethod& method, const std::vector<double>& reference,
                                      const Context& context);

/// Does the method change growth, so that every set has to be solved by it?
bool changes_growth(const FluxMethod& method);

/// Sets that stop the same columns are decided once.
Result<ListedGrowths> growths_of(const Study& study, const DeciderMaker& decider, const std::vector<DeletionSet>& sets,
                                 const Context& context);

}  // namespace leaven::metabolism
