#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <leaven/core/parallel.hpp>
#include <leaven/dna/assembly.hpp>
#include <leaven/seq/pattern.hpp>

#include "end_graph.hpp"

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;
using seq::Topology;

constexpr std::int64_t longest_oligo = 120;  // of an input that bridges or is annealed rather than being a part

bool cuts_while_ligating(Method method) { return method == Method::golden_gate || method == Method::basic; }

bool joins_overhangs(Method method) { return cuts_while_ligating(method) || method == Method::restriction; }

/// What homology sees of a piece: 5' ends are chewed back, so that the 3' ends say where it ends.
Piece chewed(Piece piece) {
    if (piece.left.kind == EndKind::five_prime) piece.at.start += static_cast<std::int64_t>(piece.left.overhang.size());
    if (piece.right.kind == EndKind::five_prime) piece.at.end -= static_cast<std::int64_t>(piece.right.overhang.size());
    piece.left = piece.right = {};
    return piece;
}

class Reaction {
public:
    Reaction(std::span<const seq::Record> inputs, const AssemblyOptions& options, const Context& context)
        : inputs_(inputs), options_(options), context_(context), used_(inputs.size()) {}

    Result<Assembly> run() {
        if (joins_overhangs(options_.method) && options_.enzymes.empty())
            return bad_input({"this method needs an enzyme", "该方法需要指定限制酶"})
                .at("enzymes")
                .advise({"--enzymes BsaI", "--enzymes BsaI"});
        if (auto status = add_pieces(); !status) return pass(status);
        if (auto status = link(); !status) return pass(status);
        const auto routes = find_routes(graph_, options_.shape, options_.max_parts, context_);
        if (!routes) return pass(routes);
        if (auto status = build(*routes); !status) return pass(status);
        if (auto status = drop_remade_sites(); !status) return pass(status);
        mark_intended();
        add_fidelities();
        add_leftovers();
        add_notes(routes->cut_short);
        return std::move(assembly_);
    }

private:
    [[nodiscard]] bool is_oligo(std::size_t input) const {
        return !inputs_[input].circular() && inputs_[input].length <= longest_oligo && options_.method == Method::basic;
    }

