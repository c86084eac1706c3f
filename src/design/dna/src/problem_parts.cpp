#include "problem_parts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/data/catalogue.hpp>
#include <leaven/dna/fold.hpp>
#include <leaven/seq/read.hpp>

namespace leaven::dna {
namespace {

Result<std::string> bases_of_text(const std::string& letters, const std::string& where) {
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char c = letters[i];
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        if (!seq::is_nucleotide(c))
            return bad_input({"\"{}\" is not an IUPAC letter of DNA", "“{}”不是 IUPAC 核苷酸字母"},
                             letters.substr(i, 1))
                .at(fmt::format("{}, letter {}", where, i + 1))
                .advise({"use A C G T R Y S W K M B D H V N", "请使用 A C G T R Y S W K M B D H V N"});
        out.push_back(seq::letter_of(seq::bases_of(c)));
    }
    return out;
}

/// Codons lie whole in the pieces of a place?
Status check_frame(const Place& place, std::int64_t codons, const std::string& where) {
    std::int64_t bases = 0;
    bool split = false;
    for (const auto& piece : place.pieces) {
        bases += piece.at.length();
        split = split || (bases % 3 != 0 && &piece != &place.pieces.back());
    }
    if (split)
        return bad_input({"a codon is split between two parts of the location", "有密码子跨越位置的两个部分"})
            .at(where)
            .advise({"let each part hold whole codons", "请使每个部分包含完整密码子"});
    if (bases % 3 == 0 && (codons < 0 || bases == 3 * codons)) return {};
    return bad_input({"the location has {} bases, the protein needs {}", "该位置有 {} 个碱基，蛋白质需要 {} 个"}, bases,
                     codons < 0 ? bases / 3 * 3 : 3 * codons)
        .at(where)
        .advise({"correct the location or the protein", "请更正位置或蛋白质"});
}

/// The place of the only coding region where none was given.
void use_coding_place(const Problem& problem, Place& place) {
    if (!place.whole) return;
    const Constraint* only = nullptr;
    for (const auto& constraint : problem.constraints)
        if (constraint.kind == "translation") {
            if (only != nullptr) return;
            only = &constraint;
        }
    if (only != nullptr) place = only->place;
}

std::int64_t code_of(const Problem& problem) {
    for (const auto& constraint : problem.constraints)
        for (const auto& rule : constraint.rules)
            if (const auto* translation = std::get_if<Translation>(&rule)) return translation->table;
    return 11;
}

/// Weights of the tRNA index: out of an annotated genome, or a table of weights.
Result<PerCodon> trna_weights(const std::string& table, std::int64_t code_id, const std::string& where) {
    const auto code = seq::genetic_code(code_id);
    if (!code) return pass(code);
    const auto amino_acids = amino_acids_of(*code);
    const auto names = codon_table_names();
    if (std::find(names.begin(), names.end(), table) == names.end())
        if (const auto path = data::resolve(table))
            if (const auto document = seq::read_document(*path))
                if (const auto genes = trna_genes_of(document->records)) return tai_weights(*genes, amino_acids);
    const auto loaded = load_codon_table(table, code_id);
    if (!loaded) return pass(loaded);
    if (loaded->has_fractions)
        return bad_input({"a table of codon use has no tRNA weights", "密码子使用表不含 tRNA 权重"})
            .at(where)
            .advise(
                {"give an annotated genome, or a table of codon and weight", "请给出带注释的基因组，或密码子与权重表"});
    return loaded->weight;
}

template <class T>
Status in_field(const Result<T>& result, const std::string& where) {
    if (result) return {};
    auto error = result.error();
    error.where = where;
    return tl::unexpected(error);
}

}  // namespace

std::vector<std::pair<std::int64_t, seq::Strand>> positions_of(const Place& place, std::int64_t length) {
    std::vector<std::pair<std::int64_t, seq::Strand>> out;
    for (const auto& piece : place.pieces)
        for (std::int64_t i = 0; i < piece.at.length(); ++i) {
            const auto p = piece.strand == seq::Strand::forward ? piece.at.start + i : piece.at.end - 1 - i;
            out.emplace_back(p % length, piece.strand);
        }
    return out;
}

std::string read_place(std::string_view letters, const Place& place) {
    std::string out;
    for (const auto& [p, strand] : positions_of(place, static_cast<std::int64_t>(letters.size()))) {
        const char c = letters[static_cast<std::size_t>(p)];
        out.push_back(strand == seq::Strand::forward ? c : seq::complement(c));
    }
    return out;
}

