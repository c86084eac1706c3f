#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/policy/profile.hpp>

#include "profile_reader.hpp"

namespace leaven::policy {

const Subject* Profile::project(std::string_view id) const {
    if (!projects) return nullptr;
    for (const auto& one : *projects)
        if (one.id == id) return &one;
    return nullptr;
}

Result<Profile> read_profile(const std::filesystem::path& path, const RuleSet& rules) {
    constexpr std::uintmax_t largest = 16 << 20;
    const auto bytes = read_file(path, largest);
    if (!bytes) return pass(bytes);
    const auto name = path.filename().string();
    const auto node = path.extension() == ".json" ? read_json(*bytes) : read_toml(*bytes);
    if (!node)
        return bad_input({"the profile cannot be read: {}", "无法读取申请者资料：{}"}, node.error().reason)
            .at(fmt::format("{}, line {}, column {}", name, node.error().line, node.error().column))
            .advise({"write it as TOML, or as JSON in a file that ends in .json",
                     "请写成 TOML，或写成以 .json 结尾的 JSON 文件"});
    auto made = profile_of(*node, name, rules, true);
    if (made) made->file = path.string();
    return made;
}

Result<Date> day_of(const std::string& given, const Profile& profile) {
    if (!given.empty()) return read_day(given, "on");
    if (profile.on) return *profile.on;
    return bad_input({"no day is given to judge on", "未给出判断所依据的日期"})
        .at("on")
        .advise({"say --on 2026-12-31, or --on today, or write `on` in the profile",
                 "请用 --on 2026-12-31 或 --on today，或在资料中写 on"});
}

Result<Date> horizon_of(const std::string& given, const Profile& profile, Date on) {
    auto end = date_of(year_of(on), 12, 31);
    if (!given.empty()) {
        const auto day = read_day(given, "through");
        if (!day) return pass(day);
        end = *day;
    } else if (profile.through) {
        end = *profile.through;
    }
    constexpr std::int64_t longest = 30;
    if (end < on || year_of(end) > year_of(on) + longest)
        return bad_input({"the horizon ends on {}; it must lie within 30 years from {}",
                          "期限终点为 {}，应在 {} 起 30 年之内"},
                         date_text(end), date_text(on))
            .at("through")
            .advise({"give a day on or after `on`", "请给出不早于 on 的日期"});
    return end;
}

}  // namespace leaven::policy
