#include <algorithm>
#include <array>
#include <filesystem>

#include <leaven/core/counted.hpp>
#include <leaven/core/file.hpp>
#include <leaven/dna/vendors.hpp>
#include <leaven/seq/write.hpp>

#include "order_commands.hpp"
#include "plan_rows.hpp"

namespace leaven::dna {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 3> method_names{
    {{"golden_gate", Method::golden_gate}, {"gibson", Method::gibson}, {"yeast", Method::yeast}}};

std::string name_of(Method method) {
    for (const auto& [name, value] : method_names)
        if (value == method) return std::string(name);
    return {};
}

/// A cell of a table with commas between its cells.
std::string cell(const std::string& text) {
    if (text.find_first_of("\",\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

Result<std::string> target_text(const std::string& targets) {
    std::error_code ignored;
    if (targets.find(';') != std::string::npos || !std::filesystem::is_regular_file(targets, ignored)) return targets;
    return read_file(targets, 1U << 24U);
}

Result<std::set<std::size_t>> missing_parts(const PlanParams& parameters, const std::vector<std::string>& names) {
    std::set<std::size_t> missing;
    for (const auto& name : parameters.missing) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            return not_found({"there is no part \"{}\"", "没有部件“{}”"}, name)
                .at("missing")
                .advise({"name a part of the files", "请给出文件中的部件名"});
        missing.insert(static_cast<std::size_t>(found - names.begin()));
    }
    return missing;
}

/// Enzymes in the order given; they must leave four bases beyond their site.
Result<std::vector<seq::Enzyme>> golden_gate_enzymes(const PlanParams& parameters) {
    std::vector<seq::Enzyme> enzymes;
    if (std::find(parameters.methods.begin(), parameters.methods.end(), "golden_gate") == parameters.methods.end())
        return enzymes;
    for (const auto& name : parameters.enzymes) {
        const auto found = enzymes_named({name});
        if (!found) return pass(found);
        const auto& enzyme = found->front();
        const auto size = static_cast<std::int64_t>(enzyme.site.size());
        if (found->size() != 1 || enzyme.cuts.size() != 1 || enzyme.cuts[0].top < size ||
            enzyme.cuts[0].bottom != enzyme.cuts[0].top + 4)
            return bad_input({"{} does not leave 5' overhangs of four bases beyond its site",
                              "{} 不在识别位点外产生四碱基 5' 黏性末端"},
                             name)
                .at("enzymes")
                .advise({"use BsaI, BsmBI, BbsI or the like", "请使用 BsaI、BsmBI、BbsI 等"});
        enzymes.push_back(enzyme);
    }
    return enzymes;
}

/// A construct with its parts, and below them the pieces that it is made of.
DrawnMolecule drawn(const PlannedConstruct& construct) {
    DrawnMolecule molecule{.name = construct.name,
                           .length = construct.record.length,
                           .circular = true,
                           .wanted = construct.verified,
                           .rows = {{{"parts", "部件"}, {}}, {{"pieces", "片段"}, {}}}};
    molecule.about = text({"{} bases, {}{}", "{} 个碱基，{}{}"}, construct.record.length, name_of(construct.method),
                          construct.enzyme.empty() ? std::string() : " " + construct.enzyme);
    if (construct.fidelity) {
        const auto share = text({"; fidelity {:.3f}", "；保真度 {:.3f}"}, *construct.fidelity);
        molecule.about = {molecule.about.en + share.en, molecule.about.zh + share.zh};
    }
    if (construct.verified)
        molecule.about = {molecule.about.en + "; verified: the only circle of all pieces",
                          molecule.about.zh + "；已验证：全部片段唯一的环状产物"};
    for (const auto& part : construct.parts) molecule.rows[0].parts.push_back({part.name, part.at});
    for (const auto& piece : construct.stretches) molecule.rows[1].parts.push_back({piece.name, piece.at});
    constexpr std::size_t most_letters = 8;
    for (const auto& joint : construct.joints)
        molecule.joints.push_back(
            {joint.at.start, joint.name.size() <= most_letters ? joint.name : fmt::format("{} bp", joint.name.size())});
    std::sort(molecule.joints.begin(), molecule.joints.end(),
              [](const DrawnJoint& a, const DrawnJoint& b) { return a.at < b.at; });
    return molecule;
}

/// Each piece once, then the constructs.
std::vector<GelLane> lanes_of(const std::vector<PlannedConstruct>& constructs) {
    std::vector<GelLane> lanes;
    std::set<std::string> known;
    for (const auto& construct : constructs)
        for (std::size_t i = 0; i < construct.pieces.size(); ++i)
            if (known.insert(construct.pieces[i]).second)
                lanes.push_back({construct.pieces[i], {construct.piece_lengths[i]}});
    for (const auto& construct : constructs) lanes.push_back({construct.name, {construct.record.length}});
    return lanes;
}

PlanResult result_of(Plan plan) {
    PlanResult result{.status = std::string(name_of(plan.proof)), .problems = std::move(plan.problems)};
    if (!result.solved()) return result;
    result.lanes = lanes_of(plan.constructs);
    for (auto& construct : plan.constructs) {
        result.drawn.push_back(drawn(construct));
        result.constructs.push_back({construct.name, name_of(construct.method), construct.enzyme, construct.verified,
                                     construct.record.length, construct.fidelity, std::move(construct.pieces),
                                     construct.record.sequence.letters});
        result.records.push_back(std::move(construct.record));
    }
    result.steps = rows_of(plan.steps);
    for (auto& oligo : plan.oligos)
        result.orders.oligos.push_back(
            {oligo.name, oligo.letters, static_cast<std::int64_t>(oligo.letters.size()), oligo.price});
    for (auto& fragment : plan.fragments)
        result.orders.fragments.push_back({fragment.name, fragment.letters,
                                           static_cast<std::int64_t>(fragment.letters.size()), fragment.offer.price,
                                           fragment.offer.rules, fragment.offer.days});
    result.cost = plan.cost;
    result.days = plan.days;
    result.bound = plan.bound;
    result.gap = plan.gap;
    return result;
}

Result<PlanResult> plan(const PlanParams& parameters, Context& context) {
    const auto text = target_text(parameters.targets);
    if (!text) return pass(text);
    const auto parts = load_molecules(parameters.parts, parameters.molecules);
    if (!parts) return pass(parts);
    std::vector<std::string> names;
    for (const auto& part : *parts) names.push_back(part.name);
    const auto targets = read_targets(*text, names);
    if (!targets) return pass(targets);
    auto missing = missing_parts(parameters, names);
    if (!missing) return pass(missing);
    auto enzymes = golden_gate_enzymes(parameters);
    if (!enzymes) return pass(enzymes);
    const auto vendors = load_vendors(parameters.rules);
    if (!vendors) return pass(vendors);
    if (!missing->empty() && vendors->empty())
        return bad_input({"parts are missing, and nobody is named who makes them", "有缺失部件，但未指定合成方"})
            .at("rules")
            .advise({"give --rules", "请给出 --rules"});
    PlanOptions options{.methods = {},
                        .enzymes = *std::move(enzymes),
                        .min_fidelity = parameters.min_fidelity,
                        .synthesis = synthesis_by(*vendors),
                        .missing = *std::move(missing),
                        .primer_price = parameters.primer_price,
                        .long_oligo_price = parameters.long_oligo_price,
                        .fast = parameters.objective == "time"};
    for (const auto& [name, method] : method_names)
        if (std::find(parameters.methods.begin(), parameters.methods.end(), name) != parameters.methods.end())
            options.methods.push_back(method);
    std::optional<Ligation> ligation;
    if (!options.enzymes.empty()) {
        auto loaded = Ligation::load(parameters.matrix);
        if (!loaded) return pass(loaded);
        ligation = *std::move(loaded);
        options.ligation = &*ligation;
    }
    auto made = plan_constructs(*parts, *targets, options, context);
    if (!made) return pass(made);
    return result_of(*std::move(made));
}

}  // namespace

std::vector<Text> PlanResult::headline() const {
    if (!solved()) {
        std::vector<Text> lines{status == "limit"
                                    ? Text{"no plan was found before the rounds ran out, and none was ruled out",
                                           "轮次用尽前未找到方案，也未能证明无解"}
                                    : Text{"infeasible: there is no plan", "无可行方案"}};
        lines.insert(lines.end(), problems.begin(), problems.end());
        return lines;
    }
    const auto verified =
        std::count_if(constructs.begin(), constructs.end(), [](const auto& row) { return row.verified; });
    auto first = text({"{}, {} verified; {} and {} for {:.2f} USD, {:g} days",
                       "{:n} 个构建体，{} 个已验证；订购 {:n} 条寡核苷酸和 {:n} 个片段，共 {:.2f} 美元，{:g} 天"},
                      counted(constructs.size(), "construct"), verified, counted(orders.oligos.size(), "oligo"),
                      counted(orders.fragments.size(), "fragment"), *cost, *days);
    if (status == "optimal") first = {first.en + ", proven best", first.zh + "，已证明最优"};
    return {first, {"--out order.csv writes the order list", "--out order.csv 写出订单"}};
}

Result<std::string> PlanResult::file(std::string_view ending, Lang lang) const {
    if (ending == ".svg" && drawn.empty())
        return failure(ErrorCode::infeasible, {"there is no plan to draw", "没有可绘制的方案"});
    if (ending == ".svg") return draw_assemblies(drawn, drawn.size(), lanes, lang);
    if (ending == ".csv") {
        std::string table = "kind,name,sequence,length,supplier,price\n";
        for (const auto& row : orders.oligos)
            table += fmt::format("oligo,{},{},{},,{:.2f}\n", cell(row.name), row.sequence, row.length, row.price);
        for (const auto& row : orders.fragments)
            table += fmt::format("fragment,{},{},{},{},{:.2f}\n", cell(row.name), row.sequence, row.length,
                                 cell(row.rules), row.price);
        return table;
    }
    const seq::Document document{.format = seq::Format::genbank, .records = records};
    const auto written = seq::write_document(document, ending == ".fa" ? seq::Format::fasta : seq::Format::genbank);
    if (!written) return pass(written);
    return written->bytes;
}

Operation plan_operation() {
    return make("dna plan",
                {"Plans constructs from parts: pieces, shared intermediates, steps and orders, cheapest or fastest",
                 "由部件规划构建体：片段、共用中间体、步骤与订单，费用最低或时间最短"},
                plan);
}

}  // namespace leaven::dna
