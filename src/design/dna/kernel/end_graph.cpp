#include "end_graph.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace leaven::dna {
namespace {

constexpr std::int64_t longest_word = 31;

std::uint32_t other_reading(std::uint32_t node) { return node ^ 1U; }

using EndKey = std::pair<EndKind, std::string>;

std::int64_t size_of(const std::string& letters) { return static_cast<std::int64_t>(letters.size()); }

int code_of(char letter) {
    switch (letter) {
        case 'A':
            return 0;
        case 'C':
            return 1;
        case 'G':
            return 2;
        case 'T':
            return 3;
        default:
            return -1;
    }
}

struct Seed {
    std::uint32_t node;
    std::int64_t place;
};
using Seeds = std::unordered_map<std::uint64_t, std::vector<Seed>>;

/// Calls `visit(place, word)` for every word of `size` certain letters that begins at or before `last`.
template <class Visit>
void each_word(const std::string& letters, std::int64_t size, std::int64_t last, Visit visit) {
    const auto mask = (std::uint64_t{1} << (2 * size)) - 1;
    std::uint64_t word = 0;
    std::int64_t certain = 0;
    const auto stop = std::min(size_of(letters), last + size);
    for (std::int64_t i = 0; i < stop; ++i) {
        const auto code = code_of(letters[static_cast<std::size_t>(i)]);
        certain = code < 0 ? 0 : certain + 1;
        word = (word << 2 | static_cast<std::uint64_t>(code & 3)) & mask;
        if (certain >= size) visit(i + 1 - size, word);
    }
}

/// How far two texts agree in certain letters from these places on.
std::int64_t common_run(const std::string& a, std::int64_t i, const std::string& b, std::int64_t j) {
    const auto most = std::min(size_of(a) - i, size_of(b) - j);
    std::int64_t run = 0;
    while (run < most) {
        const char c = a[static_cast<std::size_t>(i + run)];
        if (c != b[static_cast<std::size_t>(j + run)] || code_of(c) < 0) break;
        ++run;
    }
    return run;
}

void link_by_seed(EndGraph& graph, std::uint32_t from, std::int64_t i, const Seed& seed, std::int64_t least,
                  std::int64_t tip) {
    const auto& a = graph.letters[from];
    const auto& b = graph.letters[seed.node];
    const auto j = seed.place;
    if (i == 0) return;  // nothing of the first piece would be left
    const bool run_begins = j == 0 || a[static_cast<std::size_t>(i - 1)] != b[static_cast<std::size_t>(j - 1)] ||
                            code_of(a[static_cast<std::size_t>(i - 1)]) < 0;
    if (!run_begins) return;
    const auto run = common_run(a, i, b, j);
    // The whole of the second piece adds nothing either; so every link has its twin.
    if (run < least || size_of(a) - (i + run) > tip || j + run == size_of(b)) return;
    graph.links[from].push_back(
        {seed.node, i, j, a.substr(static_cast<std::size_t>(i), static_cast<std::size_t>(run))});
}

}  // namespace

void EndGraph::add(GraphPiece piece, const std::string& bases) {
    letters.push_back(bases);
    letters.push_back(seq::reverse_complement(bases));
    links.resize(letters.size());
    pieces.push_back(std::move(piece));
}

End EndGraph::left(std::uint32_t node) const {
    const auto& piece = pieces[node / 2].piece;
    return node % 2 == 0 ? piece.left : reversed(piece.right);
}

End EndGraph::right(std::uint32_t node) const {
    const auto& piece = pieces[node / 2].piece;
    return node % 2 == 0 ? piece.right : reversed(piece.left);
}

void link_overhangs(EndGraph& graph, bool recutting) {
    std::map<EndKey, std::vector<std::uint32_t>> fronts;
    for (std::uint32_t node = 0; node < graph.letters.size(); ++node) {
        const auto end = graph.left(node);
        fronts[{end.kind, end.overhang}].push_back(node);
    }
    for (std::uint32_t node = 0; node < graph.letters.size(); ++node) {
        const auto end = graph.right(node);
        const auto partners = fronts.find({end.kind, end.overhang});
        if (partners == fronts.end()) continue;
        for (const auto partner : partners->second) {
            const auto front = graph.left(partner);
            if (end.native && front.native) continue;
            if (recutting && (end.recuts || front.recuts)) {
                ++graph.recut_joints;
                continue;
            }
            if (partner == other_reading(node)) continue;  // a piece's end meets itself in another molecule alone
            graph.links[node].push_back(
                {partner, size_of(graph.letters[node]) - size_of(end.overhang), 0, end.overhang});
        }
    }
}

Status link_homology(EndGraph& graph, std::int64_t least, std::int64_t tip, const Context& context) {
    const auto size = std::min(least, longest_word);
    Seeds seeds;
    for (std::uint32_t node = 0; node < graph.letters.size(); ++node)
        each_word(graph.letters[node], size, tip, [&](std::int64_t place, std::uint64_t word) {
            seeds[word].push_back({node, place});
        });
    for (std::uint32_t node = 0; node < graph.letters.size(); ++node) {
        if (context.stopped()) return cancelled();
        const auto& letters = graph.letters[node];
        each_word(letters, size, size_of(letters), [&](std::int64_t place, std::uint64_t word) {
            const auto found = seeds.find(word);
            if (found == seeds.end()) return;
            for (const auto& seed : found->second)
                if (seed.node != other_reading(node)) link_by_seed(graph, node, place, seed, least, tip);
        });
    }
    return {};
}

void link_bridges(EndGraph& graph, std::int64_t least, std::int64_t longest) {
    const auto count = static_cast<std::uint32_t>(graph.letters.size());
    for (std::uint32_t oligo = 0; oligo < count; ++oligo) {
        const auto& letters = graph.letters[oligo];
        if (size_of(letters) > longest) continue;
        for (auto first = least; first + least <= size_of(letters); ++first) {
            const auto head = std::string_view(letters).substr(0, static_cast<std::size_t>(first));
            const auto tail = std::string_view(letters).substr(static_cast<std::size_t>(first));
            for (std::uint32_t node = 0; node < count; ++node) {
                if (node / 2 == oligo / 2 || !graph.letters[node].ends_with(head)) continue;
                for (std::uint32_t front = 0; front < count; ++front) {
                    if (front / 2 == oligo / 2 || front == other_reading(node)) continue;
                    if (!graph.letters[front].starts_with(tail)) continue;
                    graph.links[node].push_back({front, size_of(graph.letters[node]), 0, letters});
                    graph.pieces[oligo / 2].bridge = true;
                }
            }
        }
    }
    for (std::uint32_t node = 0; node < count; ++node) {
        auto& links = graph.links[node];
        std::erase_if(
            links, [&](const Link& link) { return graph.pieces[node / 2].bridge || graph.pieces[link.to / 2].bridge; });
        // Two oligos may bridge the same ends: the first of them, by letters, stands for both.
        std::sort(links.begin(), links.end(),
                  [](const Link& a, const Link& b) { return std::tie(a.to, a.bases) < std::tie(b.to, b.bases); });
        links.erase(std::unique(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.to == b.to; }),
                    links.end());
    }
}

}  // namespace leaven::dna
