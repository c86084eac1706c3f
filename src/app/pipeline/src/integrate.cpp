#include "integrate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/core.h>

#include <leaven/crispr/oligos.hpp>
#include <leaven/seq/edit.hpp>

#include "build.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t cas9_arm = 500;          // beside a cassette of kilobases
constexpr std::int64_t long_for_tails = 3'000;  // bases that arms in the tails of primers carry in rarely
constexpr std::int64_t long_product = 6'000;    // of a colony PCR
constexpr double alike = 0.1;                   // relative difference of two products that a gel hardly shows

/// "lacZ" as "replace:lacZ:FILE", "insert:5000" as "insert:5000:FILE".
std::string edit_text(const std::string& place, const std::string& file) {
    return fmt::format("{}{}:{}", place.find(':') == std::string::npos ? "replace:" : "", place, file);
}

std::string key_of(const Project& project, std::string_view key) {
    return fmt::format("{}: build.{}", project.file, key);
}

Result<dna::TypedEdit> typed_place(const Project& project, const std::string& file) {
    const auto& place = project.build->integrate;
    auto typed = dna::parse_genome_edit(edit_text(place, file));
    const bool number = typed && typed->gene.empty() && place.find(':') == std::string::npos;
    if (typed && typed->kind != dna::TypedEdit::Kind::remove && typed->bases == file && !number) return typed;
    return bad_input({"\"{}\" is no place on the chromosome", "“{}”不是染色体上的位置"}, place)
        .at(key_of(project, "integrate"))
        .advise({"write a gene such as lacZ, or insert:5000, insert:lacZ[100] or replace:100..200",
                 "请写基因名，如 lacZ，或写 insert:5000、insert:lacZ[100]、replace:100..200"});
}

Result<dna::GenomeEdit> placed(const Project& project, const std::string& file, const seq::Record& cassette,
                               std::span<const seq::Record> chromosome) {
    const auto typed = typed_place(project, file);
    if (!typed) return pass(typed);
    auto edit = dna::place_edit(*typed, cassette, chromosome, true);
    if (edit) return edit;
    auto error = edit.error();
    error.where = key_of(project, "integrate");
    return tl::unexpected(std::move(error));
}

/// The cassette as a molecule of its own, with what its parts are.
Result<seq::Record> cut_out(seq::Record construct, seq::Interval at) {
    const auto length = construct.length;
    seq::rotate(construct, at.start % length);
    std::vector<seq::FeatureChange> changes;
    using Kind = seq::Edit::Kind;
    if (auto status = seq::apply(construct, {Kind::linearise, 0, 0, {}}, changes); !status) return pass(status);
    if (auto status = seq::apply(construct, {Kind::remove, at.length() + 1, length, {}}, changes); !status)
        return pass(status);
    return construct;
}

/// Does a part say that cells are selected by it?
bool has_marker(const seq::Record& cassette) {
    for (const auto& feature : cassette.features)
        for (const auto& qualifier : feature.qualifiers) {
            auto words = qualifier.value;
            std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) { return std::tolower(c); });
            if (words.find("resist") != std::string::npos || words.find("marker") != std::string::npos) return true;
        }
    return false;
}

std::vector<Text> cautions(const dna::EditDesign& design, const dna::EditOptions& options,
                           const seq::Record& cassette) {
    std::vector<Text> out;
    using dna::EditMethod;
    const bool unselected = options.method == EditMethod::lambda_red || options.method == EditMethod::yeast_hr;
    if (unselected && !has_marker(cassette))
        out.push_back(
            {"nothing in the cassette is said to be a selectable marker: put one into construct, or use "
             "cas9_hdr, which kills the cells that are not changed",
             "表达盒中没有注明为筛选标记的部件：请在 construct 中加入标记，或改用 "
             "cas9_hdr（未编辑的细胞会被切割致死）"});
    if (options.method == EditMethod::lambda_red && cassette.length > long_for_tails)
        out.push_back(
            text({"{} bases are many for arms of {}: few cells take them up; cas9_hdr or double_crossover, with "
                  "longer arms, carries more",
                  "{} 碱基的表达盒对 {} 碱基的同源臂而言过长，整合效率低；cas9_hdr 与 double_crossover "
                  "的同源臂更长，更为合适"},
                 cassette.length, options.arm));
    const auto longer = static_cast<double>(std::max(design.wild_type, design.edited));
    if (design.check_primers.empty()) return out;
    if (std::abs(static_cast<double>(design.edited - design.wild_type)) < alike * longer)
        out.push_back({"the check products differ by less than a tenth: cut them with an enzyme, or sequence them",
                       "两种鉴定产物的长度相差不到十分之一：请酶切或测序区分"});
    if (longer > static_cast<double>(long_product))
        out.push_back({"a check product is long for a colony: use purified DNA and a polymerase for long products",
                       "鉴定产物对菌落 PCR 而言过长：请用纯化的基因组 DNA 与长片段聚合酶"});
    return out;
}