Status set_molecule(Problem& problem, const form::Molecule& form, const std::string& name) {
    problem.topology = form.topology == "circular" ? seq::Topology::circular : seq::Topology::linear;
    auto sequence = bases_of_text(form.sequence, name + ": sequence");
    auto left = bases_of_text(form.left_flank.value_or(""), name + ": left_flank");
    auto right = bases_of_text(form.right_flank.value_or(""), name + ": right_flank");
    for (const auto* part : {&sequence, &left, &right})
        if (!*part) return pass(*part);
    if (sequence->empty() == form.protein.empty())
        return bad_input({"give either sequence or protein", "请给出 sequence 或 protein 之一"})
            .at(name)
            .advise({"sequence holds bases, protein amino acids", "sequence 为碱基，protein 为氨基酸"});
    if (problem.circular() && !(left->empty() && right->empty()))
        return bad_input({"a circle has no flanks", "环形分子没有侧翼序列"})
            .at(name + ": left_flank")
            .advise({"leave the flanks out", "请去掉侧翼序列"});
    problem.start = *std::move(sequence);
    problem.left_flank = *std::move(left);
    problem.right_flank = *std::move(right);
    problem.length = static_cast<std::int64_t>(problem.start.size());
    if (form.protein.empty()) return {};
    problem.length = 3 * static_cast<std::int64_t>(form.protein.size());
    auto place = place_of(problem, "", name);
    auto translation = make_translation(problem, *place, form.protein, 11, name + ": protein");
    if (!translation) return pass(translation);
    problem.constraints.push_back({"protein", "translation", *place, {*std::move(translation)}});
    return {};
}

Result<Place> place_of(const Problem& problem, const std::string& location, const std::string& where) {
    Place place;
    if (location.empty()) {
        place.pieces.push_back({{0, problem.length}, seq::Strand::forward, {}});
        return place;
    }
    const auto parsed = seq::parse_location(location, problem.length, problem.topology);
    if (auto status = in_field(parsed, where); !status) return pass(status);
    place.pieces = seq::pieces_of(*parsed, problem.length, problem.topology);
    std::erase_if(place.pieces, [](const seq::Piece& piece) { return piece.at.empty() || !piece.remote.empty(); });
    if (place.pieces.empty())
        return bad_input({"the location holds no base", "该位置不含碱基"})
            .at(where)
            .advise({"give a span such as 1..30", "请给出区间，如 1..30"});
    place.whole = !problem.circular() && place.pieces.size() == 1 &&
                  place.pieces.front().at == seq::Interval{0, problem.length} &&
                  place.pieces.front().strand == seq::Strand::forward;
    return place;
}

Result<Translation> make_translation(const Problem& problem, const Place& place, const std::string& protein,
                                     std::int64_t table, const std::string& where) {
    const auto code = seq::genetic_code(table);
    if (auto status = in_field(code, where + ".table"); !status) return pass(status);
    Translation rule{.protein = protein, .table = table, .amino_acids = amino_acids_of(*code)};
    const auto coding = problem.start.empty() ? std::string() : read_place(problem.start, place);
    if (coding.size() % 3 == 0 && !coding.empty() && rule.protein.size() + 1 == coding.size() / 3 &&
        code->translate(coding.substr(coding.size() - 3)) == '*')
        rule.protein.push_back('*');
    if (rule.protein.empty()) rule.protein = seq::translate(coding, *code);
    for (std::size_t i = 0; i < rule.protein.size(); ++i) {
        auto& letter = rule.protein[i];
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 32);
        if (std::string_view("ACDEFGHIKLMNPQRSTVWY*XU").find(letter) == std::string_view::npos)
            return bad_input({"\"{}\" is not an amino acid", "“{}”不是氨基酸"}, rule.protein.substr(i, 1))
                .at(fmt::format("{}, letter {}", where, i + 1))
                .advise(
                    {"use the one-letter code, * for a stop, X for any", "请使用单字母代码，* 表示终止，X 表示任意"});
    }
    if (auto status = check_frame(place, static_cast<std::int64_t>(rule.protein.size()), where + ".location"); !status)
        return pass(status);
    const auto first = coding.substr(0, 3);
    const bool starts = codon_of(first) && code->starts_with(first) && code->translate(first) != 'M';
    if (starts && (rule.protein.front() == 'M' || protein.empty())) {
        rule.protein.front() = 'M';
        rule.start_codon = first;
    }
    return rule;
}

Rules rules_of(const Problem& problem, const form::Translation& form, Place& place, const std::string& where,
               const std::filesystem::path&) {
    auto rule = make_translation(problem, place, form.protein, form.table, where);
    if (!rule) return pass(rule);
    return std::vector<Rule>{*std::move(rule)};
}

