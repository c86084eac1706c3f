#include <algorithm>
#include <set>

#include <leaven/dna/assembly.hpp>
#include <leaven/seq/edit.hpp>

#include "shift.hpp"

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

/// A run of bases of one input in a product, from `place` on.
struct Stretch {
    std::size_t input;
    Interval at;  // what the next part shares included
    Strand strand;
    std::int64_t shared;
    std::int64_t place;
};

bool follows(const Stretch& before, const Part& part, const seq::Record& record) {
    if (before.input != part.input || before.strand != part.strand) return false;
    const bool forward = part.strand == Strand::forward;
    const auto end = forward ? before.at.end - before.shared : before.at.start + before.shared;
    const auto gap = (forward ? part.at.start : part.at.end) - end;
    const bool fits = record.circular() ? gap % record.length == 0 : gap == 0;
    return fits && before.at.length() - before.shared + part.at.length() <= record.length;
}

/// Parts that lie side by side in their input are one stretch, so that a feature over the joint is whole again.
std::vector<Stretch> stretches_of(const Product& product, std::span<const seq::Record> inputs) {
    std::vector<Stretch> stretches;
    std::int64_t place = 0;
    for (const auto& part : product.parts) {
        const auto extend = [&](Interval at, std::int64_t more) {
            return part.strand == Strand::forward ? Interval{at.start, at.end + more}
                                                  : Interval{at.start - more, at.end};
        };
        if (!stretches.empty() && follows(stretches.back(), part, inputs[part.input])) {
            auto& last = stretches.back();
            last.at = extend(last.at, part.at.length() + part.shared - last.shared);
            last.shared = part.shared;
        } else {
            stretches.push_back({part.input, extend(part.at, part.shared), part.strand, part.shared, place});
        }
        place += part.at.length();
    }
    return stretches;
}

void keep_range(seq::Record& record, std::int64_t start, std::int64_t end) {
    std::vector<seq::FeatureChange> changes;
    using Kind = seq::Edit::Kind;
    if (end < record.length) (void)apply(record, {Kind::remove, end + 1, record.length, {}}, changes);
    if (start > 0) (void)apply(record, {Kind::remove, 1, start, {}}, changes);
}

}  // namespace

const std::vector<seq::Feature>& ProductRecords::carried(const Run& run) {
    const auto known = carried_.find(run);
    if (known != carried_.end()) return known->second;
    const auto& [input, at, strand] = run;
    auto record = inputs_[input];
    // Features that lie beyond the record say nothing of these bases.
    std::erase_if(record.features, [&](const seq::Feature& feature) {
        return !lies_within(feature.location, record.length, record.topology);
    });
    auto [start, end] = at;
    if (record.circular()) {
        std::vector<seq::FeatureChange> changes;
        const auto length = std::min(end - start, record.length);
        seq::rotate(record, (start % record.length + record.length) % record.length);
        (void)apply(record, {seq::Edit::Kind::linearise, 0, 0, {}}, changes);
        start = 0, end = length;
    }
    keep_range(record, std::max<std::int64_t>(start, 0), end);
    if (strand == Strand::reverse) seq::reverse(record);
    return carried_.emplace(run, std::move(record.features)).first->second;
}

std::vector<seq::Feature> ProductRecords::features_of(const Product& product) {
    const bool circular = product.topology == seq::Topology::circular;
    const auto length = static_cast<std::int64_t>(product.letters.size());
    std::vector<seq::Feature> features;
    std::set<std::tuple<std::string, std::string, std::string>> known;
    for (const auto& stretch : stretches_of(product, inputs_))
        for (auto feature : carried({stretch.input, stretch.at, stretch.strand})) {
            shift(feature.location, stretch.place, circular ? length : 0);
            feature.written_location.clear();
            const auto text = to_text(feature.location, circular ? length : 0);
            if (known.emplace(feature.type, feature.label(), text).second) features.push_back(std::move(feature));
        }
    std::stable_sort(features.begin(), features.end(), [&](const seq::Feature& a, const seq::Feature& b) {
        return extent_of(a.location, length, product.topology) < extent_of(b.location, length, product.topology);
    });
    return features;
}

seq::Record ProductRecords::record_of(const Product& product, const std::string& name) {
    seq::Record record;
    record.name = record.id = name;
    record.molecule = "DNA";
    record.topology = product.topology;
    record.set_sequence({product.letters, {}, seq::Alphabet::dna});
    record.features = features_of(product);
    return record;
}

}  // namespace leaven::dna
