#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/genome_edit.hpp>
#include <leaven/dna/pcr.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna {
namespace {

using testing::molecule;
using testing::other_strand;
using testing::random_dna;

seq::Feature gene(const std::string& type, const std::string& name, const std::string& location, std::int64_t length) {
    seq::Feature feature{.type = type};
    feature.location = *seq::parse_location(location, length, seq::Topology::circular);
    feature.qualifiers.push_back({"gene", name});
    return feature;
}

Result<GenomeEdit> placed(const std::string& text, std::span<const seq::Record> genome, bool keep_frame = true) {
    const auto typed = parse_genome_edit(text);
    if (!typed) return pass(typed);
    return place_edit(*typed, typed->bases, genome, keep_frame);
}

std::string codes_of(const std::vector<EditNote>& notes) {
    std::string codes;
    for (const auto& note : notes) codes += note.code + ":" + note.gene + " ";
    return codes;
}

/// Lengths of all that the check primers make of a molecule.
std::vector<std::int64_t> products_of(const seq::Record& record, const EditDesign& design) {
    std::vector<Primer> primers;
    for (const auto& primer : design.check_primers) primers.push_back({primer.name, primer.letters});
    const auto made = amplify(record, primers, {.max_product = 6'000}, Context());
    EXPECT_TRUE(made.has_value());
    std::vector<std::int64_t> lengths;
    for (const auto& product : made->products) lengths.push_back(static_cast<std::int64_t>(product.letters.size()));
    return lengths;
}

bool holds(const std::vector<std::int64_t>& lengths, std::int64_t length) {
    return std::find(lengths.begin(), lengths.end(), length) != lengths.end();
}

/// Is `oligo` in `genome`, read on `strand`, over the origin too?
bool reads(const std::string& genome, const std::string& oligo, seq::Strand strand) {
    const auto word = strand == seq::Strand::forward ? oligo : other_strand(oligo);
    return (genome + genome.substr(0, word.size())).find(word) != std::string::npos;
}

struct Chromosome {
    std::vector<seq::Record> records{};
    std::string letters{};
    Replication replication{};
};

Chromosome chromosome_of(const std::filesystem::path& path) {
    Chromosome made;
    auto document = seq::read_document(path);
    EXPECT_TRUE(document.has_value());
    made.records = std::move(document->records);
    made.letters = made.records.front().sequence.letters;
    const auto replication = find_replication(made.records.front(), {}, {}, Context());
    EXPECT_TRUE(replication.has_value() && replication->has_value());
    if (replication && *replication) made.replication = **replication;
    return made;
}

void expect_lengths_tell(const Chromosome& chromosome, const GenomeEdit& edit, const EditDesign& design) {
    const auto edited = edited_genome(chromosome.records, std::vector{edit});
    ASSERT_TRUE(edited.has_value());
    EXPECT_GE(std::abs(design.wild_type - design.edited), 20);
    const auto of_wild_type = products_of(chromosome.records.front(), design);
    const auto of_edited = products_of(edited->front(), design);
    EXPECT_TRUE(holds(of_wild_type, design.wild_type) && !holds(of_wild_type, design.edited));
    EXPECT_TRUE(holds(of_edited, design.edited) && !holds(of_edited, design.wild_type));
}

TEST(GenomeEdit, replichores_of_mg1655_are_those_of_the_table) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    LEAVEN_DATA_SET(table, "dna/tables/replichores_MG1655.json");
    const auto chromosome = chromosome_of(path);
    const auto known = testing::json_of(table);
    for (const auto& [name, position] :
         {std::pair("oriC", chromosome.replication.origin), std::pair("dif", chromosome.replication.terminus)}) {
        EXPECT_GE(position, known[name]["start"].get<std::int64_t>()) << name;
        EXPECT_LT(position, known[name]["end"].get<std::int64_t>()) << name;
    }
    EXPECT_EQ(replichore_of(chromosome.replication, 435), 1);        // thrA lies past the origin of the numbering
    EXPECT_EQ(replichore_of(chromosome.replication, 3'930'000), 1);  // just above oriC
    EXPECT_EQ(replichore_of(chromosome.replication, 3'920'000), 2);  // just below
    EXPECT_EQ(replichore_of(chromosome.replication, 1'600'000), 2);  // just above dif
}

TEST(GenomeEdit, deletion_of_thrB_keeps_its_neighbours_and_its_oligo_reads_as_the_edited_genome) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto chromosome = chromosome_of(path);
    const auto edit = placed("delete:thrB", chromosome.records);
    ASSERT_TRUE(edit.has_value());
    // thrB is 2801..3733: its first codon and the last seven stay, as in the Keio collection.
    EXPECT_EQ(edit->at, (seq::Interval{2803, 3712}));
    EXPECT_EQ(codes_of(edit->notes), "");
    const auto design =
        design_edit(chromosome.records, *edit,
                    {.method = EditMethod::lambda_red, .replication = chromosome.replication}, Context());
    ASSERT_TRUE(design.has_value());
    const auto by_hand = chromosome.letters.substr(0, 2803) + chromosome.letters.substr(3712);
    ASSERT_EQ(design->oligos.size(), 1U);
    EXPECT_EQ(design->oligos[0].letters.size(), 100U);
    EXPECT_EQ(design->oligos[0].strand, seq::Strand::reverse);  // lagging strand of replichore 1
    EXPECT_TRUE(reads(by_hand, design->oligos[0].letters, seq::Strand::reverse));
    EXPECT_EQ(design->donor, by_hand.substr(2753, 100));
    EXPECT_EQ(design->wild_type - design->edited, 909);
    expect_lengths_tell(chromosome, *edit, *design);
    EXPECT_EQ(edited_genome(chromosome.records, std::vector{*edit})->front().sequence.letters, by_hand);
}

TEST(GenomeEdit, whole_deletion_of_thrB_takes_what_binds_the_ribosome_of_thrC) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto chromosome = chromosome_of(path);
    const auto edit = placed("delete:thrB", chromosome.records, false);
    ASSERT_TRUE(edit.has_value());
    EXPECT_EQ(edit->at, (seq::Interval{2800, 3733}));
    EXPECT_EQ(codes_of(edit->notes), "start:thrC ");
}

