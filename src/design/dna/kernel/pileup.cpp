#include "pileup.hpp"

#include <leaven/dna/bases.hpp>

namespace leaven::dna {

void Pileup::add(const ReadAlignment& alignment) {
    const auto n = static_cast<std::int64_t>(bases.size());
    const std::size_t strand = alignment.strand == seq::Strand::forward ? 0 : 1;
    auto position = alignment.start;
    const auto& [design, read] = alignment.columns;
    bool begun = false;
    for (std::size_t k = 0; k < read.size(); ++k) {
        if (design[k] != '-') {
            joints[static_cast<std::size_t>(position)] += begun ? 1 : 0;
            begun = true;
            const int base = base_index(read[k]);
            auto& counts = bases[static_cast<std::size_t>(position)].of[strand];
            if (read[k] == '-')
                ++counts[BaseCounts::deleted];
            else if (base >= 0)
                ++counts[static_cast<std::size_t>(base)];
            position = position + 1 == n ? 0 : position + 1;
            continue;
        }
        auto end = k;
        while (end < design.size() && design[end] == '-') ++end;
        insertions.push_back({position, strand, read.substr(k, end - k)});
        k = end - 1;
    }
}

}  // namespace leaven::dna
