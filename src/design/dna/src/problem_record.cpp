// Problems out of annotated records, and molecules under a synthesis rule set.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/op/read.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/read.hpp>

#include "label.hpp"
#include "only_record.hpp"
#include "problem_parts.hpp"

namespace leaven::dna {
namespace {

/// The record holds its bases, and they are of DNA.
Status check_sequence(const seq::Record& record) {
    if (!record.sequence.letters.empty() && record.sequence.alphabet != seq::Alphabet::protein) return {};
    return bad_input({"the record holds no sequence of bases", "该记录不含碱基序列"})
        .at(record.id)
        .advise({"fetch the record with its sequence", "请获取带序列的记录"});
}

/// Are the numbers of a form in the ranges that its fields state? Errors  bad_input
template <class Form>
Status check_ranges(Form& form, const std::string& where) {
    Status status;
    Form::describe(form, [&](auto& member, const Field& field) {
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::same_as<Member, double> || std::same_as<Member, std::int64_t>)
            if (status)
                status = check_number(static_cast<double>(member), field, fmt::format("{}: {}", where, field.name));
    });
    return status;
}

/// A problem that grows feature by feature.
class Drafter {
public:
    Drafter(const seq::Record& record, const std::string& organism) : record_(record), organism_(organism) {}

    Result<Problem> run() {
        form::Molecule molecule{.sequence = seq::letters_at(record_.sequence.letters, {0, record_.length})};
        molecule.topology = record_.circular() ? "circular" : "linear";
        if (auto status = set_molecule(problem_, molecule, record_.id); !status) return pass(status);
        for (const auto& feature : record_.features)
            for (const auto& label : labels_of(feature))
                if (auto status = add_label(feature, label); !status) return pass(status);
        if (problem_.constraints.empty() && problem_.objectives.empty())
            if (auto status = add_coding_features(); !status) return pass(status);
        return std::move(problem_);
    }

private:
    std::string name(std::string_view kind) { return fmt::format("{}{}", kind, ++numbers_[std::string(kind)]); }
    std::string where(const seq::Feature& feature) const {
        return fmt::format("{}: {} {}", record_.id, feature.type, record_.text_of(feature.location));
    }

    template <class Form>
    Status add(Form form, const std::string& location, const std::string& place_name) {
        if (auto status = check_ranges(form, place_name); !status) return status;
        form.location = location;
        auto place = place_of(problem_, form.location, place_name);
        if (!place) return pass(place);
        auto rules = rules_of(problem_, form, *place, place_name, {});
        if (!rules) return pass(rules);
        problem_.constraints.push_back({form.id, form.kind, *std::move(place), *std::move(rules)});
        return {};
    }

    template <class Form>
    Status add_goal(Form form, const std::string& location, const std::string& place_name) {
        if (auto status = check_ranges(form, place_name); !status) return status;
        form.location = location;
        auto place = place_of(problem_, form.location, place_name);
        if (!place) return pass(place);
        auto goal = goal_of(problem_, form, *place, place_name);
        if (!goal) return pass(goal);
        problem_.objectives.push_back({form.id, form.kind, form.weight, *std::move(place), *std::move(goal)});
        return {};
    }

    Status add_codons(const std::string& method, const std::string& table, const std::string& location,
                      const std::string& place_name) {
        if (table.empty())
            return bad_input({"no organism is given for the codons", "未指定密码子所用的生物"})
                .at("organism")
                .advise({"give a codon table: {}", "请给出密码子表：{}"}, join(codon_table_names(), ", "));
        form::Codon codon;
        codon.id = name("codons");
        codon.kind = "codon";
        codon.method = method;
        codon.table = table;
        return add_goal(codon, location, place_name);
    }

    /// Every CDS keeps its protein; every other base stays.
    Status add_coding_features() {
        std::vector<bool> coding(static_cast<std::size_t>(record_.length), false);
        for (const auto& feature : record_.features) {
            if (feature.type != "CDS") continue;
            const auto* code = feature.find("transl_table");
            form::Translation translation;
            translation.id = name("cds");
            translation.kind = "translation";
            if (code != nullptr)
                std::from_chars(code->value.data(), code->value.data() + code->value.size(), translation.table);
            const auto location = record_.text_of(feature.location);
            if (auto status = add(translation, location, where(feature)); !status) return status;
            for (const auto& [p, strand] : positions_of(problem_.constraints.back().place, record_.length))
                coding[static_cast<std::size_t>(p)] = true;
            if (auto status = add_codons("cai", organism_, location, where(feature)); !status) return status;
        }
        if (problem_.constraints.empty())
            return bad_input({"the record has no CDS and no labelled constraint", "该记录没有 CDS，也没有标注的约束"})
                .at(record_.id)
                .advise(
                    {"annotate the coding sequence, or write a problem in JSON", "请注释编码序列，或用 JSON 描述问题"});
        Constraint rest{
            .id = "rest", .kind = "keep", .place = {.pieces = {}, .whole = false}, .rules = {Keep{problem_.start}}};
        for (std::int64_t p = 0; p < record_.length; ++p) {
            if (coding[static_cast<std::size_t>(p)]) continue;
            if (rest.place.pieces.empty() || rest.place.pieces.back().at.end != p)
                rest.place.pieces.push_back({{p, p}, seq::Strand::forward, {}});
            ++rest.place.pieces.back().at.end;
        }
        if (!rest.place.pieces.empty()) problem_.constraints.push_back(std::move(rest));
        return {};
    }