class Integrator {
public:
    Integrator(const Project& project, const Workpiece& workpiece, Context& context, DossierFiles& files)
        : project_(project),
          section_(*project.build),
          workpiece_(workpiece),
          context_(context),
          files_(files),
          build_(*files.dossier.build),
          options_(edit_options(section_)) {
        if (options_.method == dna::EditMethod::cas9_hdr) options_.arm = cas9_arm;
        for (const auto& edit : build_.edits)
            for (const auto& oligo : edit.oligos) names_.insert(oligo.name);
        for (const auto& oligo : build_.oligos) names_.insert(oligo.name);
    }

    Status run() {
        if (workpiece_.constructs.empty()) {
            note("integration_not_planned",
                 {"nothing goes into the chromosome, for no construct is planned", "未规划构建体，因此没有整合"},
                 "build.integrate");
            return {};
        }
        std::vector<PlannedEdit> rows;
        for (std::size_t i = 0; i < workpiece_.constructs.size(); ++i) {
            context_.report({{"planning the integration", "规划染色体整合"},
                             static_cast<std::int64_t>(i),
                             static_cast<std::int64_t>(workpiece_.constructs.size())});
            if (context_.stopped()) return cancelled();
            const auto at = cassette_of(build_.assembly->constructs[i]);
            if (!at) {
                auto error = at.error();
                error.where = key_of(project_, "construct");
                return tl::unexpected(std::move(error));
            }
            const auto cassette = cut_out(workpiece_.constructs[i], *at);
            if (!cassette) return pass(cassette);
            auto edit = placed(project_, cassette_file(i), *cassette, workpiece_.chromosome);
            if (!edit) return pass(edit);
            if (i == 0 && !stands_alone(*edit)) return {};
            auto row = planned(*edit, *cassette, workpiece_.constructs[i]);
            if (!row) return pass(row);
            auto text = genbank_text({*cassette});
            if (!text) return pass(text);
            rows.push_back(*std::move(row));
            files_.cassettes.push_back(*std::move(text));
            if (i == 0)
                if (auto status = write_edited(*std::move(edit)); !status) return status;
            add_command(i);
        }
        drop_deletions();
        build_.edits.insert(build_.edits.end(), std::make_move_iterator(rows.begin()),
                            std::make_move_iterator(rows.end()));
        return {};
    }

private:
    void note(std::string code, Text message, std::string where) {
        files_.dossier.notes.push_back({std::move(code), std::move(message), std::move(where)});
    }

    /// Finds the deletions that the cassette makes, and whether the others leave its arms alone.
    bool stands_alone(const dna::GenomeEdit& edit) {
        for (std::size_t i = 0; i < workpiece_.deletions.size(); ++i) {
            const auto& deletion = workpiece_.deletions[i];
            covered_.push_back(deletion.record == edit.record &&
                               within(deletion.at, edit.at, workpiece_.chromosome[edit.record]));
            if (!covered_.back()) apart_.push_back(deletion);
        }
        auto all = apart_;
        all.push_back(edit);
        const auto status = dna::check_apart(all, workpiece_.chromosome, options_.arm);
        if (status) return true;
        note("integration_not_planned",
             text({"nothing goes into the chromosome there: {0}; choose another place, or the gene that is deleted",
                   "无法在该处整合：{1}；请另选位置，或填写被删除的基因本身"},
                  status.error().message.en, status.error().message.zh),
             "build.integrate");
        return false;
    }

