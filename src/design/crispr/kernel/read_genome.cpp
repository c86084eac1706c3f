#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/crispr/design.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/seq/read.hpp>

namespace leaven::crispr {
namespace {

bool holds_index(const std::filesystem::path& path) {
    if (!may_read(path)) return false;
    std::ifstream file(path, std::ios::binary);
    std::string head(8, '\0');
    file.read(head.data(), 8);
    return file.gcount() == 8 && Genome::is_index(head);
}

std::vector<std::string> names_of(const Genome& genome) {
    std::vector<std::string> names;
    for (const auto& contig : genome.contigs()) names.push_back(contig.name);
    return names;
}

Failure no_contig(const std::string& name, const Genome& genome) {
    auto near = nearest(name, names_of(genome));
    if (near.empty()) {
        near = names_of(genome);
        near.resize(std::min<std::size_t>(near.size(), 5));
    }
    return not_found({"the genome has no contig \"{}\"", "基因组中没有序列“{}”"}, name)
        .advise({"it has {}", "其中有 {}"}, join(near, ", "));
}

Status apply(const Topologies& topologies, Genome& genome) {
    if (topologies.mode == Topologies::Mode::from_file) return {};
    for (std::size_t i = 0; i < genome.contigs().size(); ++i)
        genome.set_circular(i, topologies.mode == Topologies::Mode::all);
    for (const auto& name : topologies.names) {
        const auto contig = genome.find(name);
        if (!contig) return no_contig(name, genome).at("circular");
        genome.set_circular(*contig, true);
    }
    return {};
}

Status check_record(const seq::Record& record, const std::string& input, std::set<std::string>& names) {
    const auto where = fmt::format("{}, {}", input, record.id);
    if (record.sequence.alphabet == seq::Alphabet::protein)
        return bad_input({"this is a protein; guides bind DNA", "这是蛋白质序列；向导只结合 DNA"})
            .at(where)
            .advise({"give the genome's bases", "请给出基因组的碱基序列"});
    if (!record.has_sequence())
        return bad_input({"the file names this contig but does not hold its bases", "文件提到此序列但没有其碱基"})
            .at(where)
            .advise({"give the FASTA file, and this one as --annotation",
                     "请给出 FASTA 文件，并把此文件作为 --annotation"});
    if (!names.insert(record.id).second)
        return bad_input({"two contigs have this name", "有两条序列同名"})
            .at(where)
            .advise({"give each its own name", "请给每条序列不同的名称"});
    return {};
}

}  // namespace

Result<GenomeFile> read_genome(const std::string& input, const Topologies& topologies, const Context& context) {
    const auto path = data::resolve(input);
    if (!path) return pass(path);
    GenomeFile file;
    if (holds_index(*path)) {
        auto genome = Genome::open(*path);
        if (!genome) return pass(genome);
        file.genome = *std::move(genome);
    } else {
        auto reader = seq::RecordReader::open(*path);
        if (!reader) return pass(reader);
        const bool knows = reader->format() != seq::Format::fasta && reader->format() != seq::Format::two_bit &&
                           reader->format() != seq::Format::fastq;
        GenomeBuilder builder;
        std::set<std::string> names;
        for (;;) {
            if (context.stopped()) return cancelled();
            auto record = reader->next();
            if (!record) return pass(record);
            if (!*record) break;
            if (auto status = check_record(**record, input, names); !status) return pass(status);
            file.genes.add(names.size() - 1, **record);
            builder.add((*record)->id, (*record)->sequence.letters, knows && (*record)->circular());
        }
        if (names.empty())
            return bad_input({"the file holds no sequence", "文件中没有序列"})
                .at(input)
                .advise({"give a genome", "请给出基因组"});
        file.genome = std::move(builder).finish();
    }
    if (auto status = apply(topologies, file.genome); !status) return pass(status);
    file.genes.finish(file.genome);
    return file;
}

Result<GenomeFile> genome_of(std::span<const seq::Record> records) {
    GenomeFile file;
    GenomeBuilder builder;
    std::set<std::string> names;
    for (const auto& record : records) {
        if (auto status = check_record(record, record.name, names); !status) return pass(status);
        file.genes.add(names.size() - 1, record);
        builder.add(record.id, record.sequence.letters, record.circular());
    }
    file.genome = std::move(builder).finish();
    file.genes.finish(file.genome);
    return file;
}

Result<GeneMap> read_genes(const std::string& input, const Genome& genome) {
    const auto path = data::resolve(input);
    if (!path) return pass(path);
    auto reader = seq::RecordReader::open(*path);
    if (!reader) return pass(reader);
    GeneMap genes;
    for (;;) {
        auto next = reader->next();
        if (!next) return pass(next);
        if (!*next) break;
        auto& record = **next;
        const auto where = fmt::format("annotation {}, {}", input, record.id);
        auto contig = genome.find(record.id);
        if (!contig) contig = genome.find(record.name);
        if (!contig) {
            auto error = no_contig(record.id, genome);
            return std::move(error).at(where);
        }
        const auto length = genome.contigs()[*contig].length;
        const bool circular = genome.contigs()[*contig].circular;
        const auto reach = circular ? 2 * length : length;  // of features, where the file does not say the length
        const bool fits =
            record.length == 0 || (record.length_known ? record.length == length : record.length <= reach);
        if (!fits)
            return bad_input({"the annotation is of another genome: {} bases there, {} here",
                              "注释属于另一基因组：其中 {} 个碱基，此处 {} 个"},
                             record.length, length)
                .at(where)
                .advise({"give the annotation of this version", "请给出此版本的注释"});
        if (!record.sequence.letters.empty()) {
            GenomeBuilder builder;
            builder.add(record.id, record.sequence.letters, false);
            if (std::move(builder).finish().letters(0, {0, length}) != genome.letters(*contig, {0, length}))
                return bad_input({"the annotation holds other bases of this contig", "注释中此序列的碱基与基因组不同"})
                    .at(where)
                    .advise({"give the annotation of this version", "请给出此版本的注释"});
        }
        record.length = length;
        if (circular) record.topology = seq::Topology::circular;
        genes.add(*contig, record);
    }
    genes.finish(genome);
    return genes;
}

Result<Region> read_region(const std::string& text, const Genome& genome, const std::string& where) {
    if (const auto whole = genome.find(text)) {
        const auto& about = genome.contigs()[*whole];
        return Region{*whole, {0, about.circular ? 2 * about.length : about.length}};
    }
    const auto colon = text.rfind(':');
    const auto dots = text.find("..", colon == std::string::npos ? 0 : colon);
    if (colon == std::string::npos || dots == std::string::npos)
        return bad_input({"\"{}\" is not a place", "“{}”不是位置"}, text)
            .at(where)
            .advise({"write contig:100..900", "请写成 contig:100..900"});
    const auto contig = genome.find(text.substr(0, colon));
    if (!contig) {
        auto error = no_contig(text.substr(0, colon), genome);
        return std::move(error).at(where);
    }
    const auto number = [&](std::size_t from, std::size_t to) -> std::int64_t {
        std::int64_t value = 0;
        const auto [end, code] = std::from_chars(text.data() + from, text.data() + to, value);
        return code == std::errc() && end == text.data() + to ? value : -1;
    };
    const auto first = number(colon + 1, dots);
    auto last = number(dots + 2, text.size());
    const auto& about = genome.contigs()[*contig];
    if (about.circular && last >= 1 && last < first && first <= about.length) last += about.length;
    if (first < 1 || last < first || first > about.length || (last > about.length && !about.circular) ||
        last - first >= about.length)
        return bad_input({"\"{}\" does not lie within the contig of {} bases", "“{}”不在长 {} 的序列之内"}, text,
                         about.length)
            .at(where)
            .advise({"write contig:100..900, counted from 1", "请写成 contig:100..900，从 1 起计"});
    return Region{*contig, {first - 1, last}};
}

}  // namespace leaven::crispr