TEST(GenomeEdit, mage_oligos_are_of_the_lagging_strand_with_the_change_in_their_middle) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto chromosome = chromosome_of(path);
    // thrA begins at 337: its bases 100..102 are 436..438. araA lies on the reverse strand of replichore 1,
    // fliC on that of replichore 2.
    for (const auto& [text, strand] : {std::pair("replace:thrA[100..102]:GTT", seq::Strand::reverse),
                                       std::pair("replace:araA[4..6]:TAA", seq::Strand::reverse),
                                       std::pair("replace:fliC[7..9]:TAG", seq::Strand::forward),
                                       std::pair("delete:2000000..2000011", seq::Strand::forward)}) {
        const auto edit = placed(text, chromosome.records);
        ASSERT_TRUE(edit.has_value()) << text;
        const auto design = design_edit(chromosome.records, *edit,
                                        {.method = EditMethod::mage, .replication = chromosome.replication}, Context());
        ASSERT_TRUE(design.has_value()) << text;
        ASSERT_EQ(design->oligos.size(), 1U);
        const auto& oligo = design->oligos[0];
        EXPECT_EQ(oligo.letters.size(), 90U);
        EXPECT_EQ(oligo.strand, strand) << text;
        auto by_hand = chromosome.letters;
        by_hand.replace(static_cast<std::size_t>(edit->at.start), static_cast<std::size_t>(edit->at.length()),
                        edit->letters);
        const auto forward = strand == seq::Strand::forward ? oligo.letters : other_strand(oligo.letters);
        const auto place = by_hand.find(forward);
        ASSERT_NE(place, std::string::npos) << text;
        const auto middle = static_cast<double>(edit->at.start) + static_cast<double>(edit->letters.size()) / 2;
        EXPECT_NEAR(static_cast<double>(place) + 45, middle, 5 + 1.5) << text;
        expect_lengths_tell(chromosome, *edit, *design);
    }
    EXPECT_EQ(placed("replace:thrA[100..102]:GTT", chromosome.records)->at, (seq::Interval{435, 438}));
}

