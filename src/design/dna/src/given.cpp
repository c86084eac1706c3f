#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

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

Status add_records(const std::string& input, std::vector<Given>& given) {
    const auto path = data::resolve(input);
    if (!path)
        return pass(Result<int>(bad_input({"{} is neither a sequence nor a file", "{} 既不是序列也不是文件"}, input)
                                    .at(input)
                                    .advise({"type nucleotides, with & between two strands, or name a sequence file",
                                             "请输入核苷酸序列（两条链之间用 &），或给出序列文件"})));
    const auto document = seq::read_document(*path);
    if (!document) return pass(document);
    for (const auto& record : document->records) {
        if (!record.has_sequence() || record.sequence.alphabet == seq::Alphabet::protein)
            return bad_input({"record {} holds no nucleotides", "记录 {} 不含核苷酸序列"}, record.id)
                .at(input)
                .advise({"give DNA or RNA", "请提供 DNA 或 RNA"});
        given.push_back({record.id, record.sequence.letters});
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
