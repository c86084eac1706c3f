#include <leaven/core/counted.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/map.hpp>
#include <leaven/seq/pattern.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct MapParams {
    std::string file{};
    std::string layout = "auto";
    std::vector<std::string> enzymes{};
    bool unique_only = true;
    std::string record{};
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        InputOptions::describe_file(p.file, v);
        v(p.layout, {.name = "layout",
                     .doc = {"ring or line; auto follows the topology", "环形或线形；auto 依拓扑而定"},
                     .choices = "auto|circular|linear"});
        v(p.enzymes, {.name = "enzymes", .doc = {"enzymes whose cuts are marked", "标出切点的限制酶"}});
        v(p.unique_only, {.name = "unique_only", .doc = {"only enzymes that cut once", "仅标出单切酶"}});
        v(p.record, {.name = "record", .doc = {"record to draw; the first where empty", "要绘制的记录；留空为第一条"}});
        InputOptions::describe(p.reading, v);
    }
};

struct MapResult {
    std::string svg{};
    std::int64_t features_drawn = 0;
    std::int64_t labels_hidden = 0;

    static void describe(auto& p, auto&& v) {
        v(p.svg, {.name = "svg", .doc = {"picture", "图"}});
        v(p.features_drawn, {.name = "features_drawn", .doc = {"features drawn", "绘出的特征数"}, .unit = "1"});
        v(p.labels_hidden, {.name = "labels_hidden",
                            .doc = {"labels left out for want of room", "因空间不足而省略的标签数"},
                            .unit = "1"});
    }
    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{} drawn, {} without room; --out FILE.svg writes the picture",
                      "绘出 {:n} 个特征，{:n} 个标签因空间不足未显示；--out 文件.svg 保存图片"},
                     counted(features_drawn, "feature"), counted(labels_hidden, "label"))};
    }
    static constexpr std::string_view endings = ".svg";
    [[nodiscard]] Result<std::string> file(std::string_view, Lang) const { return svg; }
};

Status add_ticks(const Record& record, const MapParams& parameters, std::vector<Tick>& ticks, Context& context) {
    if (parameters.enzymes.empty()) return {};
    const auto enzymes = load_enzymes();
    if (!enzymes) return pass(enzymes);
    for (const auto& name : parameters.enzymes) {
        const auto enzyme = find_enzyme(*enzymes, name);
        if (!enzyme) return pass(enzyme);
        const auto sites = find_word(record.sequence, record.topology, enzyme->site, {}, context);
        if (!sites) return pass(sites);
        if (parameters.unique_only && sites->size() != 1) continue;
        for (const auto& site : *sites) {
            auto position = site.at.start;
            if (!enzyme->cuts.empty())
                position = site.strand == Strand::forward ? site.at.start + enzyme->cuts.front().top
                                                          : site.at.end - enzyme->cuts.front().bottom;
            if (record.circular()) position = (position % record.length + record.length) % record.length;
            if (position >= 0 && position <= record.length) ticks.push_back({enzyme->name, position});
        }
    }
    return {};
}

Result<MapResult> map_record(const MapParams& parameters, Context& context) {
    auto reader = open_input(parameters.file, parameters.reading);
    if (!reader) return pass(reader);
    for (;;) {
        auto next = reader->next();
        if (!next) return pass(next);
        if (!*next)
            return not_found({"the file has no record \"{}\"", "文件中没有记录“{}”"}, parameters.record)
                .at(parameters.file)
                .advise({"leaven seq info lists them", "leaven seq info 可列出记录"});
        const auto& record = **next;
        if (!parameters.record.empty() && record.id != parameters.record && record.name != parameters.record) continue;
        std::vector<Tick> ticks;
        if (auto status = add_ticks(record, parameters, ticks, context); !status) return pass(status);
        const bool ring = parameters.layout == "auto" ? record.circular() : parameters.layout == "circular";
        auto drawn = draw_map(record, ticks, ring ? MapLayout::circular : MapLayout::linear, context.lang);
        return MapResult{std::move(drawn.svg), drawn.features_drawn, drawn.labels_hidden};
    }
}

}  // namespace

Operation map_operation() {
    return make("seq map",
                {"A molecule drawn as a ring or a line, with features and cutting sites",
                 "将分子绘成环形或线形图谱，标出特征与酶切位点"},
                map_record);
}

}  // namespace leaven::seq
