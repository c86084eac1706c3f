#include <leaven/policy/calendar.hpp>
#include <leaven/policy/card.hpp>
#include <leaven/policy/change.hpp>
#include <leaven/policy/check.hpp>
#include <leaven/policy/combine.hpp>
#include <leaven/policy/facts.hpp>
#include <leaven/policy/list.hpp>
#include <leaven/policy/match.hpp>
#include <leaven/policy/operations.hpp>

namespace leaven::policy {

std::vector<Operation> operations() {
    return {
        make("policy list", {"The documents, articles and measures that the rules hold", "规则所含的文件、条文与措施"},
             list),
        make("policy show", {"Everything about one document, article or measure", "查看某一文件、条文或措施"}, show),
        make("policy facts", {"The facts that a profile may state", "申请者资料可填写的事实"}, facts),
        make("policy match", {"Which support measures fit an applicant on a day", "申请者在某日适用哪些支持措施"},
             match),
        make("policy combine", {"The best combination of support, with proof", "最优支持组合，附证明"}, combine),
        make("policy whatif", {"What changes when facts change", "事实变化后的影响"}, whatif),
        make("policy sensitivity", {"The single changes of a fact that bring most", "收益最大的单项事实变化"},
             sensitivity),
        make("policy calendar", {"What ends, starts and falls due", "到期、起始与目标期限"}, calendar),
        make("policy card", {"The admission checklist of a project", "项目准入核对单"}, card),
        make("policy check", {"What is wrong in a rules file, and its tests", "检查规则文件并运行其测试"}, check),
        make("policy diff", {"What a new version of the rules changes", "新旧规则的差异"}, diff),
    };
}

}  // namespace leaven::policy
