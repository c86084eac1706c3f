#include <leaven/indicators/operations.hpp>
#include <leaven/indicators/status.hpp>

namespace leaven::indicators {

std::vector<Operation> operations() {
    return {
        make("indicators list", {"The targets of the plans", "规划目标一览"}, list),
        make("indicators status", {"How far recorded values have come", "目标完成情况与推算"}, status),
        make("indicators plot", {"Values, target and projection of one indicator", "单个指标的数值、目标与推算图"},
             plot),
        make("indicators import", {"A clean values file from a table", "由表格生成规范的数值文件"}, import_values),
    };
}

}  // namespace leaven::indicators
