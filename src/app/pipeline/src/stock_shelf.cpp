#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/rbs_design.hpp>
#include <leaven/seq/genetic_code.hpp>
#include <leaven/seq/read.hpp>

#include "build_assembly.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t bacterial_code = 11;

/// Each role with the feature that stands for it in a file.
constexpr std::pair<std::string_view, std::string_view> roles[] = {
    {"promoter", "promoter"},     {"operator", "protein_bind"}, {"rbs", "RBS"},           {"cds", "CDS"},
    {"terminator", "terminator"}, {"backbone", "misc_feature"}, {"other", "misc_feature"}};

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    while (!text.empty() && blanks.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && blanks.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split_at(std::string_view text, std::string_view at) {
    std::vector<std::string_view> words;
    for (;;) {
        const auto end = text.find_first_of(at);
        words.push_back(trim(text.substr(0, end)));
        if (end == std::string_view::npos) return words;
        text.remove_prefix(end + 1);
    }
}

/// A word of the text: "name", "role:name" or "rbs:RATE".
struct Word {
    std::string role;
    std::string name;
    std::optional<double> rate;
};

Word word_of(std::string_view text) {
    const auto colon = text.find(':');
    const auto before = trim(text.substr(0, colon));
    const auto known = [&](const auto& role) { return role.first == before; };
    if (colon == std::string_view::npos || std::none_of(std::begin(roles), std::end(roles), known))
        return {"", std::string(text), {}};
    Word word{std::string(before), std::string(trim(text.substr(colon + 1))), {}};
    if (word.role != "rbs") return word;
    char* end = nullptr;
    const double rate = std::strtod(word.name.c_str(), &end);
    if (!word.name.empty() && *end == '\0' && std::isfinite(rate) && rate > 0) word.rate = rate;
    return word;
}

using Place = std::vector<Word>;  // alternatives

struct Line {
    std::string name;
    std::vector<Place> places;
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    for (auto one : split_at(text, "\n|")) {
        if (one.empty()) continue;
        Line line;
        if (const auto sign = one.find('='); sign != std::string_view::npos) {
            line.name = trim(one.substr(0, sign));
            one.remove_prefix(sign + 1);
        }
        for (const auto place : split_at(one, ";")) {
            line.places.emplace_back();
            for (const auto word : split_at(place, ",")) line.places.back().push_back(word_of(word));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

seq::Feature whole(const seq::Record& record, std::string_view type) {
    seq::Feature feature{.type = std::string(type)};
    feature.location.span = {0, record.length};
    feature.qualifiers.push_back({"label", record.name});
    return feature;
}

seq::Record record_of(const std::string& name, std::string letters) {
    seq::Record record;
    record.name = record.id = name;
    record.molecule = "DNA";
    record.set_sequence({std::move(letters), {}, seq::Alphabet::dna});
    return record;
}

/// What the features of a part say of it.
std::string role_of(const seq::Record& record) {
    if (record.circular()) return "backbone";
    for (const auto& feature : record.features) {
        if (2 * feature.location.span.length() < record.length) continue;
        const auto* kind = feature.find("regulatory_class");
        const auto said = kind == nullptr                          ? feature.type
                          : kind->value == "ribosome_binding_site" ? std::string("RBS")
                                                                   : kind->value;
        for (const auto& [role, type] : roles)
            if (type == said && type != "misc_feature") return std::string(role);
    }
    return "other";
}

class Stocker {
public:
    Stocker(const Project& project, std::vector<PlannedGene>& genes, const std::vector<dna::Vendor>& vendors,
            const dna::Ligation* ligation, const Context& context)
        : project_(project), genes_(genes), vendors_(vendors), ligation_(ligation), context_(context) {}

    Result<Shelf> run() {
        if (auto status = load(); !status) return pass(status);
        std::vector<std::string> texts;
        for (const auto& line : lines_of(project_.build->construct)) {
            auto text = stocked(line);
            if (!text) return pass(text);
            texts.push_back((line.name.empty() ? "" : line.name + "=") + *text);
        }
        shelf_.targets = join(texts, "|");
        return std::move(shelf_);
    }

private:
    Status load() {
        for (const auto& file : project_.build->parts) {
            const auto path = data::resolve(beside(project_, file));
            if (!path) return pass(path);
            auto bytes = read_file(*path);
            if (!bytes) return pass(bytes);
            shelf_.inputs.push_back({file, leaven::sha256(*bytes)});
            auto document = seq::read_document(*std::move(bytes), path->filename().string());
            if (!document) return pass(document);
            for (auto& record : document->records)
                if (record.has_sequence() && record.length > 0 && record.sequence.alphabet == seq::Alphabet::dna)
                    on_file_[record.name].push_back(std::move(record));
        }
        return {};
    }

    [[nodiscard]] std::string where() const { return project_.file + ": build.construct"; }

    /// The places of a line as names of parts.
    Result<std::string> stocked(const Line& line) {
        std::vector<std::string> places;
        for (std::size_t i = 0; i < line.places.size(); ++i) {
            const auto& place = line.places[i];
            std::vector<std::string> names;
            for (const auto& word : place) {
                auto parts = word.rate ? designed_site(line, i, *word.rate) : named(word);
                if (!parts) return pass(parts);
                if (place.size() > 1 && parts->size() > 1)
                    return bad_input({"{} is made in fragments and cannot be one of several alternatives",
                                      "{} 须分片段合成，不能作为备选之一"},
                                     word.name)
                        .at(where())
                        .advise({"write a construct for each, parted by |", "请为每个备选各写一个构建体，以 | 分隔"});
                names.push_back(join(*parts, ";"));
            }
            places.push_back(join(names, ","));
        }
        return join(places, ";");
    }

    using Names = std::vector<std::string>;

    PlannedGene* gene_named(const std::string& name) {
        const auto found =
            std::find_if(genes_.begin(), genes_.end(), [&](const PlannedGene& gene) { return gene.gene == name; });
        return found == genes_.end() ? nullptr : &*found;
    }

    Result<Names> named(const Word& word) {
        if (const auto known = names_of_.find(word.name); known != names_of_.end()) return known->second;
        if (auto* gene = gene_named(word.name)) return add_gene(*gene);
        const auto found = on_file_.find(word.name);
        if (found == on_file_.end()) return no_part(word.name);
        auto record = found->second.front();
        for (const auto& other : found->second)
            if (other.sequence.letters != record.sequence.letters)
                return bad_input({"two parts are called {} and have other letters", "有两个名为 {} 而序列不同的部件"},
                                 word.name)
                    .at(project_.file + ": build.parts")
                    .advise({"leave one of the files out, or name them apart", "请去掉其中一个文件，或改用不同名称"});
        const auto role = word.role.empty() ? role_of(record) : word.role;
        if (record.features.empty())
            for (const auto& [name, type] : roles)
                if (name == role) record.features.push_back(whole(record, type));
        return names_of_[word.name] = {add(std::move(record), element(word.name, role), false)};
    }

    Failure no_part(const std::string& name) const {
        std::vector<std::string> known;
        for (const auto& [part, records] : on_file_) known.push_back(part);
        for (const auto& gene : genes_) known.push_back(gene.gene);
        auto near = nearest(name, known);
        if (near.empty())
            near = {known.begin(),
                    known.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(known.size(), 12))};
        return not_found({"there is no part and no gene \"{}\"", "没有名为“{}”的部件或基因"}, name)
            .at(where())
            .advise({"name one of {}, or a gene of [[insert.reactions]] whose protein is given",
                     "可用 {}，或 [[insert.reactions]] 中给出蛋白质的基因"},
                    join(near, ", "));
    }

    std::size_t element(const std::string& name, const std::string& role) {
        shelf_.elements.push_back({name, role});
        return shelf_.elements.size() - 1;
    }

    std::string add(seq::Record record, std::size_t element, bool missing) {
        auto name = record.name;
        if (missing) shelf_.missing.insert(shelf_.parts.size());
        shelf_.element_of.push_back(element);
        shelf_.parts.push_back(std::move(record));
        return name;
    }

    Result<Names> add_gene(PlannedGene& gene) {
        const auto at = element(gene.gene, "cds");
        if (gene.sequence.empty()) {
            shelf_.lacking.push_back(text({"gene {} has no sequence", "基因 {} 没有序列"}, gene.gene));
            return names_of_[gene.gene] = {gene.gene};
        }
        auto cuts = cut_gene(gene.sequence, vendors_, ligation_, context_);
        if (!cuts) return pass(cuts);
        if (cuts->empty()) {
            auto record = record_of(gene.gene, gene.sequence);
            record.features.push_back(coding_feature(gene, {0, record.length}));
            return names_of_[gene.gene] = {add(std::move(record), at, true)};
        }
        cuts->push_back(static_cast<std::int64_t>(gene.sequence.size()));
        Names names;
        std::int64_t start = 0;
        for (const auto end : *cuts) {
            auto record = record_of(fresh(fmt::format("{}_{}", gene.gene, names.size() + 1)),
                                    seq::letters_at(gene.sequence, {start, end}));
            record.features.push_back(whole(record, "misc_feature"));
            gene.fragments.push_back({record.name, start, end});
            names.push_back(add(std::move(record), at, true));
            start = end;
        }
        return names_of_[gene.gene] = names;
    }

    /// The name, with a number where a part of the files, a gene or something made has it.
    [[nodiscard]] std::string fresh(const std::string& base) {
        const auto taken = [&](const std::string& name) {
            return on_file_.contains(name) || gene_named(name) != nullptr || names_of_.contains(name) ||
                   std::any_of(shelf_.parts.begin(), shelf_.parts.end(),
                               [&](const auto& one) { return one.name == name; });
        };
        auto name = base;
        for (int number = 2; taken(name); ++number) name = fmt::format("{}_{}", base, number);
        return name;
    }

    /// The letters of the first alternative of a place; empty where it is a site that is yet to be designed.
    Result<std::string> letters_of(const Place& place) {
        if (place.front().rate) return std::string();
        const auto names = named(place.front());
        if (!names) return pass(names);
        std::string letters;
        for (const auto& name : *names)
            for (const auto& part : shelf_.parts)
                if (part.name == name) letters += part.sequence.letters;
        return letters;
    }

    Result<Names> designed_site(const Line& line, std::size_t place, double rate) {
        const auto count = line.places.size();
        const auto& next = line.places[(place + 1) % count];
        const auto upstream = letters_of(line.places[(place + count - 1) % count]);
        if (!upstream) return pass(upstream);
        const auto cds = letters_of(next);
        if (!cds) return pass(cds);
        if (!shelf_.lacking.empty()) return Names{"rbs"};
        const auto reach = static_cast<std::size_t>(dna::rbs_reach);
        const dna::RbsGoal goal{.upstream = upstream->substr(upstream->size() - std::min(reach, upstream->size())),
                                .cds = cds->substr(0, 2 * reach),
                                .min_rate = rate,
                                .max_rate = rate};
        if (const auto known = designed_.find({goal.upstream, goal.cds, rate}); known != designed_.end())
            return known->second;
        const auto library = dna::design_rbs(goal, context_);
        if (!library) {
            auto error = library.error();
            error.where = where();
            return tl::unexpected(std::move(error));
        }
        const auto& design = library->designs.front();
        const auto name = fresh("rbs_" + next.front().name);
        auto record = record_of(name, design.sequence);
        record.features.push_back(whole(record, "RBS"));
        shelf_.sites.push_back({name, next.front().name, design.sequence, rate, design.rate});
        names_of_[name] = {add(std::move(record), element(name, "rbs"), true)};
        return designed_[{goal.upstream, goal.cds, rate}] = names_of_[name];
    }

    const Project& project_;
    std::vector<PlannedGene>& genes_;
    const std::vector<dna::Vendor>& vendors_;
    const dna::Ligation* ligation_;
    const Context& context_;
    Shelf shelf_;
    std::map<std::string, std::vector<seq::Record>> on_file_;
    std::map<std::string, Names> names_of_;  // parts of an element that was used
    std::map<std::tuple<std::string, std::string, double>, Names> designed_;
};

}  // namespace

seq::Feature coding_feature(const PlannedGene& gene, seq::Interval at) {
    seq::Feature feature{.type = "CDS"};
    feature.location.span = at;
    auto protein = seq::translate(gene.sequence, *seq::genetic_code(bacterial_code));
    if (protein.ends_with('*')) protein.pop_back();
    feature.qualifiers = {{"gene", gene.gene},
                          {"label", gene.gene},
                          {"codon_start", "1", seq::Qualifier::Form::bare},
                          {"transl_table", "11", seq::Qualifier::Form::bare},
                          {"translation", protein}};
    return feature;
}

Result<Shelf> stock_shelf(const Project& project, std::vector<PlannedGene>& genes,
                          const std::vector<dna::Vendor>& vendors, const dna::Ligation* ligation,
                          const Context& context) {
    return Stocker(project, genes, vendors, ligation, context).run();
}

}  // namespace leaven::pipeline
