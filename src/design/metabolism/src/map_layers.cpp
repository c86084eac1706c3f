#include "map_layers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

/// A node of the graph or a bend of an edge.
struct Spot {
    int layer = 0;
    double width = 0;
    double x = 0;  // of the left side
    bool bend = false;
    std::vector<std::int32_t> above{};
    std::vector<std::int32_t> below{};
    std::vector<double> pull_above{};  // of the edges there
    std::vector<double> pull_below{};
};

class Layering {
public:
    Layering(std::span<const double> widths, std::span<const LayerEdge> edges, const LayerSpacing& spacing)
        : spacing_(spacing), node_count_(widths.size()), edges_(edges.begin(), edges.end()) {
        for (const double width : widths) spots_.push_back({.width = width});
    }

    LayeredGraph place() {
        turn_back_edges();
        assign_layers();
        add_bends();
        fill_rows();
        reduce_crossings();
        assign_x();
        return result();
    }

private:
    void turn_back_edges() {
        std::vector<std::vector<std::int32_t>> leaving(node_count_);
        for (std::size_t e = 0; e < edges_.size(); ++e)
            leaving[at(edges_[e].from)].push_back(static_cast<std::int32_t>(e));
        turned_.assign(edges_.size(), false);
        enum class Mark : char { unseen, open, done };
        std::vector<Mark> marks(node_count_, Mark::unseen);
        std::vector<std::pair<std::int32_t, std::size_t>> stack;
        for (std::size_t root = 0; root < node_count_; ++root) {
            if (marks[root] != Mark::unseen) continue;
            stack.emplace_back(static_cast<std::int32_t>(root), 0);
            marks[root] = Mark::open;
            while (!stack.empty()) {
                auto& [node, next] = stack.back();
                if (next == leaving[at(node)].size()) {
                    marks[at(node)] = Mark::done;
                    stack.pop_back();
                    continue;
                }
                const auto e = leaving[at(node)][next++];
                const auto to = edges_[at(e)].to;
                if (marks[at(to)] == Mark::open) turned_[at(e)] = true;
                if (marks[at(to)] != Mark::unseen) continue;
                marks[at(to)] = Mark::open;
                stack.emplace_back(to, 0);
            }
        }
        for (std::size_t e = 0; e < edges_.size(); ++e)
            if (turned_[e]) std::swap(edges_[e].from, edges_[e].to);
    }

    void assign_layers() {
        std::vector<int> waiting(node_count_);
        for (const auto& edge : edges_)
            if (edge.from != edge.to) ++waiting[at(edge.to)];
        std::vector<std::int32_t> ready;
        for (std::size_t n = 0; n < node_count_; ++n)
            if (waiting[n] == 0) ready.push_back(static_cast<std::int32_t>(n));
        for (std::size_t i = 0; i < ready.size(); ++i)
            for (const auto& edge : edges_) {
                if (edge.from != ready[i] || edge.to == edge.from) continue;
                auto& lower = spots_[at(edge.to)].layer;
                lower = std::max(lower, spots_[at(edge.from)].layer + 1);
                if (--waiting[at(edge.to)] == 0) ready.push_back(edge.to);
            }
    }

