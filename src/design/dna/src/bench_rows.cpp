#include <leaven/dna/bench_rows.hpp>

namespace leaven::dna {

std::vector<PlanStepRow> rows_of(const std::vector<PlannedStep>& steps) {
    std::vector<PlanStepRow> rows;
    for (const auto& step : steps) rows.push_back({step.id, step.kind, step.inputs, step.outputs});
    return rows;
}

std::vector<ArmRow> rows_of(const std::vector<EditArm>& arms) {
    std::vector<ArmRow> rows;
    for (const auto& arm : arms) rows.push_back({arm.left ? "left" : "right", arm.at.start, arm.at.end, arm.letters});
    return rows;
}

}  // namespace leaven::dna
