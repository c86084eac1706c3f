#include <algorithm>
#include <map>

#include <leaven/seq/compare.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct CompareParams {
    std::string a{};
    std::string b{};
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        v(p.a,
          {.name = "a", .doc = {"sequence file", "序列文件"}, .format = "sequence", .required = true, .input = true});
        v(p.b, {.name = "b",
                .doc = {"sequence file to compare with", "与之比较的序列文件"},
                .format = "sequence",
                .required = true,
                .input = true});
        InputOptions::describe(p.reading, v);
    }
};

struct DifferenceRow {
    std::string record{};
    std::int64_t start_a = 0;
    std::int64_t end_a = 0;
    std::int64_t start_b = 0;
    std::int64_t end_b = 0;
    std::string from{};
    std::string to{};

    static void describe(auto& p, auto&& v) {
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.start_a,
          {.name = "start_a", .doc = {"start in A as it lies on B", "在 A 中的起点（按 B 的方位）"}, .unit = "1"});
        v(p.end_a, {.name = "end_a", .doc = {"end in A as it lies on B", "在 A 中的终点（按 B 的方位）"}, .unit = "1"});
        v(p.start_b, {.name = "start_b", .doc = {"start in B", "在 B 中的起点"}, .unit = "1"});
        v(p.end_b, {.name = "end_b", .doc = {"end in B", "在 B 中的终点"}, .unit = "1"});
        v(p.from, {.name = "from", .doc = {"in A", "A 中"}});
        v(p.to, {.name = "to", .doc = {"in B", "B 中"}});
    }
};

struct OnlyRow {
    std::string record{};
    std::string type{};
    std::string label{};
    std::string location{};

    static void describe(auto& p, auto&& v) {
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.type, {.name = "type", .doc = {"type", "类型"}});
        v(p.label, {.name = "label", .doc = {"label", "标签"}});
        v(p.location, {.name = "location", .doc = {"location", "位置"}});
    }
};

struct CompareResult {
    std::string relation = "identical";
    std::int64_t rotation = 0;
    double identity = 1;
    std::vector<DifferenceRow> differences{};
    std::vector<OnlyRow> features_only_a{};
    std::vector<OnlyRow> features_only_b{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.relation, {.name = "relation",
                       .doc = {"relation", "关系"},
                       .choices = "identical|rotation|reverse|reverse_rotation|different"});
        v(p.rotation, {.name = "rotation",
                       .doc = {"base of A (or of its other strand) with which B begins, 0-based",
                               "B 起始处对应 A（或其反向链）的碱基，从 0 起"},
                       .unit = "1"});
        v(p.identity, {.name = "identity", .doc = {"identity", "一致性"}, .unit = "1", .min = 0, .max = 1});
        v(p.differences, {.name = "differences", .doc = {"differences", "差异"}});
        v(p.features_only_a, {.name = "features_only_a", .doc = {"features of A alone", "仅 A 有的特征"}});
        v(p.features_only_b, {.name = "features_only_b", .doc = {"features of B alone", "仅 B 有的特征"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        static const std::map<std::string, std::string, std::less<>> words{{"identical", "相同"},
                                                                           {"rotation", "旋转后相同"},
                                                                           {"reverse", "反向互补后相同"},
                                                                           {"reverse_rotation", "反向互补并旋转后相同"},
                                                                           {"different", "不同"}};
        return {Text{fmt::format("{}, {} differences; {} features of A alone, {} of B", relation, differences.size(),
                                 features_only_a.size(), features_only_b.size()),
                     fmt::format("{}，{} 处差异；仅 A 有的特征 {} 个，仅 B 有的 {} 个", words.at(relation),
                                 differences.size(), features_only_a.size(), features_only_b.size())}};
    }
};

/// Features by what they are and where, each with how often.
std::map<std::string, std::vector<OnlyRow>> features_of(const Record& record) {
    std::map<std::string, std::vector<OnlyRow>> found;
    for (const auto& feature : record.features) {
        std::string key = feature.type + "\t" + feature.label();
        for (const auto& piece : pieces_of(feature.location, record.length, record.topology))
            key += fmt::format("\t{}{}..{}{}", name_of(piece.strand), piece.at.start, piece.at.end, piece.remote);
        found[key].push_back({record.id, feature.type, feature.label(), record.text_of(feature.location)});
    }
    return found;
}

std::vector<OnlyRow> only_in(const std::map<std::string, std::vector<OnlyRow>>& mine,
                             const std::map<std::string, std::vector<OnlyRow>>& theirs) {
    std::vector<OnlyRow> rows;
    for (const auto& [key, list] : mine) {
        const auto other = theirs.find(key);
        const auto shared = other == theirs.end() ? 0 : other->second.size();
        for (auto i = shared; i < list.size(); ++i) rows.push_back(list[i]);
    }
    return rows;
}

Status compare_pair(const Record& a, const Record& b, CompareResult& result, Context& context) {
    const auto comparison = compare(a, b, context);
    if (!comparison) return pass(comparison);
    if (comparison->relation != Relation::identical && result.relation == "identical") {
        result.relation = name_of(comparison->relation);
        result.rotation = comparison->rotation;
    } else if (comparison->relation == Relation::different) {
        result.relation = "different";
    }
    result.identity = std::min(result.identity, comparison->identity);
    if (a.topology != b.topology)
        result.warnings.push_back(text({"{} is {} in A and {} in B", "{} 在 A 中为{}，在 B 中为{}"}, b.id,
                                       a.circular() ? "circular" : "linear", b.circular() ? "circular" : "linear"));
    if (!comparison->complete)
        result.warnings.push_back(text({"{}: too far apart to be aligned; the identity is that of the words they share",
                                        "{}：差异过大，无法比对；一致性按共有短串估计"},
                                       b.id));
    for (const auto& difference : comparison->differences)
        result.differences.push_back({b.id, difference.a.start, difference.a.end, difference.b.start, difference.b.end,
                                      difference.from, difference.to});
    const auto placed = features_of(aligned(a, *comparison));
    const auto theirs = features_of(b);
    for (auto& row : only_in(placed, theirs)) result.features_only_a.push_back(std::move(row));
    for (auto& row : only_in(theirs, placed)) result.features_only_b.push_back(std::move(row));
    return {};
}

Result<CompareResult> compare_files(const CompareParams& parameters, Context& context) {
    const auto a = load_input(parameters.a, parameters.reading);
    if (!a) return pass(a);
    const auto b = load_input(parameters.b, parameters.reading);
    if (!b) return pass(b);
    if (a->records.size() != b->records.size())
        return bad_input({"{} records against {}", "记录数不同：{} 与 {}"}, a->records.size(), b->records.size())
            .at(parameters.b)
            .advise({"give files with as many records, which are compared in order",
                     "请提供记录数相同的文件，按顺序逐条比较"});
    CompareResult result;
    for (std::size_t i = 0; i < a->records.size(); ++i)
        if (auto status = compare_pair(a->records[i], b->records[i], result, context); !status) return pass(status);
    return result;
}

}  // namespace

Operation compare_operation() {
    return make("seq compare",
                {"Are two molecules the same but for rotation and strand, and where do they differ",
                 "比较两个分子：是否仅旋转或链向不同，差异何在"},
                compare_files);
}

}  // namespace leaven::seq