    Result<PlannedEdit> planned(const dna::GenomeEdit& edit, const seq::Record& cassette,
                                const seq::Record& construct) {
        const auto& record = workpiece_.chromosome[edit.record];
        const auto replication = dna::find_replication(record, {}, {}, context_);
        if (!replication) return pass(replication);
        options_.replication = *replication;
        const auto design = dna::design_edit(workpiece_.chromosome, edit, options_, context_);
        if (!design) return pass(design);
        auto row = planned_edit(edit, *design, record, place_name(edit));
        row.kind = "integration";
        row.construct = construct.name;
        auto holds = integration_holds(edit, *design, construct, workpiece_.chromosome, context_);
        if (!holds) return pass(holds);
        row.verified = *holds;
        for (auto& one : cautions(*design, options_, cassette)) row.warnings.push_back(std::move(one));
        if (const auto shared = longest_shared(edit, workpiece_.chromosome))
            row.warnings.push_back(text(
                {"the cassette shares {} bases with {}, {}..{}, and may recombine there: take another "
                 "part, or write it otherwise",
                 "表达盒与 {1} 的 {2}..{3} 有 {0} 个碱基相同，可能在该处重组：请更换部件或改写序列"},
                shared->at.length(), workpiece_.chromosome[shared->record].name, shared->at.start + 1, shared->at.end));
        for (auto& oligo : row.oligos) oligo.name = shared_name(oligo);
        if (design->guide)
            if (auto status = add_guide(edit, *design->guide); !status) return pass(status);
        return row;
    }

    /// "lacZ", "at_5000".
    [[nodiscard]] static std::string place_name(const dna::GenomeEdit& edit) {
        return edit.gene.empty() ? fmt::format("at_{}", edit.at.empty() ? edit.at.start : edit.at.start + 1)
                                 : edit.gene;
    }

    /// Constructs have oligos in common: one that is known keeps its name, another of that name gets a number.
    std::string shared_name(const PlannedOligo& oligo) {
        if (const auto known = name_of_.find(oligo.sequence); known != name_of_.end()) return known->second;
        auto name = oligo.name;
        for (int number = 2; !names_.insert(name).second; ++number) name = fmt::format("{}_{}", oligo.name, number);
        return name_of_[oligo.sequence] = name;
    }

    Status add_guide(const dna::GenomeEdit& edit, const dna::Guide& guide) {
        std::int64_t rank = 1;
        for (const auto& known : build_.guides) {
            if (known.purpose != "integration") continue;
            if (known.sequence == guide.letters) return {};
            ++rank;
        }
        auto oligos = crispr::make_oligos(guide.letters, workpiece_.scheme, crispr::GStart::automatic);
        if (!oligos) return pass(oligos);
        PlannedGuide row;
        row.gene = edit.gene;
        row.name = place_name(edit);
        row.purpose = "integration";
        row.rank = rank;
        row.sequence = guide.letters;
        row.pam = guide.pam;
        row.start = guide.at.start;
        row.end = guide.at.end;
        row.strand = seq::name_of(guide.strand);
        row.cut = guide.cut;
        row.top = std::move(oligos->top);
        row.bottom = std::move(oligos->bottom);
        build_.guides.push_back(std::move(row));
        return {};
    }

    Status write_edited(dna::GenomeEdit edit) {
        auto all = apart_;
        all.push_back(std::move(edit));
        auto records = dna::edited_genome(workpiece_.chromosome, all);
        if (!records) return pass(records);
        auto text = genbank_text(*std::move(records));
        if (!text) return pass(text);
        files_.edited = *std::move(text);
        return {};
    }

    /// The first one gives the edited chromosome with the deletions.
    void add_command(std::size_t construct) {
        auto line = "leaven dna edit " + section_.genome;
        if (construct == 0)
            for (const auto& deletion : apart_) line += " --edit " + deletion.text;
        line += " --edit " + shell_word(edit_text(section_.integrate, "dossier/" + cassette_file(construct)));
        line += fmt::format(" --method {} --arm {}", section_.method, options_.arm);
        if (construct == 0) line += " --out edited.gb";
        files_.dossier.provenance.commands.push_back(std::move(line));
    }

    void drop_deletions() {
        std::vector<PlannedEdit> kept;
        for (std::size_t i = 0; i < build_.edits.size(); ++i) {
            if (!covered_[i]) {
                kept.push_back(std::move(build_.edits[i]));
                continue;
            }
            note("deletion_by_integration",
                 {"the cassette takes the place of this gene: its deletion is no edit of its own",
                  "表达盒取代该基因，无须单独敲除"},
                 build_.edits[i].gene);
        }
        build_.edits = std::move(kept);
    }

