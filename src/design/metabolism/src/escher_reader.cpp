// Escher maps: a JSON array of a header and a body; the body's objects are keyed by numbers written as text.

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include <leaven/metabolism/map.hpp>
#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {
namespace {

using Json = nlohmann::json;  // sorted by key: the ordered kind is quadratic in the members of an object

constexpr double farthest = 1e6;               // beyond that a coordinate is damage
constexpr std::size_t most_bytes = 64U << 20;  // unpacked; the largest published maps hold 4 MB
constexpr std::size_t most_items = 200000;     // nodes, and reactions with their segments

Failure not_a_map(Doc what, const std::string& where) {
    return bad_input(what).at(where).advise(
        {"save the map again from Escher, or leave the map out: the fluxes are then laid out without it",
         "请用 Escher 重新保存该图，或不指定图：程序将自动排布通量"});
}

const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string string_member(const Json& object, const char* key) {
    const auto* value = member(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<double> number_member(const Json& object, const char* key) {
    const auto* value = member(object, key);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const auto number = value->get<double>();
    if (!std::isfinite(number) || std::abs(number) > farthest) return std::nullopt;
    return number;
}

std::optional<MapPoint> point(const Json& object, const char* x = "x", const char* y = "y") {
    const auto right = number_member(object, x);
    const auto down = number_member(object, y);
    if (!right || !down) return std::nullopt;
    return MapPoint{*right, *down};
}

class EscherReader {
public:
    explicit EscherReader(std::string name) : name_(std::move(name)) {}

    Result<EscherMap> read(const Json& file) {
        if (!file.is_array() || file.size() != 2 || !file[0].is_object() || !file[1].is_object())
            return not_a_map({"this is not an Escher map: an array of two objects is expected",
                              "这不是 Escher 图：应为包含两个对象的数组"},
                             name_);
        map_.name = string_member(file[0], "map_name");
        for (const auto& part : {&EscherReader::read_nodes, &EscherReader::read_reactions, &EscherReader::read_texts,
                                 &EscherReader::read_canvas})
            if (auto done = (this->*part)(file[1]); !done) return pass(done);
        return std::move(map_);
    }

private:
    [[nodiscard]] std::string place(const char* kind, const std::string& id) const {
        return fmt::format("{}, {} {}", name_, kind, id.substr(0, 100));
    }

    Status read_nodes(const Json& body) {
        const auto* nodes = member(body, "nodes");
        if (nodes == nullptr || !nodes->is_object() || nodes->size() > most_items)
            return not_a_map({"the map has no usable \"nodes\"", "图中没有可用的 \"nodes\""}, name_);
        for (const auto& item : nodes->items()) {
            auto node = read_node(item.value());
            if (!node)
                return not_a_map(
                    {"a node has no position, or one that is no finite number", "节点缺少位置，或其位置不是有限数值"},
                    place("node", item.key()));
            index_.emplace(item.key(), static_cast<std::int32_t>(map_.nodes.size()));
            map_.nodes.push_back(*std::move(node));
        }
        return {};
    }

    static std::optional<MapNode> read_node(const Json& json) {
        const auto at = point(json);
        if (!at) return std::nullopt;
        const auto kind = string_member(json, "node_type");
        MapNode node;
        node.at = *at;
        node.metabolite = string_member(json, "bigg_id");
        node.name = string_member(json, "name");
        if (kind == "midmarker") node.kind = MapNodeKind::midmarker;
        if (kind == "metabolite") node.kind = MapNodeKind::metabolite;
        const auto* primary = member(json, "node_is_primary");
        node.primary = primary != nullptr && primary->is_boolean() && primary->get<bool>();
        node.label = point(json, "label_x", "label_y").value_or(*at);
        return node;
    }

    Status read_reactions(const Json& body) {
        const auto* reactions = member(body, "reactions");
        if (reactions == nullptr || !reactions->is_object() || reactions->size() > most_items)
            return not_a_map({"the map has no usable \"reactions\"", "图中没有可用的 \"reactions\""}, name_);
        for (const auto& item : reactions->items()) {
            const auto& json = item.value();
            MapReaction reaction;
            reaction.id = string_member(json, "bigg_id");
            reaction.name = string_member(json, "name");
            const auto label = point(json, "label_x", "label_y");
            if (reaction.id.empty() || !label)
                return not_a_map(
                    {"a reaction has no \"bigg_id\" or no label position", "反应缺少 \"bigg_id\" 或标签位置"},
                    place("reaction", item.key()));
            reaction.label = *label;
            reaction.participants = read_participants(json);
            if (auto done = read_segments(json, reaction); !done) return done;
            map_.reactions.push_back(std::move(reaction));
        }
        return {};
    }

    static std::vector<MapReaction::Participant> read_participants(const Json& json) {
        std::vector<MapReaction::Participant> participants;
        const auto* list = member(json, "metabolites");
        if (list == nullptr || !list->is_array()) return participants;
        for (const auto& item : *list)
            if (const auto coefficient = number_member(item, "coefficient"))
                participants.push_back({string_member(item, "bigg_id"), *coefficient});
        return participants;
    }

    Status read_segments(const Json& json, MapReaction& reaction) {
        const auto* segments = member(json, "segments");
        if (segments == nullptr || !segments->is_object())
            return not_a_map({"a reaction has no \"segments\"", "反应缺少 \"segments\""},
                             place("reaction", reaction.id));
        items_ += segments->size();
        if (items_ > most_items)
            return not_a_map({"the map has more segments than can be drawn", "图中的线段过多，无法绘制"}, name_);
        for (const auto& item : segments->items()) {
            const auto from = index_.find(string_member(item.value(), "from_node_id"));
            const auto to = index_.find(string_member(item.value(), "to_node_id"));
            if (from == index_.end() || to == index_.end())
                return not_a_map({"a segment joins a node that the map does not have", "线段连接了图中不存在的节点"},
                                 place("reaction", reaction.id));
            const auto* first = member(item.value(), "b1");
            const auto* second = member(item.value(), "b2");
            MapSegment segment{from->second, to->second, std::nullopt};
            if (first != nullptr && second != nullptr) {
                const auto b1 = point(*first);
                const auto b2 = point(*second);
                if (!b1 || !b2)
                    return not_a_map(
                        {"a curve has a control point that is no finite number", "曲线的控制点不是有限数值"},
                        place("reaction", reaction.id));
                segment.bend = MapSegment::Bend{*b1, *b2};
            }
            reaction.segments.push_back(segment);
        }
        return {};
    }

    Status read_texts(const Json& body) {
        const auto* texts = member(body, "text_labels");
        if (texts == nullptr || !texts->is_object()) return {};
        for (const auto& item : texts->items()) {
            const auto at = point(item.value());
            if (!at || map_.texts.size() >= most_items)
                return not_a_map(
                    {"a text has no position, or one that is no finite number", "文字缺少位置，或其位置不是有限数值"},
                    place("text", item.key()));
            map_.texts.push_back({string_member(item.value(), "text"), *at});
        }
        return {};
    }

    Status read_canvas(const Json& body) {
        const auto* canvas = member(body, "canvas");
        if (canvas == nullptr) return {};
        const auto corner = point(*canvas);
        const auto size = point(*canvas, "width", "height");
        if (!corner || !size || size->x <= 0 || size->y <= 0)
            return not_a_map({"the canvas has no finite position and size", "画布缺少有限的位置和尺寸"}, name_);
        map_.corner = *corner;
        map_.width = size->x;
        map_.height = size->y;
        return {};
    }

    std::string name_;
    EscherMap map_;
    std::unordered_map<std::string, std::int32_t> index_;
    std::size_t items_ = 0;
};

}  // namespace

Result<EscherMap> read_escher_map(std::string_view bytes, const std::string& name) {
    const auto text = unpack(bytes, name, most_bytes);
    if (!text) return pass(text);
    try {
        return EscherReader(name).read(Json::parse(*text));
    } catch (const Json::parse_error& error) {
        const auto read = std::min(error.byte, text->size());
        const auto line = 1 + std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(read), '\n');
        return not_a_map({"this is not JSON, or it is cut short", "这不是 JSON，或文件不完整"},
                         fmt::format("{}, line {}", name, line));
    } catch (const Json::out_of_range&) {  // a number such as 1e999
        return not_a_map({"a number is too large", "数值过大"}, name);
    }
}

}  // namespace leaven::metabolism
