#include <algorithm>

#include "end_graph.hpp"

namespace leaven::dna {
namespace {

constexpr std::size_t most_routes = 100'000;
constexpr std::int64_t most_letters = 1'000'000'000;
constexpr std::int64_t most_route_steps = 50'000'000;

class RouteSearch {
public:
    RouteSearch(const EndGraph& graph, std::int64_t most_parts, const Context& context)
        : graph_(graph), most_parts_(static_cast<std::size_t>(most_parts)), context_(context) {
        used_.resize(graph.pieces.size());
        allowed_.resize(graph.letters.size());
    }

    /// Cycles whose first piece, as it lies, is the least of their pieces: so each is found once.
    void find_cycles() {
        for (std::uint32_t piece = 0; piece < graph_.pieces.size() && !stopped_; ++piece) {
            start_ = 2 * piece;
            mark_those_that_reach(start_, piece);
            route_.circular = true;
            step_on(start_);
        }
    }

    /// Paths between ends that nothing can be joined to, each in the direction that begins with the lesser piece.
    void find_paths() {
        std::fill(allowed_.begin(), allowed_.end(), true);
        for (std::uint32_t node = 0; node < graph_.letters.size() && !stopped_; ++node) {
            if (!graph_.links[node ^ 1U].empty()) continue;
            start_ = node;
            route_.circular = false;
            step_on(node);
        }
    }

    Result<Routes> take() {
        if (context_.stopped()) return cancelled();
        if (stopped_)
            return bad_input({"these ends can be joined in too many ways (more than {} products, or {} steps)",
                              "这些末端的连接方式过多（产物超过 {} 个，或搜索超过 {} 步）"},
                             most_routes, most_route_steps)
                .at("max_parts")
                .advise({"lower max_parts, or leave out enzymes with blunt or palindromic ends",
                         "请减小 max_parts，或去掉产生平端或回文末端的限制酶"});
        return std::move(routes_);
    }

private:
    void mark_those_that_reach(std::uint32_t goal, std::uint32_t least_piece) {
        std::fill(allowed_.begin(), allowed_.end(), false);
        std::vector<std::uint32_t> open{goal};
        allowed_[goal] = true;
        while (!open.empty()) {
            const auto node = open.back();
            open.pop_back();
            for (const auto& link : graph_.links[node ^ 1U]) {  // twins of the links that come in
                const auto before = link.to ^ 1U;
                if (before / 2 < least_piece || allowed_[before]) continue;
                allowed_[before] = true;
                open.push_back(before);
            }
        }
    }

    void step_on(std::uint32_t node) {
        used_[node / 2] = true;
        route_.nodes.push_back(node);
        follow(node);
        route_.nodes.pop_back();
        used_[node / 2] = false;
    }

    [[nodiscard]] std::int64_t entered() const {
        const auto size = route_.nodes.size();
        return size < 2 ? 0 : graph_.links[route_.nodes[size - 2]][route_.taken[size - 2]].enter;
    }

    [[nodiscard]] bool closes(const Link& link) const {
        const auto first_leave = route_.taken.empty() ? link.leave : graph_.links[start_][route_.taken.front()].leave;
        return link.enter < first_leave;
    }

    void follow(std::uint32_t node) {
        if (++steps_ > most_route_steps || ((steps_ & 0xFFF) == 0 && context_.stopped())) stopped_ = true;
        const auto& links = graph_.links[node];
        if (!route_.circular && links.empty() && route_.nodes.size() > 1 && start_ / 2 < node / 2) keep();
        for (std::uint32_t i = 0; i < links.size() && !stopped_; ++i) {
            const auto& link = links[i];
            if (entered() >= link.leave) continue;
            if (route_.circular && link.to == start_) {
                if (!closes(link)) continue;
                route_.taken.push_back(i);
                keep();
                route_.taken.pop_back();
                continue;
            }
            if (!allowed_[link.to] || used_[link.to / 2] || (route_.circular && link.to / 2 < start_ / 2)) continue;
            if (route_.nodes.size() == most_parts_) {
                routes_.cut_short = true;
                continue;
            }
            route_.taken.push_back(i);
            step_on(link.to);
            route_.taken.pop_back();
        }
    }

    void keep() {
        for (const auto node : route_.nodes) letters_ += static_cast<std::int64_t>(graph_.letters[node].size());
        if (routes_.found.size() == most_routes || letters_ > most_letters) {
            stopped_ = true;
            return;
        }
        routes_.found.push_back(route_);
    }

    const EndGraph& graph_;
    std::size_t most_parts_;
    const Context& context_;
    std::uint32_t start_ = 0;
    std::vector<bool> used_{};
    std::vector<bool> allowed_{};
    Route route_{};
    Routes routes_{};
    std::int64_t steps_ = 0;
    std::int64_t letters_ = 0;
    bool stopped_ = false;
};

}  // namespace

Result<Routes> find_routes(const EndGraph& graph, Shape shape, std::int64_t most_parts, const Context& context) {
    RouteSearch search(graph, most_parts, context);
    if (shape != Shape::linear) search.find_cycles();
    if (shape != Shape::circular) search.find_paths();
    return search.take();
}

}  // namespace leaven::dna
