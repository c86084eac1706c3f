#include "following_words.hpp"

#include <algorithm>

namespace leaven::cli {
namespace {

/// A word, and the list option whose value stands before it, if any.
struct Word {
    std::string text;
    std::string option{};
};

struct Sorted {
    std::vector<Word> words;
    std::size_t inputs = 0;     // words that only an input can take
    std::size_t followers = 0;  // words that follow the value of a list
};

const FieldInfo* option_named(const Operation& operation, std::string name) {
    name.erase(0, name.find_first_not_of('-'));
    std::replace(name.begin(), name.end(), '-', '_');
    for (const auto& info : operation.parameters)
        if (!info.field.input && info.field.name == name) return &info;
    return nullptr;
}

/// "-" is standard input, "-5" a number.
bool is_option(const std::string& word) {
    return word.size() > 1 && word[0] == '-' && word[1] != '.' && (word[1] < '0' || word[1] > '9');
}

/// Does the next word belong to the option? To a boolean it may, as CLI11 reads it.
bool takes_value(const std::string& option) {
    return option != "--json" && option != "--schema" && option != "--help" && option != "-h";
}

Sorted sort_words(const Operation& operation, const std::vector<std::string>& words) {
    Sorted sorted;
    std::string open;  // the list option that may go on
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!is_option(word)) {
            sorted.words.push_back({word, open});
            ++(open.empty() ? sorted.inputs : sorted.followers);
            continue;
        }
        sorted.words.push_back({word});
        const auto equals = word.find('=');
        const auto option = word.substr(0, equals);
        const auto* info = option_named(operation, option);
        open = info != nullptr && info->kind == Kind::list ? option : "";
        const bool next_is_word = i + 1 < words.size() && !is_option(words[i + 1]);
        if (equals == std::string::npos && next_is_word && takes_value(option)) sorted.words.push_back({words[++i]});
    }
    return sorted;
}

}  // namespace

std::vector<std::string> with_options_repeated(const Operation& operation, const std::vector<std::string>& words) {
    if (std::find(words.begin(), words.end(), "--") != words.end()) return words;
    std::size_t wanted = 0;
    bool endless = false;
    for (const auto& info : operation.parameters) {
        if (!info.field.input) continue;
        wanted += info.field.required ? 1 : 0;
        endless = info.kind == Kind::list;
    }
    const auto sorted = sort_words(operation, words);
    const auto waiting = wanted > sorted.inputs ? wanted - sorted.inputs : 0;
    if (endless || sorted.followers <= waiting) return words;
    auto repeated = sorted.followers - waiting;
    std::vector<std::string> out;
    for (const auto& word : sorted.words) {
        if (!word.option.empty() && repeated > 0) {
            --repeated;
            out.push_back(word.option);
        }
        out.push_back(word.text);
    }
    return out;
}

}  // namespace leaven::cli