Rules rules_of(const Problem& problem, const form::Common&, Place&, const std::string& where,
               const std::filesystem::path&) {
    if (problem.start.empty())
        return bad_input({"there is no sequence to keep", "没有可保留的序列"})
            .at(where)
            .advise({"give sequence instead of protein", "请给出 sequence 而非 protein"});
    return std::vector<Rule>{Keep{problem.start}};
}

Rules rules_of(const Problem&, const form::Avoid& form, Place&, const std::string& where,
               const std::filesystem::path&) {
    auto pattern = parse_pattern(form.pattern, where + ".pattern");
    if (!pattern) return pass(pattern);
    return std::vector<Rule>{Avoid{*std::move(pattern), form.strand != "-", form.strand != "+"}};
}

Rules rules_of(const Problem&, const form::Require& form, Place&, const std::string& where,
               const std::filesystem::path&) {
    auto pattern = parse_pattern(form.pattern, where + ".pattern");
    if (!pattern) return pass(pattern);
    if (pattern->word.empty() && form.count > 1)
        return bad_input({"places of an expression are not counted beyond one", "正则表达式只能要求出现一次"})
            .at(where + ".count")
            .advise({"give an IUPAC word, or count 1", "请给出 IUPAC 串，或将 count 设为 1"});
    return std::vector<Rule>{Require{*std::move(pattern), form.count}};
}

Rules rules_of(const Problem&, const form::Gc& form, Place&, const std::string& where, const std::filesystem::path&) {
    if (form.min > form.max)
        return bad_input({"min {} is above max {}", "min {} 大于 max {}"}, form.min, form.max)
            .at(where + ".min")
            .advise({"exchange them", "请交换两者"});
    return std::vector<Rule>{GcRange{form.min, form.max, form.window}};
}

Rules rules_of(const Problem&, const form::Homopolymer& form, Place&, const std::string&,
               const std::filesystem::path&) {
    const auto limit = [](const std::optional<std::int64_t>& value) { return value.value_or(-1); };
    return std::vector<Rule>{Homopolymer{{limit(form.max.a), limit(form.max.c), limit(form.max.g), limit(form.max.t)}}};
}

Rules rules_of(const Problem&, const form::Repeat& form, Place&, const std::string&, const std::filesystem::path&) {
    return std::vector<Rule>{Repeat{form.k, form.strand == "both"}};
}

Rules rules_of(const Problem&, const form::Hairpin& form, Place&, const std::string&, const std::filesystem::path&) {
    return std::vector<Rule>{Hairpin{form.stem, form.span}};
}

Rules rules_of(const Problem&, const form::NoMatch& form, Place&, const std::string& where,
               const std::filesystem::path& folder) {
    std::error_code code;
    const bool beside = !std::filesystem::exists(form.file, code) && std::filesystem::exists(folder / form.file, code);
    const auto path = data::resolve(beside ? (folder / form.file).string() : form.file);
    if (!path) return pass(path);
    const auto document = seq::read_document(*path);
    if (auto status = in_field(document, where + ".file"); !status) return pass(status);
    auto words = std::make_shared<std::unordered_set<std::string>>();
    const auto k = static_cast<std::size_t>(form.k);
    for (const auto& record : document->records) {
        const auto once = seq::letters_at(record.sequence.letters, {0, record.length});
        const auto joined = record.circular() && once.size() >= k ? once + once.substr(0, k - 1) : once;
        for (const auto& strand : {joined, seq::reverse_complement(joined)})
            for (std::size_t i = 0; i + k <= strand.size(); ++i) words->insert(strand.substr(i, k));
    }
    return std::vector<Rule>{NoMatch{form.k, form.file, std::move(words)}};
}

Rules rules_of(const Problem& problem, const form::Rare& form, Place& place, const std::string& where,
               const std::filesystem::path&) {
    use_coding_place(problem, place);
    if (auto status = check_frame(place, -1, where + ".location"); !status) return pass(status);
    auto table = load_codon_table(form.table, code_of(problem));
    if (auto status = in_field(table, where + ".table"); !status) return pass(status);
    if (!table->has_fractions)
        return bad_input({"this table has weights, no fractions", "该表只有权重，没有比例"})
            .at(where + ".table")
            .advise({"give a table of codon use", "请给出密码子使用表"});
    return std::vector<Rule>{Rare{form.min_fraction, *std::move(table)}};
}

