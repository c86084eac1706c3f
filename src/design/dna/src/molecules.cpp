#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <leaven/data/catalogue.hpp>
#include <leaven/seq/read.hpp>

#include "cloning_commands.hpp"

namespace leaven::dna {
namespace {

/// Names that programs write where a person gave none.
bool says_nothing(const std::string& name) {
    static const std::set<std::string> empty_names{"", ".", "Exported", "Untitled", "unknown", "<unknown", "New_DNA"};
    return empty_names.contains(name);
}

std::string stem_of(const std::string& file) {
    auto path = std::filesystem::path(file).filename();
    if (path.extension() == ".gz") path.replace_extension();
    return path.stem().string();
}

void make_unique(std::vector<seq::Record>& records) {
    std::map<std::string, std::size_t> counts;
    for (const auto& record : records) ++counts[record.name];
    std::set<std::string> taken;
    for (const auto& record : records)
        if (counts[record.name] == 1) taken.insert(record.name);
    std::map<std::string, std::size_t> next;
    for (auto& record : records) {
        if (counts[record.name] == 1) continue;
        const auto base = record.name;
        do record.name = fmt::format("{}_{}", base, ++next[base]);
        while (!taken.insert(record.name).second);
    }
}

Status check(const seq::Record& record, const std::string& file) {
    if (record.sequence.alphabet == seq::Alphabet::protein)
        return bad_input({"{} is a protein", "{} 是蛋白质"}, record.name)
            .at(file)
            .advise({"give DNA", "请提供 DNA 序列"});
    if (record.length == 0 || record.sequence.length() != record.length)
        return bad_input({"{} has no sequence", "{} 没有序列"}, record.name)
            .at(file)
            .advise({"give a file that holds the whole sequence", "请提供含完整序列的文件"});
    return {};
}

void make_dna(seq::Record& record) {
    if (record.sequence.alphabet != seq::Alphabet::rna) return;
    auto sequence = record.sequence;
    for (auto& c : sequence.letters) c = c == 'U' ? 'T' : c;
    sequence.alphabet = seq::Alphabet::dna;
    record.set_sequence(std::move(sequence));
}

}  // namespace

Result<std::vector<seq::Record>> load_molecules(const std::vector<std::string>& files, const MoleculeOptions& options) {
    std::vector<seq::Record> records;
    for (const auto& file : files) {
        const auto path = data::resolve(file);
        if (!path) return pass(path);
        auto document = seq::read_document(*path);
        if (!document) return pass(document);
        for (auto& record : document->records) {
            if (says_nothing(record.name)) record.name = stem_of(file);
            if (auto status = check(record, file); !status) return pass(status);
            make_dna(record);
            if (options.topology != "auto")
                record.topology = options.topology == "circular" ? seq::Topology::circular : seq::Topology::linear;
            records.push_back(std::move(record));
        }
    }
    make_unique(records);
    return records;
}

Result<std::vector<seq::Enzyme>> enzymes_named(const std::vector<std::string>& names) {
    std::vector<seq::Enzyme> chosen;
    if (names.empty()) return chosen;
    const auto all = seq::load_enzymes();
    if (!all) return pass(all);
    for (const auto& name : names) {
        if (name == "all" || name == "sold") {
            for (const auto& enzyme : *all)
                if (!enzyme.cuts.empty() && (name == "all" || !enzyme.suppliers.empty())) chosen.push_back(enzyme);
            continue;
        }
        auto enzyme = seq::find_enzyme(*all, name);
        if (!enzyme) return pass(enzyme);
        if (enzyme->cuts.empty())
            return bad_input({"it is not known where {} cuts", "{} 的切割位置未知"}, enzyme->name)
                .at("enzymes")
                .advise({"choose another enzyme", "请另选限制酶"});
        chosen.push_back(*std::move(enzyme));
    }
    std::sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    chosen.erase(
        std::unique(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.name == b.name; }),
        chosen.end());
    return chosen;
}

Methylation MethylationOptions::kind() const {
    if (methylation == "dam") return Methylation::dam;
    if (methylation == "dcm") return Methylation::dcm;
    return methylation == "cpg" ? Methylation::cpg : Methylation::none;
}

}  // namespace leaven::dna