    void add_bends() {
        chains_.resize(edges_.size());
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            auto above = edges_[e].from;
            const auto to = edges_[e].to;
            if (above == to) continue;
            for (int layer = spots_[at(above)].layer + 1; layer < spots_[at(to)].layer; ++layer) {
                const auto bend = static_cast<std::int32_t>(spots_.size());
                spots_.push_back({.layer = layer, .width = spacing_.bend_width, .bend = true});
                join(above, bend, edges_[e].straightness);
                chains_[e].push_back(bend);
                above = bend;
            }
            join(above, to, edges_[e].straightness);
        }
    }

    /// Long edges are straight along their bends: weights after Gansner et al. 1993, doi:10.1109/32.221135.
    void join(std::int32_t above, std::int32_t below, double straightness) {
        const int bends = (spots_[at(above)].bend ? 1 : 0) + (spots_[at(below)].bend ? 1 : 0);
        const double pull = straightness * (bends == 2 ? 8 : bends == 1 ? 2 : 1);
        spots_[at(above)].below.push_back(below);
        spots_[at(above)].pull_below.push_back(pull);
        spots_[at(below)].above.push_back(above);
        spots_[at(below)].pull_above.push_back(pull);
    }

    /// Depth first, so that what hangs together starts side by side.
    void fill_rows() {
        int layers = 0;
        for (const auto& spot : spots_) layers = std::max(layers, spot.layer + 1);
        rows_.resize(static_cast<std::size_t>(layers));
        std::vector<bool> seen(spots_.size());
        for (std::size_t root = 0; root < spots_.size(); ++root) {
            std::vector<std::int32_t> stack{static_cast<std::int32_t>(root)};
            while (!stack.empty()) {
                const auto spot = stack.back();
                stack.pop_back();
                if (seen[at(spot)]) continue;
                seen[at(spot)] = true;
                rows_[static_cast<std::size_t>(spots_[at(spot)].layer)].push_back(spot);
                const auto& below = spots_[at(spot)].below;
                stack.insert(stack.end(), below.rbegin(), below.rend());
            }
        }
    }

    [[nodiscard]] std::vector<double> positions() const {
        std::vector<double> position(spots_.size());
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i) position[at(row[i])] = static_cast<double>(i);
        return position;
    }

    [[nodiscard]] std::int64_t crossings() const {
        const auto position = positions();
        std::int64_t count = 0;
        for (const auto& row : rows_) {
            std::vector<std::pair<double, double>> edges;
            for (const auto spot : row)
                for (const auto below : spots_[at(spot)].below)
                    edges.emplace_back(position[at(spot)], position[at(below)]);
            for (std::size_t i = 0; i < edges.size(); ++i)
                for (std::size_t j = i + 1; j < edges.size(); ++j)
                    count += (edges[i].first - edges[j].first) * (edges[i].second - edges[j].second) < 0 ? 1 : 0;
        }
        return count;
    }

    void reduce_crossings() {
        auto best = rows_;
        auto least = crossings();
        for (int sweep = 0; sweep < 24 && least > 0; ++sweep) {
            const bool down = sweep % 2 == 0;
            for (std::size_t i = 0; i < rows_.size(); ++i) sort_row(rows_[down ? i : rows_.size() - 1 - i], down);
            if (const auto now = crossings(); now < least) {
                least = now;
                best = rows_;
            }
        }
        rows_ = std::move(best);
    }

    void sort_row(std::vector<std::int32_t>& row, bool down) {
        const auto position = positions();
        std::vector<std::pair<double, std::int32_t>> order;
        for (const auto spot : row) {
            const auto& neighbours = down ? spots_[at(spot)].above : spots_[at(spot)].below;
            double sum = 0;
            for (const auto other : neighbours) sum += position[at(other)];
            const bool alone = neighbours.empty();
            order.emplace_back(alone ? position[at(spot)] : sum / static_cast<double>(neighbours.size()), spot);
        }
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = order[i].second;
    }

    void assign_x() {
        for (auto& row : rows_) {
            double x = 0;
            for (const auto spot : row) {
                spots_[at(spot)].x = x;
                x += spots_[at(spot)].width + spacing_.between_nodes;
            }
        }
        for (int sweep = 0; sweep < 200; ++sweep) {
            const bool down = sweep % 2 == 0;
            for (std::size_t i = 0; i < rows_.size(); ++i) settle_row(rows_[down ? i : rows_.size() - 1 - i]);
        }
    }

    /// Moves a row as near to the means of its neighbours as the least distances allow: an isotonic regression.
    void settle_row(const std::vector<std::int32_t>& row) {
        struct Block {
            double sum;
            double weight;
            std::size_t spots;
            [[nodiscard]] double mean() const { return sum / weight; }
        };
        std::vector<Block> blocks;
        double offset = 0;  // of the row packed to the left
        std::vector<double> offsets;
        for (const auto index : row) {
            const auto& spot = spots_[at(index)];
            const auto [wish, weight] = wanted(spot);
            blocks.push_back({(wish - offset) * weight, weight, 1});
            while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
                const auto last = blocks.back();
                blocks.pop_back();
                blocks.back() = {blocks.back().sum + last.sum, blocks.back().weight + last.weight,
                                 blocks.back().spots + last.spots};
            }
            offsets.push_back(offset);
            offset += spot.width + spacing_.between_nodes;
        }
        std::size_t i = 0;
        for (const auto& block : blocks)
            for (std::size_t n = 0; n < block.spots; ++n, ++i) spots_[at(row[i])].x = block.mean() + offsets[i];
    }

    /// Where a spot would like to be, and how much: straight chains of bends insist.
    [[nodiscard]] std::pair<double, double> wanted(const Spot& spot) const {
        double sum = 0;
        double weight = 0;
        for (const auto& [neighbours, pulls] :
             {std::pair(&spot.above, &spot.pull_above), std::pair(&spot.below, &spot.pull_below)})
            for (std::size_t i = 0; i < neighbours->size(); ++i) {
                sum += (*pulls)[i] * spots_[at((*neighbours)[i])].x;
                weight += (*pulls)[i];
            }
        return weight == 0 ? std::pair{spot.x, 0.1} : std::pair{sum / weight, weight};
    }

    [[nodiscard]] LayeredGraph result() const {
        double least = spots_.empty() ? 0 : spots_.front().x;
        double most = 0;
        for (const auto& spot : spots_) least = std::min(least, spot.x);
        for (const auto& spot : spots_) most = std::max(most, spot.x + spot.width - least);
        const auto place = [&](std::int32_t spot) {
            return MapPoint{spots_[at(spot)].x - least, spots_[at(spot)].layer * spacing_.between_layers};
        };
        LayeredGraph graph{
            .nodes = {},
            .bends = std::vector<std::vector<MapPoint>>(edges_.size()),
            .width = most,
            .height = static_cast<double>(std::max<std::size_t>(rows_.size(), 1) - 1) * spacing_.between_layers};
        for (std::size_t n = 0; n < node_count_; ++n) graph.nodes.push_back(place(static_cast<std::int32_t>(n)));
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            for (const auto bend : chains_[e]) graph.bends[e].push_back(place(bend));
            if (turned_[e]) std::reverse(graph.bends[e].begin(), graph.bends[e].end());
        }
        return graph;
    }

    LayerSpacing spacing_;
    std::size_t node_count_;
    std::vector<LayerEdge> edges_;
    std::vector<bool> turned_;
    std::vector<Spot> spots_;  // the nodes, then the bends
    std::vector<std::vector<std::int32_t>> chains_;
    std::vector<std::vector<std::int32_t>> rows_;
};

}  // namespace

LayeredGraph layer(std::span<const double> widths, std::span<const LayerEdge> edges, const LayerSpacing& spacing) {
    return Layering(widths, edges, spacing).place();
}

}  // namespace leaven::metabolism