/// Two genes in a row, the second read by ribosomes that bind in the first one's end.
std::vector<seq::Record> operon(const std::string& letters) {
    auto record = molecule(letters, true);
    record.features = {gene("CDS", "up", "101..400", record.length), gene("CDS", "down", "405..704", record.length),
                       gene("CDS", "back", "complement(801..1100)", record.length)};
    return {record};
}

std::string plain_letters(std::size_t size) {  // every word of nine letters once at most, and no stop in frame 1 of it
    std::string letters;
    std::uint32_t state = 12345;
    for (std::size_t i = 0; i < size; ++i) {
        state = state * 1664525U + 1013904223U;
        letters += "ACGT"[state >> 30U];
    }
    return letters;
}

TEST(GenomeEdit, notes_name_the_gene_that_an_edit_harms) {
    const auto genome = operon(plain_letters(2'000));
    const auto codes = [&](const std::string& text, bool keep_frame = true) {
        const auto edit = placed(text, genome, keep_frame);
        return edit ? codes_of(edit->notes) : edit.error().message.en;
    };
    EXPECT_EQ(codes("delete:up", false), "start:down ");
    EXPECT_EQ(codes("delete:up"), "");
    EXPECT_EQ(codes("delete:back"), "");
    EXPECT_EQ(codes("delete:390..402"), "truncated:up start:down ");
    EXPECT_EQ(codes("delete:95..800"), "removed:up removed:down ");
    EXPECT_EQ(codes("delete:200..203").substr(0, 9), "frame:up ");
    EXPECT_EQ(codes("insert:1105:ACGTACGT"), "start:back ");
    EXPECT_EQ(codes("insert:1500:ACGTACGT"), "");
    EXPECT_EQ(codes("replace:up[100..102]:TAA").substr(0, 8), "stop:up ");
    EXPECT_EQ(codes("replace:back[100..102]:TAA").substr(0, 10), "stop:back ");
    // up is 101..400; down needs 385 and what follows, so the last codons that go end at 382 or before.
    EXPECT_EQ(placed("delete:up", genome)->at, (seq::Interval{103, 379}));
    EXPECT_EQ(placed("delete:back", genome)->at, (seq::Interval{821, 1097}));
}

TEST(GenomeEdit, what_is_wrong_with_an_edit_is_said_with_its_text) {
    const auto genome = operon(plain_letters(2'000));
    const auto fault = [&](const std::string& text) {
        const auto edit = placed(text, genome);
        return edit ? std::string("none") : fmt::format("{} {}", name_of(edit.error().code), edit.error().where);
    };
    for (const auto& text : std::vector<std::string>{
             "delete", "delete:", "delete:up:ACGT", "replace:up", "insert:up:ACGT", "insert:10..20:ACGT", "erase:up",
             "delete:[1..2]", "delete:up[1..x]", "replace:5:XYZ", "delete:0..5", "delete:5..2001", "insert:2001:A",
             "delete:up[0..3]", "delete:up[299..301]", "replace:10:" + genome[0].sequence.letters.substr(9, 1),
             "delete:1..2000"})
        EXPECT_EQ(fault(text), "bad_input " + text);
    EXPECT_EQ(fault("delete:upp"), "not_found delete:upp");
    EXPECT_EQ(fault("delete:chrX:1..2"), "not_found delete:chrX:1..2");
    EXPECT_EQ(fault("delete:m:1..2"), "none");
    EXPECT_EQ(fault("insert:0:A"), "none");
}

TEST(GenomeEdit, edits_that_overlap_are_refused) {
    const auto genome = operon(plain_letters(2'000));
    const auto both = [&](const char* a, const char* b) {
        const std::vector<GenomeEdit> edits{*placed(a, genome), *placed(b, genome)};
        return edited_genome(genome, edits).has_value();
    };
    EXPECT_FALSE(both("delete:100..200", "delete:200..300"));
    EXPECT_FALSE(both("delete:1900..10", "delete:5..30"));
    EXPECT_TRUE(both("delete:100..200", "delete:201..300"));
}

GuideFinder every_guide(const std::string& letters) {
    return [letters](std::span<const seq::Record>, std::size_t, seq::Interval place, const Context&) {
        std::vector<Guide> guides;
        for (auto i = place.start; i + 23 <= place.end; ++i) {
            const auto site = letters.substr(static_cast<std::size_t>(i), 23);
            if (site.substr(21) == "GG")
                guides.push_back({.letters = site.substr(0, 20),
                                  .pam = site.substr(20),
                                  .pam_pattern = "NGG",
                                  .at = {i, i + 23},
                                  .cut = i + 17});
        }
        return Result<std::vector<Guide>>(guides);
    };
}

TEST(GenomeEdit, an_edit_over_the_origin_is_made_beside_others) {
    const auto genome = std::vector{molecule(testing::drawn_dna(2'000, 5), true, "ring")};
    const auto& letters = genome.front().sequence.letters;
    const auto here = placed("delete:100..200", genome);
    const auto over = placed("delete:1900..10", genome);
    ASSERT_TRUE(here && over);
    const auto made = edited_genome(genome, std::vector{*here, *over});
    ASSERT_TRUE(made);
    const auto wanted = letters.substr(10, 89) + letters.substr(200, 1'699);  // bases 11..99 and 201..1899
    const auto& got = made->front().sequence.letters;
    EXPECT_EQ(got.size(), wanted.size());
    EXPECT_NE((got + got).find(wanted), std::string::npos);
}

TEST(GenomeEdit, the_guide_no_longer_finds_the_edited_genome) {
    const auto letters = plain_letters(2'000);
    const auto genome = operon(letters);
    const auto edit = placed("delete:900..950", genome);
    const auto design = design_edit(
        genome, *edit, {.method = EditMethod::cas9_hdr, .arm = 60, .guides = every_guide(letters)}, Context());
    ASSERT_TRUE(design.has_value() && design->guide.has_value());
    const auto target = design->guide->letters + design->guide->pam;
    EXPECT_NE(letters.find(target), std::string::npos);
    const auto edited = edited_genome(genome, std::vector{*edit});
    EXPECT_EQ(edited->front().sequence.letters.find(target), std::string::npos);
    EXPECT_EQ(design->donor.size(), 120U);
    const auto none = design_edit(genome, *edit, {.method = EditMethod::cas9_hdr}, Context());
    ASSERT_FALSE(none.has_value());
    EXPECT_EQ(none.error().where, "method");
}

TEST(GenomeEdit, the_best_guide_does_not_depend_on_the_origin) {
    const auto letters = testing::drawn_dna(2'000, 5);
    const auto n = static_cast<std::int64_t>(letters.size());
    for (std::int64_t place = 200; place < n; place += 150) {
        std::set<std::string> chosen;
        for (const auto turn : {std::int64_t{0}, place - 40, place - 1, place, place + 1, place + 40}) {
            const auto moved = testing::turned(letters, static_cast<std::size_t>(turn));
            const auto find = [&](std::span<const seq::Record> genome, std::size_t record, seq::Interval at,
                                  const Context& context) {
                auto guides = every_guide(moved + moved)(genome, record, at, context);
                for (auto& guide : *guides) guide.cut %= n;
                return guides;
            };
            const std::vector<seq::Record> genome{molecule(moved, true)};
            const auto edit = placed(fmt::format("insert:{}:GATTACAGATTACAGATTACA", (place - turn + n) % n), genome);
            ASSERT_TRUE(edit.has_value()) << place << " " << turn;
            const auto design =
                design_edit(genome, *edit, {.method = EditMethod::cas9_hdr, .arm = 60, .guides = find}, Context());
            ASSERT_TRUE(design.has_value()) << place << " " << turn;
            chosen.insert(design->guide ? design->guide->letters : std::string("none"));
        }
        EXPECT_EQ(chosen.size(), 1U) << place;
    }
}

TEST(GenomeEdit, primers_of_a_long_donor_make_it_of_the_genome_and_the_insert) {
    const auto letters = plain_letters(4'000);
    const std::vector<seq::Record> genome{molecule(letters, true)};
    const auto insert = plain_letters(4'700).substr(4'000);
    for (const auto arm : {60, 500}) {
        const auto edit = placed("insert:2000:" + insert, genome);
        const auto design = design_edit(genome, *edit, {.method = EditMethod::double_crossover, .arm = arm}, Context());
        ASSERT_TRUE(design.has_value());
        EXPECT_EQ(design->donor, letters.substr(2'000 - static_cast<std::size_t>(arm), static_cast<std::size_t>(arm)) +
                                     insert + letters.substr(2'000, static_cast<std::size_t>(arm)));
        for (std::size_t i = 0; i + 1 < design->oligos.size(); i += 2) {
            const std::vector<Primer> pair{{"f", design->oligos[i].letters}, {"r", design->oligos[i + 1].letters}};
            std::size_t made = 0;
            for (const auto& source : {genome.front(), molecule(insert, false)}) {
                const auto products = amplify(source, pair, {}, Context());
                ASSERT_TRUE(products.has_value());
                for (const auto& product : products->products)
                    EXPECT_NE(design->donor.find(product.letters), std::string::npos);
                made += products->products.size();
            }
            EXPECT_EQ(made, 1U);
        }
        EXPECT_EQ(design->oligos.size(), arm == 60 ? 2U : 6U);
    }
}

RC_GTEST_PROP(GenomeEdit, a_turn_of_the_circle_changes_no_oligo, ()) {
    const auto letters = random_dna(600, 640);
    const auto size = static_cast<std::int64_t>(letters.size());
    const auto turn = *rc::gen::inRange<std::int64_t>(1, size);
    const auto start = *rc::gen::inRange<std::int64_t>(0, size);
    const auto length = *rc::gen::inRange<std::int64_t>(1, 60);
    const auto come = *rc::gen::element(std::string(), random_dna(1, 30));
    const auto design = [&](std::int64_t by) {
        const std::vector<seq::Record> genome{molecule(testing::turned(letters, static_cast<std::size_t>(by)), true)};
        const auto first = ((start - by) % size + size) % size;
        const GenomeEdit edit{.text = "e", .at = {first, first + length}, .letters = come};
        const auto made = design_edit(genome, edit, {.method = EditMethod::yeast_hr}, Context());
        RC_ASSERT(made.has_value());
        const auto edited = edited_genome(genome, std::vector{edit});
        RC_ASSERT(edited.has_value());
        const auto circle = edited->front().sequence.letters;
        RC_ASSERT(static_cast<std::int64_t>(circle.size()) == size - length + static_cast<std::int64_t>(come.size()));
        for (const auto& oligo : made->oligos) RC_ASSERT(reads(circle, oligo.letters, oligo.strand));
        return std::tuple(made->oligos.front().letters, made->donor, testing::canonical(circle, true));
    };
    RC_ASSERT(design(0) == design(turn));
}

RC_GTEST_PROP(GenomeEdit, check_products_are_those_that_the_primers_make, ()) {
    const auto letters = random_dna(1'200, 1'240);
    const std::vector<seq::Record> genome{molecule(letters, true)};
    const auto start = *rc::gen::inRange<std::int64_t>(0, static_cast<std::int64_t>(letters.size()));
    const auto length = *rc::gen::inRange<std::int64_t>(0, 200);
    const auto come = *rc::gen::element(std::string(), random_dna(1, 40));
    const GenomeEdit edit{.text = "e", .at = {start, start + length}, .letters = come};
    RC_PRE(length > 0 || !come.empty());
    RC_PRE(seq::letters_at(letters, edit.at) != come);
    const auto design = design_edit(genome, edit, {.method = EditMethod::yeast_hr}, Context());
    RC_ASSERT(design.has_value());
    if (design->check_primers.empty()) return;
    RC_ASSERT(holds(products_of(genome.front(), *design), design->wild_type));
    RC_ASSERT(holds(products_of(edited_genome(genome, std::vector{edit})->front(), *design), design->edited));
    RC_ASSERT(std::abs(design->wild_type - design->edited) >= 20);
}

}  // namespace
}  // namespace leaven::dna
