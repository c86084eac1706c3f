#include <leaven/policy/combine.hpp>
#include <leaven/policy/match.hpp>
#include <leaven/policy/operations.hpp>

namespace leaven::policy {

std::vector<Operation> operations() {
    return {
        make("policy match", {"Which support measures fit an applicant on a day", "申请者在某日适用哪些支持措施"}, match),
        make("policy combine", {"The best combination of support, with proof", "最优支持组合，附证明"}, combine),
    };
}

}  // namespace leaven::policy
