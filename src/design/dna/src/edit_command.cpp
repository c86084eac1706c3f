#include <algorithm>
#include <filesystem>

#include <leaven/core/file.hpp>
#include <leaven/op/bound.hpp>
#include <leaven/seq/write.hpp>

#include "edit_rows.hpp"
#include "order_commands.hpp"

namespace leaven::dna {
namespace {

/// Letters as typed, or the one record of a file.
Result<seq::Record> incoming(const TypedEdit& typed) {
    std::error_code ignored;
    const bool letters =
        std::all_of(typed.bases.begin(), typed.bases.end(), [](char c) { return seq::is_nucleotide(c); });
    seq::Record record;
    record.sequence.letters = typed.bases;
    if (letters && !std::filesystem::exists(typed.bases, ignored)) return record;
    auto records = load_molecules({typed.bases}, {});
    if (!records) return pass(records);
    if (records->size() == 1) return std::move(records->front());
    return bad_input({"the file holds {} records", "文件含 {} 条记录"}, records->size())
        .at(typed.bases)
        .advise({"give one sequence", "请提供单条序列"});
}

Result<std::vector<GenomeEdit>> placed(const EditParams& parameters, std::span<const seq::Record> genome) {
    std::vector<GenomeEdit> edits;
    for (const auto& text : parameters.edit) {
        const auto typed = parse_genome_edit(text);
        if (!typed) return pass(typed);
        const auto record = incoming(*typed);
        if (!record) return pass(record);
        auto edit = place_edit(*typed, *record, genome, parameters.keep_frame);
        if (!edit) return pass(edit);
        edits.push_back(*std::move(edit));
    }
    return edits;
}

EditRow row_of(const GenomeEdit& edit, const EditDesign& design, const seq::Record& record) {
    EditRow row{.edit = edit.text, .record = record.name, .start = edit.at.start, .end = edit.at.end};
    for (const auto& oligo : design.oligos)
        row.oligos.push_back({oligo.name, oligo.letters, seq::name_of(oligo.strand), oligo.replichore, oligo.dg_kcal});
    row.arms = rows_of(design.arms);
    if (!design.donor.empty()) row.donor = design.donor;
    if (const auto& guide = design.guide)
        row.guide =
            GuideRow{guide->letters, guide->pam,         guide->at.start, guide->at.end, seq::name_of(guide->strand),
                     guide->cut,     guide->off_targets, guide->flags};
    for (const auto& primer : design.check_primers)
        row.check_primers.push_back({primer.name, primer.letters, seq::name_of(primer.strand), primer.tm_c});
    if (!design.check_primers.empty()) row.products = {design.wild_type, design.edited};
    for (const auto& note : design.notes) row.warnings.push_back({note.code, note.gene, note.message});
    return row;
}

Status write_genome(const EditParams& parameters, std::vector<seq::Record> records) {
    const auto ending = std::filesystem::path(parameters.out).extension().string();
    const auto format = seq::format_of_ending(ending);
    if (!format)
        return bad_input({"no way to write \"{}\"", "无法写成“{}”"}, ending)
            .at(parameters.out)
            .advise({"use an ending of .gb .fa .gff3 .nt .2bit", "请用扩展名 .gb .fa .gff3 .nt .2bit"});
    const seq::Document document{.format = seq::Format::genbank, .records = std::move(records)};
    const auto written = seq::write_document(document, *format, ending);
    if (!written) return pass(written);
    return write_file(parameters.out, written->bytes);
}

Result<EditResult> edit_genome(const EditParams& parameters, const GuideFinder& find, Context& context) {
    const auto genome = load_molecules({parameters.genome}, parameters.molecules);
    if (!genome) return pass(genome);
    const auto edits = placed(parameters, *genome);
    if (!edits) return pass(edits);
    EditOptions options{.method = edit_method_named(parameters.method),
                        .arm = parameters.arm,
                        .oligo_length = parameters.oligo_length,
                        .guides = find};
    const auto reach = options.method == EditMethod::mage ? options.oligo_length : options.arm;
    if (auto status = check_apart(*edits, *genome, reach); !status) return pass(status);
    auto edited = edited_genome(*genome, *edits);
    if (!edited) return pass(edited);
    EditResult result;
    for (const auto& edit : *edits) {
        context.report({{"designing edits", "设计编辑"},
                        static_cast<std::int64_t>(result.edits.size()),
                        static_cast<std::int64_t>(edits->size())});
        if (context.stopped()) return cancelled();
        const auto& record = (*genome)[edit.record];
        auto replication = find_replication(record, parameters.oric, parameters.dif, context);
        if (!replication) return pass(replication);
        options.replication = *replication;
        const auto design = design_edit(*genome, edit, options, context);
        if (!design) return pass(design);
        result.edits.push_back(row_of(edit, *design, record));
    }
    if (parameters.out.empty()) return result;
    if (auto status = write_genome(parameters, *std::move(edited)); !status) return pass(status);
    return result;
}

}  // namespace

std::vector<Text> EditResult::headline() const {
    std::vector<Text> lines;
    for (const auto& row : edits) {
        auto line = text({"{}: bases {}..{}", "{}：碱基 {}..{}"}, row.edit, row.start + 1, row.end);
        if (row.products.wild_type) {
            const auto more = text({"; check product {} bases, edited {}", "；鉴定产物 {} 个碱基，编辑后 {}"},
                                   *row.products.wild_type, *row.products.edited);
            line = {line.en + more.en, line.zh + more.zh};
        }
        lines.push_back(std::move(line));
        const auto add = [&lines](const std::string& name, const std::string& sequence) {
            const auto oligo = fmt::format("  {}  {}", name, sequence);
            lines.push_back({oligo, oligo});
        };
        for (const auto& oligo : row.oligos) add(oligo.name, oligo.sequence);
        for (const auto& primer : row.check_primers) add(primer.name, primer.sequence);
        for (const auto& warning : row.warnings)
            lines.push_back({"  " + warning.message.en, "  " + warning.message.zh});
    }
    return lines;
}

Operation edit_operation(GuideFinder find) {
    return make_bound<EditParams, EditResult>(
        "dna edit",
        {"Oligos, arms, guide and check primers for edits of a chromosome, and the edited genome",
         "设计染色体编辑所需的寡核苷酸、同源臂、向导与鉴定引物，并写出编辑后的基因组"},
        [find = std::move(find)](const EditParams& parameters, Context& context) {
            return edit_genome(parameters, find, context);
        });
}

}  // namespace leaven::dna
