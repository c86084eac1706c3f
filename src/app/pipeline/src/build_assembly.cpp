#include "build_assembly.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/seq/enzyme.hpp>

#include "build.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::array<std::pair<std::string_view, dna::Method>, 3> planned_methods{
    {{"golden_gate", dna::Method::golden_gate}, {"gibson", dna::Method::gibson}, {"yeast", dna::Method::yeast}}};
constexpr std::array<std::string_view, 3> golden_gate_enzymes{"BsaI", "BsmBI", "BbsI"};
constexpr std::string_view ligation_table = "pryor2020_BsaI";

std::string method_name(dna::Method method) {
    for (const auto& [name, value] : planned_methods)
        if (value == method) return std::string(name);
    return {};
}

class Assembler {
public:
    Assembler(const Project& project, Context& context, DossierFiles& files)
        : project_(project), section_(*project.build), context_(context), files_(files), build_(*files.dossier.build) {}

    Status run() {
        if (section_.construct.empty()) return without_construct();
        if (auto status = prepare(); !status) return status;
        auto shelf = stock_shelf(project_, build_.genes, vendors_, ligation_ ? &*ligation_ : nullptr, context_);
        if (!shelf) return pass(shelf);
        shelf_ = *std::move(shelf);
        auto& inputs = files_.dossier.provenance.inputs;
        inputs.insert(inputs.end(), shelf_.inputs.begin(), shelf_.inputs.end());
        note_unused();
        note_sites();
        if (!shelf_.lacking.empty()) return lacking();
        if (!shelf_.missing.empty() && vendors_.empty()) {
            note("no_supplier",
                 text({"no construct is planned, for nobody is named who makes the genes: give suppliers, such as "
                       "[\"linear-fragment-1800\"]",
                       "未规划构建体，因为没有指定合成基因的供应方：请给出 suppliers，例如 "
                       "[\"linear-fragment-1800\"]"}),
                 "build.suppliers");
            return {};
        }
        return plan();
    }

    [[nodiscard]] std::vector<seq::Record> constructs() { return std::move(constructs_); }

private:
    void note(std::string code, Text message, std::string where) {
        files_.dossier.notes.push_back({std::move(code), std::move(message), std::move(where)});
    }

    Status without_construct() {
        if (!build_.genes.empty())
            note("no_construct",
                 text({"genes are written, but put on no vector: give parts and construct in [build]",
                       "已编写基因，但未装入载体：请在 [build] 中给出 parts 与 construct"}),
                 "build.construct");
        return {};
    }

    /// Genes that no construct holds.
    void note_unused() {
        for (const auto& gene : build_.genes)
            if (std::none_of(shelf_.elements.begin(), shelf_.elements.end(),
                             [&](const Element& element) { return element.name == gene.gene; }))
                note("gene_in_no_construct",
                     text({"no construct holds this gene: name it in construct",
                           "没有构建体含该基因：请在 construct 中写入"}),
                     gene.gene);
    }

    Status lacking() {
        for (const auto& gene : shelf_.lacking)
            note("construct_not_planned",
                 text({"no construct is planned: {}; give its protein, or ask for fewer rules",
                       "未规划构建体：{1}；请给出其蛋白质，或减少规则"},
                      gene.en, gene.zh),
                 "build.construct");
        return {};
    }

    Status prepare() {
        auto names = section_.suppliers;
        if (names.empty() && !section_.rules.empty()) names.push_back(section_.rules);
        auto vendors = dna::load_vendors(names);
        if (!vendors) return pass(vendors);
        vendors_ = *std::move(vendors);
        for (auto& vendor : vendors_)
            if (section_.longest_fragment > 0) vendor.max = std::min(vendor.max, section_.longest_fragment);
        for (const auto& [name, method] : planned_methods)
            if (std::find(section_.methods.begin(), section_.methods.end(), name) != section_.methods.end())
                options_.methods.push_back(method);
        if (options_.methods.empty() || options_.methods.front() != dna::Method::golden_gate) return {};
        auto ligation = dna::Ligation::load(std::string(ligation_table));
        if (!ligation) return pass(ligation);
        ligation_ = *std::move(ligation);
        const auto enzymes = seq::load_enzymes();
        if (!enzymes) return pass(enzymes);
        for (const auto name : golden_gate_enzymes) {
            auto enzyme = seq::find_enzyme(*enzymes, name);
            if (!enzyme) return pass(enzyme);
            options_.enzymes.push_back(*std::move(enzyme));
        }
        return {};
    }

    Status plan() {
        std::vector<std::string> names;
        for (const auto& part : shelf_.parts) names.push_back(part.name);
        const auto targets = dna::read_targets(shelf_.targets, names);
        if (!targets) return pass(targets);
        options_.synthesis = dna::synthesis_by(vendors_);
        options_.ligation = ligation_ ? &*ligation_ : nullptr;
        options_.missing = shelf_.missing;
        options_.primer_price = section_.primer_price;
        options_.long_oligo_price = section_.long_oligo_price;
        auto plan = dna::plan_constructs(shelf_.parts, *targets, options_, context_);
        if (!plan) return pass(plan);
        AssemblyPart part;
        part.status = dna::name_of(plan->proof);
        part.sites = shelf_.sites;
        part.problems = plan->problems;
        if (part.solved()) {
            if (auto status = fill(part, *plan, *targets); !status) return status;
        } else {
            note("construct_not_planned", not_planned(part), "build.construct");
        }
        build_.assembly = std::move(part);
        return {};
    }