    Status add_label(const seq::Feature& feature, const Label& label) {
        const auto location = record_.text_of(feature.location);
        const auto place_name = where(feature);
        if (label.objective) return add_objective(label, location, place_name);
        const auto named = [&](auto form, const char* kind) {
            form.id = name(kind);
            form.kind = kind;
            return form;
        };
        if (label.is({"cds", "enforcetranslation"}))
            return add(named(form::Translation{}, "translation"), location, place_name);
        if (label.is({"keep", "avoidchanges"})) return add(named(form::Common{}, "keep"), location, place_name);
        if (label.is({"no", "avoidpattern"})) {
            auto avoid = named(form::Avoid{}, "avoid");
            avoid.pattern = label.pattern();
            return add(avoid, location, place_name);
        }
        if (label.is({"insert", "enforcepatternoccurence"})) {
            auto require = named(form::Require{}, "require");
            require.pattern = label.pattern();
            return add(require, location, place_name);
        }
        if (label.is({"gc", "enforcegccontent"})) {
            auto gc = named(form::Gc{}, "gc");
            const auto range = label.range();
            gc.min = range.first;
            gc.max = range.second;
            if (auto status = label.read("window", gc.window, place_name); !status) return status;
            return add(gc, location, place_name);
        }
        if (label.is({"all_unique_kmers", "uniquifyallkmers"})) {
            auto repeat = named(form::Repeat{}, "repeat");
            if (auto status = label.read("k", repeat.k, place_name); !status) return status;
            return add(repeat, location, place_name);
        }
        if (!label.is({"no_hairpins", "avoidhairpins"})) return not_understood(label, place_name);
        auto hairpin = named(form::Hairpin{}, "hairpin");
        if (auto status = label.read("stem_size", hairpin.stem, place_name); !status) return status;
        if (auto status = label.read("hairpin_window", hairpin.span, place_name); !status) return status;
        return add(hairpin, location, place_name);
    }

    Status add_objective(const Label& label, const std::string& location, const std::string& place_name) {
        const auto table = organism_.empty() ? label.word("species") : organism_;
        if (label.is({"optimize", "use_best_codon", "codonoptimize", "maximizecai"}))
            return add_codons("cai", table, location, place_name);
        if (label.is({"match_codon_usage", "matchtargetcodonusage"}))
            return add_codons("match", table, location, place_name);
        if (label.is({"keep", "avoidchanges"})) {
            form::Change change;
            change.id = name("change");
            change.kind = "change";
            return add_goal(change, location, place_name);
        }
        if (label.is({"gc", "enforcegccontent"})) {
            form::GcTarget target;
            target.id = name("gc_target");
            target.kind = "gc";
            target.target = label.range().first;
            return add_goal(target, location, place_name);
        }
        return not_understood(label, place_name);
    }

    static Failure not_understood(const Label& label, const std::string& where) {
        return bad_input({"the label {} is not understood", "无法理解标注 {}"}, label.text)
            .at(where)
            .advise(
                {"use @cds @keep @no @insert @gc @all_unique_kmers @no_hairpins ~optimize ~match_codon_usage ~keep "
                 "~gc, or write the problem in JSON",
                 "可用 @cds @keep @no @insert @gc @all_unique_kmers @no_hairpins ~optimize ~match_codon_usage ~keep "
                 "~gc，或用 JSON 描述问题"});
    }

    const seq::Record& record_;
    std::string organism_;
    Problem problem_;
    std::map<std::string, int> numbers_;
};

}  // namespace

Result<Problem> problem_of_record(const seq::Record& record, const std::string& organism) {
    if (auto status = check_sequence(record); !status) return pass(status);
    return Drafter(record, organism).run();
}

Result<Problem> problem_of_rules(const seq::Record& record, const std::string& id) {
    if (auto status = check_sequence(record); !status) return pass(status);
    Problem problem;
    form::Molecule molecule{.sequence = seq::letters_at(record.sequence.letters, {0, record.length})};
    molecule.topology = record.circular() ? "circular" : "linear";
    if (auto status = set_molecule(problem, molecule, record.id); !status) return pass(status);
    auto rules = load_synthesis_rules(id, "rules");
    if (!rules) return pass(rules);
    auto place = place_of(problem, "", record.id);
    if (!place) return pass(place);
    problem.constraints.push_back({id, "rules", *std::move(place), *std::move(rules)});
    return problem;
}

Result<Problem> load_problem(const std::string& file, const std::string& organism) {
    const auto path = data::resolve(file);
    if (!path) return pass(path);
    auto bytes = read_file(*path);
    if (!bytes) return pass(bytes);
    const auto first = bytes->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && ((*bytes)[first] == '{' || (*bytes)[first] == '['))
        return read_problem(*bytes, path->filename().string(), path->parent_path());
    auto document = seq::read_document(*std::move(bytes), path->filename().string());
    if (!document) return pass(document);
    const auto record = only_record(std::move(document->records), path->filename().string());
    if (!record) return pass(record);
    return problem_of_record(*record, organism);
}

}  // namespace leaven::dna
