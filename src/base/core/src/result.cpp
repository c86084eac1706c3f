#include <leaven/core/result.hpp>

namespace leaven {

const std::array<ErrorCodeInfo, 6>& error_codes() {
    static constexpr std::array<ErrorCodeInfo, 6> codes{{
        {ErrorCode::bad_input, "bad_input", {"the data or the parameters break a stated rule", "数据或参数不符合规定"}},
        {ErrorCode::not_found,
         "not_found",
         {"a named file, model, reaction, gene or data set does not exist",
          "指定的文件、模型、反应、基因或数据集不存在"}},
        {ErrorCode::infeasible,
         "infeasible",
         {"the question is sound and has no solution, or no finite one", "问题本身有效，但无解或无有限解"}},
        {ErrorCode::cancelled, "cancelled", {"stopped before there was an answer", "在得到结果之前已停止"}},
        {ErrorCode::refused, "refused", {"safety or rights forbid it", "出于安全或权限原因被拒绝"}},
        {ErrorCode::bug, "bug", {"a fault of the program; please report it", "程序缺陷，请反馈"}},
    }};
    return codes;
}

std::string_view name_of(ErrorCode code) {
    for (const auto& info : error_codes())
        if (info.code == code) return info.name;
    return "bug";
}

Error::Error() = default;
Error::Error(ErrorCode kind, Text what, std::string place, Text way_out)
    : code(kind), message(std::move(what)), where(std::move(place)), hint(std::move(way_out)) {}
Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;

Failure cancelled() {
    return failure(ErrorCode::cancelled, {"stopped before there was an answer", "在得到结果之前已停止"});
}

}  // namespace leaven
