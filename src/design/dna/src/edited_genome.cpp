#include <algorithm>
#include <tuple>

#include <leaven/dna/genome_edit.hpp>

#include "shift.hpp"

namespace leaven::dna {
namespace {

/// Features of what came in at `place`, among those that begin there.
void add_features(seq::Record& record, std::vector<seq::Feature> features, std::int64_t place) {
    if (features.empty()) return;
    for (auto& feature : features) shift(feature.location, place, 0);
    const auto behind = std::find_if(record.features.begin(), record.features.end(), [&](const seq::Feature& feature) {
        return feature.type != "source" && extent_of(feature.location, record.length, record.topology).start >= place;
    });
    record.features.insert(behind, std::make_move_iterator(features.begin()), std::make_move_iterator(features.end()));
}

}  // namespace

Status check_apart(std::span<const GenomeEdit> edits, std::span<const seq::Record> genome, std::int64_t reach) {
    for (std::size_t i = 0; i < edits.size(); ++i)
        for (std::size_t k = i + 1; k < edits.size(); ++k) {
            if (edits[i].record != edits[k].record) continue;
            const auto& record = genome[edits[i].record];
            const auto turn = record.circular() ? record.length : 0;
            for (const auto shift : {std::int64_t{0}, turn, -turn}) {
                const auto start = edits[k].at.start + shift;
                const auto end = edits[k].at.end + shift;
                if (end + reach <= edits[i].at.start || edits[i].at.end + reach <= start) continue;
                return bad_input({"{} and {} are less than {} bases apart", "{} 与 {} 相距不足 {} 个碱基"},
                                 edits[i].text, edits[k].text, reach)
                    .at("edit")
                    .advise(
                        {"join them into one edit, or make one after the other", "请合并为一个编辑，或先后分别进行"});
            }
        }
    return {};
}

Result<std::vector<seq::Record>> edited_genome(std::span<const seq::Record> genome, std::span<const GenomeEdit> edits) {
    std::vector<const GenomeEdit*> order;
    for (const auto& edit : edits) order.push_back(&edit);
    // From the end, so that places before an edit stand still; one over the origin turns the record and comes last.
    std::stable_sort(order.begin(), order.end(), [&](const GenomeEdit* a, const GenomeEdit* b) {
        const auto over = [&](const GenomeEdit* edit) { return edit->at.end > genome[edit->record].length; };
        return std::tuple(a->record, over(a), -a->at.start) < std::tuple(b->record, over(b), -b->at.start);
    });
    std::vector<seq::Record> records(genome.begin(), genome.end());
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t k = i + 1; k < order.size(); ++k) {
            if (order[i]->record != order[k]->record) continue;
            const auto length = genome[order[i]->record].length;
            for (const auto turn : {std::int64_t{0}, length, -length}) {
                const seq::Interval moved{order[k]->at.start + turn, order[k]->at.end + turn};
                const bool apart = moved.end <= order[i]->at.start || order[i]->at.end <= moved.start;
                if (apart && !(moved.empty() && moved == order[i]->at)) continue;
                return bad_input({"{} and {} change the same bases", "{} 与 {} 改动了相同的碱基"}, order[i]->text,
                                 order[k]->text)
                    .at("edit")
                    .advise({"join them into one edit", "请合并为一个编辑"});
            }
        }
    for (const auto* edit : order) {
        auto& record = records[edit->record];
        auto now = *edit;
        const auto length = genome[edit->record].length;
        if (now.at.end > length) {  // all others lie before it and have moved it
            const auto moved = record.length - length;
            now.at = {now.at.start + moved, now.at.end + moved};
        }
        std::vector<seq::FeatureChange> changes;
        const bool over = now.at.end > record.length;
        if (auto status = seq::apply(record, now.on_record(record.length), changes); !status) return pass(status);
        const auto size = static_cast<std::int64_t>(now.letters.size());
        add_features(record, std::move(now.features), over ? record.length - size : now.at.start);
    }
    return records;
}

}  // namespace leaven::dna
