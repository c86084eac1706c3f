#include "verify_words.hpp"

#include <array>
#include <utility>

#include <fmt/core.h>

namespace leaven::dna {

Doc doc_of(CloneVerdict verdict) {
    constexpr std::array<Doc, 7> words{{{"correct", "正确"},
                                        {"silent", "仅同义变异"},
                                        {"minor", "仅特征外变异"},
                                        {"wrong", "错误"},
                                        {"mixed", "混合"},
                                        {"incomplete", "覆盖不足"},
                                        {"absent", "非本设计"}}};
    return words[static_cast<std::size_t>(verdict)];
}

Doc doc_of_effect(std::string_view effect) {
    constexpr std::array<Doc, 9> words{{{"synonymous", "同义"},
                                        {"missense", "错义"},
                                        {"nonsense", "无义"},
                                        {"frameshift", "移码"},
                                        {"inframe", "框内插入或缺失"},
                                        {"deletion", "大片段缺失"},
                                        {"insertion", "大片段插入"},
                                        {"noncoding", "非编码区"},
                                        {"intergenic", "特征之外"}}};
    for (const auto& word : words)
        if (word.en == effect) return word;
    return {effect, effect};
}

std::string short_form(const Variant& variant, std::int64_t length) {
    constexpr std::size_t most_letters = 6;
    const auto size = static_cast<std::int64_t>(variant.ref.size());
    if (variant.ref.empty()) {
        const auto before = variant.position == 0 ? length : variant.position;
        const auto what = variant.alt.size() <= most_letters ? variant.alt : std::to_string(variant.alt.size());
        return fmt::format("{}_{}ins{}", before, variant.position + 1, what);
    }
    if (!variant.alt.empty()) return fmt::format("{}{}>{}", variant.position + 1, variant.ref, variant.alt);
    if (size == 1) return fmt::format("{}del{}", variant.position + 1, variant.ref);
    return fmt::format("{}_{}del", variant.position + 1, (variant.position + size - 1) % length + 1);
}

}  // namespace leaven::dna