Rules rules_of(const Problem& problem, const form::Melting& form, Place& place, const std::string& where,
               const std::filesystem::path&) {
    if (!form.min && !form.max)
        return bad_input({"neither min nor max is given", "未给出 min 或 max"})
            .at(where + ".min")
            .advise({"give a temperature in degrees Celsius", "请给出温度（°C）"});
    if (form.min && form.max && *form.min > *form.max)
        return bad_input({"min {} is above max {}", "min {} 大于 max {}"}, *form.min, *form.max)
            .at(where + ".min")
            .advise({"exchange them", "请交换两者"});
    const bool ends = place.pieces.size() == 1 && !(problem.circular() && place.whole);
    if (!ends || place.pieces.front().at.length() < 2)
        return bad_input({"what melts is one stretch of at least two bases", "解链对象应为一段至少两个碱基的序列"})
            .at(where + ".location")
            .advise({"give a span such as 1..30", "请给出区间，如 1..30"});
    return std::vector<Rule>{MeltingRange{form.min, form.max}};
}

Rules rules_of(const Problem& problem, const form::Structure& form, Place& place, const std::string& where,
               const std::filesystem::path&) {
    std::int64_t bases = form.window;
    if (form.window == 0)
        for (const auto& piece : place.pieces) bases += piece.at.length();
    if (form.window == 0 && problem.circular() && place.whole)
        return bad_input({"a circle has no ends to fold between", "环形分子没有可供折叠的端点"})
            .at(where + ".window")
            .advise({"give a location or a window", "请给出 location 或 window"});
    if (bases > longest_fold)
        return bad_input({"{} bases are too many to fold, at most {}", "{} 个碱基过长，折叠上限为 {}"}, bases,
                         longest_fold)
            .at(where + ".window")
            .advise({"give a window", "请给出 window"});
    auto model = EnergyModel::at({});
    if (!model) return pass(model);
    return std::vector<Rule>{Folding{form.max_dg, form.window, std::make_shared<const EnergyModel>(*std::move(model))}};
}

Rules rules_of(const Problem&, const form::Rules& form, Place&, const std::string& where,
               const std::filesystem::path&) {
    return load_synthesis_rules(form.rules.empty() ? form.id : form.rules,
                                where + (form.rules.empty() ? ".id" : ".rules"));
}

Result<Goal> goal_of(const Problem& problem, const form::Codon& form, Place& place, const std::string& where) {
    use_coding_place(problem, place);
    if (auto status = check_frame(place, -1, where + ".location"); !status) return pass(status);
    const auto code = code_of(problem);
    CodonGoal goal;
    if (form.method == "tai") {
        auto weights = trna_weights(form.table, code, where + ".table");
        if (auto status = in_field(weights, where + ".table"); !status) return pass(status);
        goal.method = CodonMethod::tai;
        goal.weights = *weights;
        goal.table.amino_acids = amino_acids_of(*seq::genetic_code(code));
        return goal;
    }
    auto table = load_codon_table(form.table, code);
    if (auto status = in_field(table, where + ".table"); !status) return pass(status);
    goal.weights = table->weight;
    goal.method = form.method == "match"       ? CodonMethod::match
                  : form.method == "harmonise" ? CodonMethod::harmonise
                                               : CodonMethod::cai;
    if (goal.method == CodonMethod::match && !table->has_fractions)
        return bad_input({"this table has weights, no fractions", "该表只有权重，没有比例"})
            .at(where + ".table")
            .advise({"give a table of codon use", "请给出密码子使用表"});
    goal.table = *std::move(table);
    if (goal.method != CodonMethod::harmonise) return goal;
    if (problem.start.empty() || form.source_table.empty())
        return bad_input(
                   {"harmonising needs the source's sequence and its codon table", "协调化需要来源序列及其密码子表"})
            .at(where + ".source_table")
            .advise({"give sequence and source_table", "请给出 sequence 和 source_table"});
    const auto source = load_codon_table(form.source_table, code);
    if (auto status = in_field(source, where + ".source_table"); !status) return pass(status);
    goal.source = source->weight;
    goal.start = read_place(problem.start, place);
    return goal;
}

Result<Goal> goal_of(const Problem&, const form::GcTarget& form, Place&, const std::string&) {
    return GcGoal{form.target};
}

Result<Goal> goal_of(const Problem& problem, const form::Change&, Place&, const std::string& where) {
    if (problem.start.empty())
        return bad_input({"there is no sequence to stay near to", "没有可供比较改动的序列"})
            .at(where)
            .advise({"give sequence instead of protein", "请给出 sequence 而非 protein"});
    return ChangeGoal{};
}

}  // namespace leaven::dna