    static Text not_planned(const AssemblyPart& part) {
        std::vector<std::string> en;
        std::vector<std::string> zh;
        for (const auto& problem : part.problems) en.push_back(problem.en), zh.push_back(problem.zh);
        if (part.problems.empty()) {
            en.emplace_back("no plan was found");
            zh.emplace_back("未找到方案");
        }
        return text({"no construct is planned: {0}; allow other methods, suppliers or a longer fragment",
                     "未规划构建体：{1}；请放宽方法、供应方或片段长度"},
                    join(en, "; "), join(zh, "；"));
    }

    Status fill(AssemblyPart& part, dna::Plan& plan, const std::vector<dna::PlanTarget>& targets) {
        auto remade = remake(plan, shelf_, options_, context_);
        if (!remade) return pass(remade);
        for (std::size_t i = 0; i < plan.constructs.size(); ++i) {
            auto& construct = plan.constructs[i];
            part.constructs.push_back({construct.name, method_name(construct.method), construct.enzyme,
                                       construct.verified && (*remade)[i].verified, construct.record.length,
                                       construct.fidelity, places_of(targets[i]), construct.pieces,
                                       std::move((*remade)[i].joints)});
            add_cut_genes(construct.record, part.constructs.back());
            constructs_.push_back(std::move(construct.record));
        }
        part.steps = dna::rows_of(plan.steps);
        for (const auto& oligo : plan.oligos)
            build_.oligos.push_back({{oligo.name, oligo.letters, "construct"},
                                     static_cast<std::int64_t>(oligo.letters.size()),
                                     money(oligo.price)});
        for (const auto& fragment : plan.fragments)
            part.fragments.push_back({fragment.name, fragment.letters,
                                      static_cast<std::int64_t>(fragment.letters.size()), fragment.offer.rules,
                                      money(fragment.offer.price), fragment.offer.days});
        part.cost = money(plan.cost);
        part.days = plan.days;
        part.bound = money(plan.bound);
        part.gap = plan.gap;
        add_command();
        return write();
    }

    /// Genes whose fragments alone stand among the features.
    void add_cut_genes(seq::Record& record, const ConstructRow& construct) const {
        for (const auto& gene : build_.genes)
            for (const auto& place : construct.parts)
                if (place.name == gene.gene && !gene.fragments.empty())
                    record.features.push_back(coding_feature(gene, {place.start, place.end}));
    }

    /// Sites whose predicted rate is not what was wanted.
    void note_sites() {
        constexpr double most_apart = 1.25;
        for (const auto& site : shelf_.sites)
            if (site.rate * most_apart < site.wanted || site.rate > site.wanted * most_apart)
                note(
                    "rate_not_reached",
                    text({"the best site found before {} starts at a rate of {:.0f} instead of {:.0f}; ask for another "
                          "rate, or give a site of your own",
                          "{} 之前所能得到的最佳位点起始速率为 {:.0f}，而非 {:.0f}；请更改目标速率，或自行给出位点"},
                         site.gene, site.rate, site.wanted),
                    site.name);
    }

    /// The places of a construct; fragments of a gene are one.
    [[nodiscard]] std::vector<ConstructPlace> places_of(const dna::PlanTarget& target) const {
        std::vector<ConstructPlace> places;
        std::int64_t at = 0;
        std::optional<std::size_t> last;
        for (const auto part : target.parts) {
            const auto element = shelf_.element_of[part];
            const auto end = at + shelf_.parts[part].length;
            if (last && part == *last + 1 && element == shelf_.element_of[*last] &&
                shelf_.elements[element].role == "cds")
                places.back().end = end;
            else
                places.push_back({shelf_.elements[element].name, shelf_.elements[element].role, at, end});
            last = part;
            at = end;
        }
        return places;
    }

    Status write() {
        for (auto [records, text] :
             {std::pair(&constructs_, &files_.constructs), std::pair(&shelf_.parts, &files_.parts)}) {
            auto written = genbank_text(*records);
            if (!written) return pass(written);
            *text = *std::move(written);
        }
        return {};
    }

    /// That plans the same constructs of the parts in the dossier.
    void add_command() {
        if (section_.longest_fragment > 0) return;  // which the operation does not ask for
        std::vector<std::string> missing;
        for (const auto part : shelf_.missing) missing.push_back(shelf_.parts[part].name);
        std::vector<std::string> vendors;
        for (const auto& vendor : vendors_) vendors.push_back(vendor.id);
        auto line = fmt::format("leaven dna plan {} --parts dossier/parts.gb --methods {}", shell_word(shelf_.targets),
                                join(section_.methods, ","));
        if (!missing.empty()) line += " --missing " + shell_word(join(missing, ","));
        const BuildSection usual;
        if (section_.primer_price != usual.primer_price)
            line += fmt::format(" --primer-price {}", section_.primer_price);
        if (section_.long_oligo_price != usual.long_oligo_price)
            line += fmt::format(" --long-oligo-price {}", section_.long_oligo_price);
        if (!vendors.empty()) line += fmt::format(" --rules {}", join(vendors, ","));
        files_.dossier.provenance.commands.push_back(std::move(line));
    }

    const Project& project_;
    const BuildSection& section_;
    Context& context_;
    DossierFiles& files_;
    BuildPart& build_;
    std::vector<dna::Vendor> vendors_;
    std::optional<dna::Ligation> ligation_;
    dna::PlanOptions options_{.methods = {}};
    Shelf shelf_;
    std::vector<seq::Record> constructs_;
};

}  // namespace

std::string shell_word(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

Result<std::vector<seq::Record>> fill_assembly(const Project& project, Context& context, DossierFiles& files) {
    Assembler assembler(project, context, files);
    if (auto status = assembler.run(); !status) return pass(status);
    return assembler.constructs();
}

}  // namespace leaven::pipeline