    Status add_pieces() {
        std::vector<std::size_t> oligos;
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
            if (is_oligo(i)) {
                oligos.push_back(i);
                continue;
            }
            const auto cuts = find_cuts(inputs_[i], options_.enzymes, options_.methylation, context_);
            if (!cuts) return pass(cuts);
            for (auto& piece : cut_pieces(inputs_[i], *cuts)) {
                if (piece.circular) {
                    assembly_.leftovers.push_back({i, piece.at, true});
                    continue;
                }
                if (!joins_overhangs(options_.method)) piece = chewed(std::move(piece));
                if (piece.at.empty()) continue;
                const auto letters = letters_of(inputs_[i], piece.at);
                graph_.add({i, std::move(piece), false}, letters);
            }
        }
        if (options_.method == Method::basic) anneal(oligos);
        return {};
    }

    /// Two oligos of which one pairs along its whole length make a piece with overhangs on both sides.
    void anneal(const std::vector<std::size_t>& oligos) {
        for (const auto longer : oligos)
            for (const auto shorter : oligos) {
                const auto& top = inputs_[longer].sequence.letters;
                const auto paired = seq::reverse_complement(inputs_[shorter].sequence.letters);
                if (longer == shorter || paired.size() >= top.size()) continue;
                const auto at = top.find(paired);
                if (at == std::string::npos || top.find(paired, at + 1) != std::string::npos) continue;
                Piece piece{.at = {0, static_cast<std::int64_t>(top.size())}};
                const auto make_end = [](std::string overhang, EndKind kind) {
                    const auto blunt = overhang.empty();
                    return End{blunt ? EndKind::blunt : kind, std::move(overhang), false, false};
                };
                piece.left = make_end(top.substr(0, at), EndKind::five_prime);
                piece.right = make_end(top.substr(at + paired.size()), EndKind::three_prime);
                used_[shorter] = true;
                graph_.add({longer, std::move(piece), false}, top);
            }
    }

    Status link() {
        switch (options_.method) {
            case Method::golden_gate:
            case Method::basic:
                link_overhangs(graph_, true);
                return {};
            case Method::restriction:
                link_overhangs(graph_, false);
                return {};
            case Method::lcr:
                link_bridges(graph_, std::max<std::int64_t>(options_.min_overlap / 2, 6), longest_oligo);
                for (const auto& piece : graph_.pieces)
                    if (piece.bridge) used_[piece.input] = true;
                return {};
            default:
                return link_homology(graph_, options_.min_overlap, options_.max_tip, context_);
        }
    }

    [[nodiscard]] Part part_of(std::uint32_t node, std::int64_t from, std::int64_t to, std::int64_t shared) const {
        const auto input = graph_.pieces[node / 2].input;
        const auto& piece = graph_.pieces[node / 2].piece;
        Part part{input, {piece.at.start + from, piece.at.start + to}, Strand::forward, shared, node / 2};
        if (node % 2 == 1) {
            part.at = {piece.at.end - to, piece.at.end - from};
            part.strand = Strand::reverse;
        }
        const auto n = inputs_[input].length;
        if (inputs_[input].circular() && part.at.start >= n) part.at = {part.at.start - n, part.at.end - n};
        return part;
    }

    [[nodiscard]] Product product_of(const Route& route) const {
        Product product{.topology = route.circular ? Topology::circular : Topology::linear};
        const auto size = route.nodes.size();
        const auto link_after = [&](std::size_t i) { return &graph_.links[route.nodes[i]][route.taken[i]]; };
        for (std::size_t i = 0; i < size; ++i) {
            const auto node = route.nodes[i];
            const auto& letters = graph_.letters[node];
            const auto* before = i > 0 ? link_after(i - 1) : route.circular ? link_after(size - 1) : nullptr;
            const auto* after = i < route.taken.size() ? link_after(i) : nullptr;
            const auto from = before == nullptr ? 0 : before->enter;
            const auto to = after == nullptr ? static_cast<std::int64_t>(letters.size()) : after->leave;
            const bool bridged = options_.method == Method::lcr;
            const auto shared = after == nullptr || bridged ? 0 : static_cast<std::int64_t>(after->bases.size());
            product.letters.append(letters, static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
            product.parts.push_back(part_of(node, from, to, shared));
            if (after != nullptr) product.junctions.push_back({after->bases, {}});
        }
        return product;
    }

    Status build(const Routes& routes) {
        std::vector<Product> made(routes.found.size());
        auto status = for_each_chunk(context_, {"products", "产物"}, static_cast<std::int64_t>(made.size()), 64,
                                     [&](Chunk chunk, int) -> Status {
                                         for (auto i = chunk.begin; i < chunk.end; ++i) {
                                             const auto at = static_cast<std::size_t>(i);
                                             made[at] = product_of(routes.found[at]);
                                             made[at].canonical = seq::canonical_form(
                                                 {made[at].letters, {}, seq::Alphabet::dna}, made[at].topology);
                                         }
                                         return {};
                                     });
        if (!status) return status;
        std::stable_sort(made.begin(), made.end(), [](const Product& a, const Product& b) {
            if (a.topology != b.topology) return a.topology == Topology::circular;
            if (a.parts.size() != b.parts.size()) return a.parts.size() > b.parts.size();
            return a.canonical < b.canonical;
        });
        // The same molecule may come about in several ways: the one with the most parts stands for it.
        std::set<std::pair<Topology, std::string_view>> known;
        for (auto& product : made)
            if (known.emplace(product.topology, product.canonical).second) keep_.push_back(&product);
        for (auto* product : keep_) assembly_.products.push_back(std::move(*product));
        return {};
    }

    /// Positions of joints in a product, each before the first shared base.
    static std::vector<Interval> joints_of(const Product& product) {
        std::vector<Interval> joints;
        std::int64_t at = 0;
        for (std::size_t i = 0; i < product.junctions.size(); ++i) {
            at += product.parts[i].at.length();
            joints.push_back({at, at + product.parts[i].shared});
        }
        return joints;
    }

    /// Products share most of their joints: each is looked at once.
    Result<bool> holds_site(const std::string& letters, const seq::Enzyme& enzyme) {
        const auto known = seen_.find({letters, enzyme.name});
        if (known != seen_.end()) return known->second;
        const auto found =
            seq::find_word({letters, {}, seq::Alphabet::dna}, Topology::linear, enzyme.site, {}, context_);
        if (!found) return pass(found);
        return seen_[{letters, enzyme.name}] = !found->empty();
    }

    Result<bool> makes_site(const Product& product) {
        seq::Record record;
        record.topology = product.topology;
        record.set_sequence({product.letters, {}, seq::Alphabet::dna});
        for (const auto& enzyme : options_.enzymes) {
            const auto reach = static_cast<std::int64_t>(enzyme.site.size()) - 1;
            for (const auto& joint : joints_of(product)) {
                Interval around{joint.start - reach, joint.end + reach};
                if (!record.circular())
                    around = {std::max<std::int64_t>(around.start, 0), std::min(around.end, record.length)};
                auto holds = holds_site(letters_of(record, around), enzyme);
                if (!holds || *holds) return holds;
            }
        }
        return false;
    }

    Status drop_remade_sites() {
        if (!cuts_while_ligating(options_.method)) return {};
        std::vector<Product> kept;
        for (auto& product : assembly_.products) {
            const auto made = makes_site(product);
            if (!made) return pass(made);
            if (*made)
                ++remade_;
            else
                kept.push_back(std::move(product));
        }
        assembly_.products = std::move(kept);
        return {};
    }

    void mark_intended() {
        auto& products = assembly_.products;
        if (options_.intended) {
            for (auto& product : products) product.intended = product.canonical == *options_.intended;
        } else {
            Product* whole = nullptr;
            std::size_t count = 0;
            for (auto& product : products)
                if (holds_all(product)) whole = &product, ++count;
            if (count == 1) whole->intended = true;
        }
        std::stable_partition(products.begin(), products.end(),
                              [](const Product& product) { return product.intended; });
    }

    [[nodiscard]] bool holds_all(const Product& product) const {
        auto held = used_;  // oligos that bridge or are annealed to a longer one
        for (const auto& part : product.parts) held[part.input] = true;
        return std::all_of(held.begin(), held.end(), [](bool one) { return one; });
    }

    void add_fidelities() {
        if (options_.ligation == nullptr || !cuts_while_ligating(options_.method)) return;
        std::vector<Joint> joints;
        bool all_known = !assembly_.products.empty();
        for (const auto& product : assembly_.products)
            for (const auto& junction : product.junctions)
                if (const auto joint = joint_of(junction.bases); joint)
                    joints.push_back(*joint);
                else
                    all_known &= options_.method == Method::basic;  // long overhangs of linkers are not ligated
        std::sort(joints.begin(), joints.end());
        joints.erase(std::unique(joints.begin(), joints.end()), joints.end());
        if (!all_known || joints.empty()) return;
        const auto each = options_.ligation->each(joints);
        assembly_.fidelity = options_.ligation->fidelity(joints);
        for (auto& product : assembly_.products)
            for (auto& junction : product.junctions)
                if (const auto joint = joint_of(junction.bases))
                    junction.fidelity = each[static_cast<std::size_t>(
                        std::lower_bound(joints.begin(), joints.end(), *joint) - joints.begin())];
    }

    void add_leftovers() {
        std::vector<bool> taken(graph_.pieces.size());
        for (const auto& product : assembly_.products)
            for (const auto& part : product.parts) taken[part.piece] = true;
        for (std::size_t i = 0; i < taken.size(); ++i) {
            const auto& [input, piece, bridge] = graph_.pieces[i];
            if (!taken[i] && !bridge)
                assembly_.leftovers.push_back({input, piece.at, piece.uncut && !options_.enzymes.empty()});
        }
        std::sort(assembly_.leftovers.begin(), assembly_.leftovers.end(), [](const Leftover& a, const Leftover& b) {
            return std::pair(a.input, a.at) < std::pair(b.input, b.at);
        });
    }

    void note(std::string code, Text message) { assembly_.notes.push_back({std::move(code), std::move(message)}); }

    void add_notes(bool cut_short) {
        if (cut_short)
            note("max_parts", text({"products of more than {} parts were not followed", "超过 {} 个部件的产物未展开"},
                                   options_.max_parts));
        if (remade_ > 0)
            note("site_created",
                 text({"{} products were left out: a joint makes a new site, so that they are cut again",
                       "已去除 {} 个产物：接合处形成新的酶切位点，会被再次切开"},
                      remade_));
        note_palindromes();
        if (!assembly_.products.empty()) {
            const auto wanted = options_.intended && !assembly_.products.front().intended;
            if (wanted) note("intended_missing", {"the intended product is not formed", "未生成预期产物"});
            return;
        }
        std::int64_t uncut = 0;
        for (const auto& leftover : assembly_.leftovers) uncut += leftover.uncut ? 1 : 0;
        if (uncut > 0)
            note("uncut", text({"{} inputs are cut by none of the enzymes", "{} 个输入未被任何酶切开"}, uncut));
        if (graph_.recut_joints > 0)
            note("recut",
                 text({"{} joints would restore a site and are cut again", "{} 处接合会恢复酶切位点，将被再次切开"},
                      graph_.recut_joints / 2));
        std::int64_t lonely = 0;
        for (const auto& links : graph_.links) lonely += links.empty() ? 1 : 0;
        note("lonely_ends", text({"{} of {} ends fit no other end", "{1} 个末端中有 {0} 个找不到可连接的末端"}, lonely,
                                 graph_.links.size()));
    }

    void note_palindromes() {
        std::set<std::string> palindromes;
        if (joins_overhangs(options_.method))
            for (const auto& product : assembly_.products)
                for (const auto& junction : product.junctions)
                    if (!junction.bases.empty() && junction.bases == seq::reverse_complement(junction.bases))
                        palindromes.insert(junction.bases);
        for (const auto& overhang : palindromes)
            note("palindromic_overhang",
                 text({"{} fits itself: two copies of a piece can be joined head to head, which is not listed",
                       "{} 可与自身配对：同一片段的两个拷贝可头对头连接，此类产物未列出"},
                      overhang));
    }

    std::span<const seq::Record> inputs_;
    const AssemblyOptions& options_;
    const Context& context_;
    std::vector<bool> used_;  // inputs that are no part but help
    std::vector<Product*> keep_{};
    std::map<std::pair<std::string, std::string>, bool> seen_{};
    EndGraph graph_{};
    Assembly assembly_{};
    std::int64_t remade_ = 0;
};

}  // namespace

Result<Assembly> assemble(std::span<const seq::Record> inputs, const AssemblyOptions& options, const Context& context) {
    return Reaction(inputs, options, context).run();
}

}  // namespace leaven::dna