    const Project& project_;
    const BuildSection& section_;
    const Workpiece& workpiece_;
    Context& context_;
    DossierFiles& files_;
    BuildPart& build_;
    dna::EditOptions options_;
    std::vector<bool> covered_;           // of each deletion: the cassette takes its place
    std::vector<dna::GenomeEdit> apart_;  // the others
    std::set<std::string> names_;
    std::map<std::string, std::string> name_of_;
};

}  // namespace

bool within(seq::Interval place, seq::Interval whole, const seq::Record& record) {
    const auto turn = record.circular() ? record.length : 0;
    for (const auto shift : {std::int64_t{0}, turn, -turn})
        if (place.start + shift >= whole.start && place.end + shift <= whole.end) return true;
    return false;
}

std::string cassette_file(std::size_t construct) { return fmt::format("cassette-{}.gb", construct + 1); }

Status check_integration(const Project& project) {
    if (!project.build || project.build->integrate.empty()) return {};
    const auto& section = *project.build;
    if (section.construct.empty())
        return bad_input({"there is no construct to go into the chromosome", "没有可整合到染色体的构建体"})
            .at(key_of(project, "integrate"))
            .advise({"give parts and construct in [build]", "请在 [build] 中给出 parts 与 construct"});
    if (section.method == "mage")
        return bad_input({"an oligo of mage does not carry a cassette", "mage 的寡核苷酸容不下表达盒"})
            .at(key_of(project, "method"))
            .advise({"use lambda_red, cas9_hdr, double_crossover or yeast_hr, or leave integrate out",
                     "请使用 lambda_red、cas9_hdr、double_crossover 或 yeast_hr，或去掉 integrate"});
    if (section.method == "cas9_hdr" && section.nuclease != BuildSection().nuclease)
        return bad_input({"cas9_hdr cuts with {}, not with {}", "cas9_hdr 使用 {} 切割，而非 {}"},
                         BuildSection().nuclease, section.nuclease)
            .at(key_of(project, "nuclease"))
            .advise({"leave nuclease out, or use another method", "请去掉 nuclease，或使用其他方法"});
    const auto typed = typed_place(project, cassette_file(0));
    if (!typed) return pass(typed);
    return {};
}

Status check_place(const Project& project, std::span<const seq::Record> chromosome) {
    if (project.build->integrate.empty()) return {};
    seq::Record anything;
    anything.sequence.letters = "N";  // which no chromosome reads for certain
    const auto edit = placed(project, cassette_file(0), anything, chromosome);
    if (!edit) return pass(edit);
    return {};
}

Result<seq::Interval> cassette_of(const ConstructRow& construct) {
    const auto& parts = construct.parts;
    const auto backbone = [&](std::size_t i) { return parts[i % parts.size()].role == "backbone"; };
    std::vector<std::size_t> ends;  // parts with which a stretch of backbone ends
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (backbone(i) && !backbone(i + 1)) ends.push_back(i);
    const bool none =
        std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.role == "backbone"; });
    if (none)
        return bad_input({"{} has no backbone: all of it cannot go into the chromosome",
                          "{} 没有骨架，无法判断哪一段整合到染色体"},
                         construct.name)
            .advise({"give a vector that is a circle, or write backbone: before the part that is one",
                     "请提供环形载体，或在骨架部件名前写 backbone:"});
    if (ends.size() != 1)
        return bad_input(ends.empty() ? Doc{"{} is nothing but backbone", "{} 只有骨架"}
                                      : Doc{"{} has several stretches of backbone", "{} 的骨架分为几段"},
                         construct.name)
            .advise(
                {"write the parts that go into the chromosome side by side", "请将要整合到染色体的部件依次相邻写出"});
    std::int64_t size = 0;
    for (const auto& part : parts)
        if (part.role != "backbone") size += part.end - part.start;
    const auto start = parts[(ends.front() + 1) % parts.size()].start;
    return seq::Interval{start, start + size};
}

Status fill_integration(const Project& project, const Workpiece& workpiece, Context& context, DossierFiles& files) {
    return Integrator(project, workpiece, context, files).run();
}

}  // namespace leaven::pipeline
