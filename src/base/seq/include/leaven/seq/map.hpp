// A molecule drawn: a ring or a line with its features as arrows, labels that do not overlap, ticks where enzymes cut.
//
// Works on light and dark ground, in grey (arrows and lanes say the same as colour) and for colour-blind readers
// (colours of Okabe & Ito). Threads: pure functions; the same input gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/text.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

/// A place to mark on the map.
struct Tick {
    std::string label{};
    std::int64_t position = 0;  // before this base
};

enum class MapLayout : std::uint8_t { circular, linear };

struct DrawnMap {
    std::string svg{};
    std::int64_t features_drawn = 0;
    std::int64_t labels_hidden = 0;  // for want of room: those of the shortest features first
};

DrawnMap draw_map(const Record& record, const std::vector<Tick>& ticks, MapLayout layout, Lang lang);

}  // namespace leaven::seq
