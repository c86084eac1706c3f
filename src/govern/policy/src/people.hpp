// Answers as people read them: aligned tables in either language, amounts and dates in words.
#pragma once

#include <string>
#include <vector>

#include <leaven/policy/combine.hpp>
#include <leaven/policy/match.hpp>

namespace leaven::policy {

std::string_view word_of(Period period);
Text standing_words(Standing standing);
Text level_words(std::string_view verdict);

/// "at most 10万元", "amount not published".
Text amount_words(const AmountFound& amount);

/// A table of texts in both languages at once; the first row is the head.
class PeopleTable {
public:
    explicit PeopleTable(std::vector<Text> head) { rows_.push_back(std::move(head)); }
    void add(std::vector<Text> row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] bool empty() const { return rows_.size() < 2; }
    void print(std::vector<Text>& lines) const;

private:
    std::vector<std::vector<Text>> rows_;
};

/// The same words in both languages.
Text plain(const std::string& words);

std::vector<Text> match_lines(const RuleSet& rules, const MatchResult& result);
std::vector<Text> combine_lines(const RuleSet& rules, const CombineResult& result);

}  // namespace leaven::policy
