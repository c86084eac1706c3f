#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

#include <leaven/data/catalogue.hpp>
#include <leaven/seq/read.hpp>

#include "thermo_commands.hpp"

namespace leaven::dna {
namespace {

bool typed(const std::string& input) {
    std::error_code ignored;
    return !input.empty() && !std::filesystem::exists(input, ignored) &&
           std::all_of(input.begin(), input.end(), [](char c) { return c == '&' || seq::is_nucleotide(c); });
}

/// For each record of a FASTA file the letters before each "&", which is blanked.
std::vector<std::vector<std::size_t>> take_joints(std::string& fasta) {
    std::vector<std::vector<std::size_t>> joints;
    std::size_t letters = 0;
    bool title = false;
    for (auto& c : fasta) {
        if (c == '>' && !title) {
            joints.emplace_back();
            letters = 0;
            title = true;
        } else if (c == '\n') {
            title = false;
        } else if (!title && c == '&') {
            joints.back().push_back(letters);
            c = ' ';
        } else if (!title && seq::is_nucleotide(c)) {
            ++letters;
        }
    }
    return joints;
}

Status add_records(const std::string& input, std::vector<Given>& given) {
    const auto path = data::resolve(input);
    if (!path)
        return pass(Result<int>(bad_input({"{} is neither a sequence nor a file", "{} 既不是序列也不是文件"}, input)
                                    .at(input)
                                    .advise({"type nucleotides, with & between two strands, or name a sequence file",
                                             "请输入核苷酸序列（两条链之间用 &），或给出序列文件"})));
    auto bytes = seq::read_unpacked(*path);
    if (!bytes) return pass(bytes);
    std::vector<std::vector<std::size_t>> joints;
    if (bytes->starts_with('>')) joints = take_joints(*bytes);
    const auto document = seq::read_document(*std::move(bytes), path->filename().string());
    if (!document) return pass(document);
    joints.resize(document->records.size());
    for (std::size_t k = 0; k < joints.size(); ++k) {
        const auto& record = document->records[k];
        if (!record.has_sequence() || record.sequence.alphabet == seq::Alphabet::protein)
            return bad_input({"record {} holds no nucleotides", "记录 {} 不含核苷酸序列"}, record.id)
                .at(input)
                .advise({"give DNA or RNA", "请提供 DNA 或 RNA"});
        given.push_back({record.id, record.sequence.letters});
        for (auto joint = joints[k].rbegin(); joint != joints[k].rend(); ++joint)
            given.back().letters.insert(*joint, 1, '&');
    }
    return {};
}

}  // namespace

Result<std::vector<Given>> read_given(const std::vector<std::string>& inputs) {
    std::vector<Given> given;
    for (const auto& input : inputs) {
        if (typed(input)) {
            given.push_back({fmt::format("sequence_{}", given.size() + 1), input});
        } else if (auto status = add_records(input, given); !status) {
            return pass(status);
        }
    }
    return given;
}

}  // namespace leaven::dna
