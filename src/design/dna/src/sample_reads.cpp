#include <leaven/core/file.hpp>
#include <leaven/dna/verify.hpp>
#include <leaven/seq/read.hpp>

#include "trace_file.hpp"

namespace leaven::dna {
namespace {

/// "clone7" of "clone7.fastq.gz".
std::string sample_name(const std::string& file) {
    auto path = std::filesystem::path(file).filename();
    if (path.extension() == ".gz") path.replace_extension();
    return path.stem().string();
}

std::string told(const seq::Record& record) {
    auto letters = record.sequence.letters;
    for (auto& c : letters) {
        const auto set = seq::bases_of(c);
        c = set != 0 && (set & (set - 1)) == 0 ? seq::letter_of(set) : 'N';
    }
    return letters;
}

Result<SampleReads> sample_of(seq::RecordReader& reader, const std::string& name) {
    if (reader.format() != seq::Format::fastq && reader.format() != seq::Format::fasta)
        return bad_input({"reads come as FASTQ, FASTA or AB1", "测序数据须为 FASTQ、FASTA 或 AB1"})
            .at(name)
            .advise({"the design is the first argument, the reads follow --reads",
                     "设计文件在前，测序文件用 --reads 给出"});
    SampleReads sample{.name = sample_name(name), .finished = reader.format() == seq::Format::fasta};
    for (;;) {
        auto record = reader.next();
        if (!record) return pass(record);
        if (!*record) break;
        if ((*record)->sequence.alphabet == seq::Alphabet::protein)
            return bad_input({"{} is a protein", "{} 是蛋白质"}, (*record)->name)
                .at(name)
                .advise({"give DNA reads", "请提供 DNA 测序数据"});
        sample.reads.push_back(told(**record));
    }
    if (sample.reads.empty())
        return bad_input({"the file holds no read", "文件中没有读段"})
            .at(name)
            .advise({"check that it is not empty", "请确认文件不为空"});
    return sample;
}

Result<SampleReads> sample_of_trace(std::string_view bytes, const std::string& name) {
    const auto trace = read_trace(bytes, name);
    if (!trace) return pass(trace);
    return SampleReads{.name = sample_name(name), .reads = {reliable_bases(*trace)}, .finished = true};
}

}  // namespace

Result<SampleReads> read_sample(std::string bytes, const std::string& name) {
    if (is_trace(bytes)) return sample_of_trace(bytes, name);
    auto reader = seq::RecordReader::from_bytes(std::move(bytes), name);
    if (!reader) return pass(reader);
    return sample_of(*reader, name);
}

Result<SampleReads> read_sample(const std::filesystem::path& path) {
    auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    return read_sample(*std::move(bytes), path.filename().string());
}

}  // namespace leaven::dna
