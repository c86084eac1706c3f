#include <leaven/core/counted.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/pattern.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct FindParams {
    std::string file{};
    std::string pattern{};
    std::string strand = "both";
    std::int64_t mismatches = 0;
    std::string ambiguous = "never";
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        InputOptions::describe_file(p.file, v);
        v(p.pattern, {.name = "pattern",
                      .doc = {"IUPAC word, /expression/, or name of an enzyme", "IUPAC 串、/正则表达式/ 或酶名"},
                      .required = true});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "both|+|-"});
        v(p.mismatches,
          {.name = "mismatches", .doc = {"mismatches allowed", "允许的错配数"}, .unit = "1", .min = 0, .max = 5});
        v(p.ambiguous, {.name = "ambiguous",
                        .doc = {"what an uncertain letter of the sequence matches", "序列中不确定字母如何匹配"},
                        .choices = "never|possible"});
        InputOptions::describe(p.reading, v);
    }
};

struct HitRow {
    std::string record{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";
    std::string sequence{};
    std::int64_t mismatches = 0;

    static void describe(auto& p, auto&& v) {
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.mismatches, {.name = "mismatches", .doc = {"mismatches", "错配数"}, .unit = "1"});
    }
};

struct FindResult {
    std::vector<HitRow> hits{};

    static void describe(auto& p, auto&& v) { v(p.hits, {.name = "hits", .doc = {"hits", "命中"}}); }

    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{}", "{:n} 处命中"}, counted(hits.size(), "hit"))};
    }
};

/// The word or expression that a person typed; an enzyme's site for its name.
struct Asked {
    std::string text{};
    bool expression = false;
};

Result<Asked> asked_for(const std::string& pattern) {
    if (pattern.size() > 1 && pattern.starts_with('/') && pattern.ends_with('/'))
        return Asked{pattern.substr(1, pattern.size() - 2), true};
    bool word = !pattern.empty();
    for (const char c : pattern) word = word && is_nucleotide(c);
    if (word || pattern.empty()) return Asked{pattern, false};
    const auto enzymes = load_enzymes();
    if (!enzymes) return pass(enzymes);
    const auto enzyme = find_enzyme(*enzymes, pattern);
    if (!enzyme) return pass(enzyme);
    return Asked{enzyme->site, false};
}

Result<FindResult> find_in_file(const FindParams& parameters, Context& context) {
    const auto asked = asked_for(parameters.pattern);
    if (!asked) return pass(asked);
    const FindOptions options{.forward = parameters.strand != "-",
                              .reverse = parameters.strand != "+",
                              .mismatches = parameters.mismatches,
                              .ambiguous = parameters.ambiguous == "possible" ? Ambiguous::possible : Ambiguous::never};
    if (asked->expression && options.mismatches > 0)
        return bad_input({"mismatches are counted for words, not for expressions",
                          "错配仅适用于 IUPAC 串，不适用于正则表达式"})
            .at("mismatches")
            .advise({"leave it 0, or give a word", "请设为 0，或改用 IUPAC 串"});
    auto reader = open_input(parameters.file, parameters.reading);
    if (!reader) return pass(reader);
    FindResult result;
    for (;;) {
        auto next = reader->next();
        if (!next) return pass(next);
        if (!*next) return result;
        const auto& record = **next;
        if (record.sequence.alphabet == Alphabet::protein) continue;
        const auto matches = asked->expression
                                 ? find_expression(record.sequence, record.topology, asked->text, options, context)
                                 : find_word(record.sequence, record.topology, asked->text, options, context);
        if (!matches) return pass(matches);
        for (const auto& match : *matches) {
            auto read = letters_at(record.sequence.letters, match.at);
            if (match.strand == Strand::reverse) read = reverse_complement(read, record.sequence.alphabet);
            result.hits.push_back(
                {record.id, match.at.start, match.at.end, name_of(match.strand), std::move(read), match.mismatches});
        }
    }
}

}  // namespace

Operation find_operation_of_patterns() {
    return make("seq find",
                {"Where a word, an expression or an enzyme's site occurs, over the origin too",
                 "查找串、正则表达式或酶切位点，包括跨越原点者"},
                find_in_file);
}

}  // namespace leaven::seq
