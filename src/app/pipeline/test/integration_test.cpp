// From a plasmid to the chromosome: cassettes, donors, edited genomes, all told again by hand.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include <leaven/dna/pcr.hpp>
#include <leaven/op/described.hpp>
#include <leaven/pipeline/registry.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/sequence.hpp>

#include "small_bench.hpp"

namespace leaven::pipeline {
namespace {

const std::string one_plasmid = "construct = \"p=pA;rbs:2000;lacx;t1;vector\"\n";

std::string integrate(const std::string& place) { return "integrate = \"" + place + "\"\n"; }

seq::Record wild_type() { return seq::read_document(checkout / "data/dna/fermenter.gb")->records.front(); }

seq::Record only(const std::string& genbank) {
    const auto document = seq::read_document(std::string(genbank), "written.gb");
    EXPECT_TRUE(document);
    EXPECT_EQ(document->records.size(), 1U);
    return document->records.front();
}

std::vector<PlannedEdit> integrations(const DossierFiles& files) {
    std::vector<PlannedEdit> rows;
    for (const auto& edit : files.dossier.build->edits)
        if (edit.kind == "integration") rows.push_back(edit);
    return rows;
}

std::string spliced(std::string letters, std::int64_t start, std::int64_t end, const std::string& come) {
    return letters.replace(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start), come);
}

std::vector<dna::Primer> primers_for(const PlannedEdit& edit, const std::string& purpose) {
    std::vector<dna::Primer> primers;
    for (const auto& oligo : edit.oligos)
        if (oligo.purpose == purpose) primers.push_back({oligo.name, oligo.sequence});
    return primers;
}

std::vector<std::string> products(const seq::Record& record, const std::vector<dna::Primer>& primers) {
    std::vector<std::string> letters;
    const auto made = dna::amplify(record, primers, {}, {});
    EXPECT_TRUE(made);
    for (const auto& product : made->products) letters.push_back(product.letters);
    return letters;
}

const seq::Feature* coding(const seq::Record& record, const std::string& gene) {
    for (const auto& feature : record.features)
        if (const auto* name = feature.find("gene"); feature.type == "CDS" && name != nullptr && name->value == gene)
            return &feature;
    return nullptr;
}

class Integration : public SmallBench {
protected:
    DossierFiles planned(const std::string& place, const std::string& method = "lambda_red",
                         const std::string& construct = one_plasmid) {
        auto files = dossier(shelf + supplier + construct + integrate(place), method);
        EXPECT_TRUE(files) << files.error().message.en << files.error().where;
        return files ? *std::move(files) : DossierFiles();
    }
};

/// pdc1 reads on the reverse strand of 3622..4467.
TEST_F(Integration, the_cassette_takes_the_place_of_a_gene_and_reads_as_the_gene_did) {
    const auto files = planned("pdc1");
    const auto rows = integrations(files);
    ASSERT_EQ(rows.size(), 1U);
    const auto& row = rows.front();
    EXPECT_EQ(row.gene, "pdc1");
    EXPECT_EQ(row.construct, "p");
    EXPECT_EQ(row.start, 3621);
    EXPECT_EQ(row.end, 4467);
    EXPECT_EQ(row.verified, std::optional(true));
    const auto plasmid_record = records_of(files.constructs).at("p");
    const auto& places = files.dossier.build->assembly->constructs.front().parts;
    ASSERT_EQ(places.back().role, "backbone");
    const auto cassette = plasmid_record.sequence.letters.substr(0, static_cast<std::size_t>(places.back().start));
    EXPECT_EQ(only(files.cassettes.front()).sequence.letters, cassette);
    EXPECT_EQ(row.cassette, static_cast<std::int64_t>(cassette.size()));
    ASSERT_EQ(row.arms.size(), 2U);
    EXPECT_EQ(row.donor, row.arms[0].sequence + seq::reverse_complement(cassette) + row.arms[1].sequence);
    EXPECT_EQ(products(plasmid_record, primers_for(row, "edit")),
              std::vector{seq::reverse_complement(row.donor)});  // the plasmid reads it the other way
}

TEST_F(Integration, the_edited_chromosome_is_what_a_pair_of_scissors_makes_and_its_genes_read_their_proteins) {
    const auto files = planned("pdc1");
    const auto before = wild_type();
    const auto after = only(files.edited);
    const auto cassette = only(files.cassettes.front());
    auto letters = before.sequence.letters;
    for (const auto& edit : files.dossier.build->edits)  // adh1 lies behind pdc1
        if (edit.kind == "deletion") letters = spliced(letters, edit.start, edit.end, "");
    letters = spliced(letters, 3621, 4467, seq::reverse_complement(cassette.sequence.letters));
    EXPECT_EQ(after.sequence.letters, letters);
    EXPECT_TRUE(after.circular());
    EXPECT_EQ(coding(after, "pdc1"), nullptr);
    for (const std::string gene : {"hxt", "pdc5", "ald6", "jen1"}) {
        ASSERT_NE(coding(after, gene), nullptr) << gene;
        EXPECT_EQ(seq::translate_feature(after, *coding(after, gene), 0)->protein,
                  seq::translate_feature(before, *coding(before, gene), 0)->protein);
    }
    ASSERT_NE(coding(after, "lacx"), nullptr);
    EXPECT_EQ(seq::strand_of(coding(after, "lacx")->location), seq::Strand::reverse);
    EXPECT_EQ(seq::translate_feature(after, *coding(after, "lacx"), 0)->protein,
              seq::read_document(checkout / "data/dna/fermenter.proteins.fasta")->records.front().sequence.letters);
}

TEST_F(Integration, pcr_of_the_plasmid_with_the_ordered_primers_gives_the_donor) {
    for (const auto& [place, method] : {std::pair<std::string, std::string>("insert:4600", "lambda_red"),
                                        {"replace:9000..9050", "yeast_hr"},
                                        {"insert:10137", "lambda_red"}}) {
        const auto files = planned(place, method);
        const auto rows = integrations(files);
        ASSERT_EQ(rows.size(), 1U) << place;
        const auto made = products(records_of(files.constructs).at("p"), primers_for(rows.front(), "edit"));
        ASSERT_EQ(made.size(), 1U) << place;
        EXPECT_EQ(made.front(), rows.front().donor) << place;  // both read forward
        EXPECT_EQ(rows.front().verified, std::optional(true)) << place;
    }
}

/// Arms too long for tails: three products, of which each shares twenty bases with the next.
TEST_F(Integration, long_arms_are_made_of_the_chromosome_and_joined_to_the_cassette) {
    for (const auto& [method, arm] :
         {std::pair<std::string, std::size_t>("cas9_hdr", 500), {"double_crossover", 700}}) {
        const auto files = planned("pdc1", method);
        const auto rows = integrations(files);
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows.front().arms[0].sequence.size(), arm);
        const auto primers = primers_for(rows.front(), "edit");
        ASSERT_EQ(primers.size(), 6U);
        const auto chromosome = wild_type();
        const auto left = products(chromosome, {primers[0], primers[1]});
        const auto middle = products(records_of(files.constructs).at("p"), {primers[2], primers[3]});
        const auto right = products(chromosome, {primers[4], primers[5]});
        ASSERT_TRUE(left.size() == 1 && middle.size() == 1 && right.size() == 1) << method;
        const auto insert = seq::reverse_complement(middle.front());  // the plasmid reads it so, pdc1 the other way
        EXPECT_EQ(left.front().substr(left.front().size() - 20), insert.substr(0, 20));
        EXPECT_EQ(insert.substr(insert.size() - 20), right.front().substr(0, 20));
        EXPECT_EQ(left.front() + insert.substr(20) + right.front().substr(20), rows.front().donor);
        EXPECT_EQ(rows.front().verified, std::optional(true));
    }
}

TEST_F(Integration, check_primers_give_one_product_of_each_genotype_with_the_told_length) {
    const auto files = planned("pdc1");
    const auto row = integrations(files).front();
    const auto primers = primers_for(row, "check");
    auto edited = wild_type();
    edited.set_sequence({spliced(edited.sequence.letters, row.start, row.end,
                                 seq::reverse_complement(only(files.cassettes.front()).sequence.letters)),
                         {},
                         seq::Alphabet::dna});
    const auto before = products(wild_type(), primers);
    const auto after = products(edited, primers);
    ASSERT_TRUE(before.size() == 1 && after.size() == 1);
    EXPECT_EQ(row.wild_type, static_cast<std::int64_t>(before.front().size()));
    EXPECT_EQ(row.edited, static_cast<std::int64_t>(after.front().size()));
    EXPECT_EQ(row.edited - row.wild_type, row.cassette - (row.end - row.start));
}

TEST_F(Integration, cas9_gets_a_guide_that_finds_the_wild_type_and_not_the_edited_chromosome) {
    const auto files = planned("pdc1", "cas9_hdr");
    std::vector<PlannedGuide> guides;
    for (const auto& guide : files.dossier.build->guides)
        if (guide.purpose == "integration") guides.push_back(guide);
    ASSERT_EQ(guides.size(), 1U);
    const auto target = guides.front().sequence + guides.front().pam;
    const auto holds = [&](const seq::Record& record) {
        const auto letters = record.sequence.letters + record.sequence.letters.substr(0, 30);
        return letters.find(target) != std::string::npos ||
               letters.find(seq::reverse_complement(target)) != std::string::npos;
    };
    EXPECT_TRUE(holds(wild_type()));
    EXPECT_FALSE(holds(only(files.edited)));
    EXPECT_EQ(guides.front().off_targets.substr(0, 2), "0-");
    std::set<std::string> ordered;
    for (const auto& oligo : files.dossier.build->oligos) ordered.insert(oligo.sequence);
    EXPECT_TRUE(ordered.contains(guides.front().top) && ordered.contains(guides.front().bottom));
}

TEST_F(Integration, alternatives_go_to_one_place_each_by_itself_and_what_they_share_is_ordered_once) {
    const auto files = planned("pdc1", "lambda_red", plasmid);
    const auto rows = integrations(files);
    ASSERT_EQ(rows.size(), 2U);
    ASSERT_EQ(files.cassettes.size(), 2U);
    EXPECT_EQ(rows[0].construct, "p_pA");
    EXPECT_EQ(rows[1].construct, "p_pB");
    EXPECT_EQ(rows[0].start, rows[1].start);
    EXPECT_NE(rows[0].donor, rows[1].donor);
    std::map<std::string, std::string> ordered;
    for (const auto& oligo : files.dossier.build->oligos)
        EXPECT_TRUE(ordered.emplace(oligo.name, oligo.sequence).second) << oligo.name;
    std::set<std::string> sequences;
    for (const auto& row : rows)
        for (const auto& oligo : row.oligos) {
            EXPECT_EQ(ordered.at(oligo.name), oligo.sequence);
            sequences.insert(oligo.sequence);
        }
    EXPECT_EQ(sequences.size(), 5U);  // one end of the cassettes differs: three primers of donors, two of the check
}

TEST_F(Integration, the_cassette_does_not_depend_on_where_the_circle_is_written_to_begin) {
    const auto first = planned("pdc1").cassettes;
    const auto turned = planned("pdc1", "lambda_red", "construct = \"p=lacx;t1;vector;pA;rbs:2000\"\n").cassettes;
    const auto vector_first = planned("pdc1", "lambda_red", "construct = \"p=vector;pA;rbs:2000;lacx;t1\"\n").cassettes;
    ASSERT_TRUE(first.size() == 1 && turned.size() == 1 && vector_first.size() == 1);
    EXPECT_EQ(only(turned.front()).sequence.letters, only(first.front()).sequence.letters);
    EXPECT_EQ(only(vector_first.front()).sequence.letters, only(first.front()).sequence.letters);
}

TEST_F(Integration, a_gene_that_is_deleted_anyway_is_taken_out_by_the_cassette_alone) {
    const auto files = planned("adh1");
    const auto& edits = files.dossier.build->edits;
    ASSERT_EQ(edits.size(), 1U);
    EXPECT_EQ(edits.front().kind, "integration");
    EXPECT_TRUE(has_note(files.dossier, "deletion_by_integration"));
    for (const auto& oligo : files.dossier.build->oligos) EXPECT_NE(oligo.name, "adh1_donor");
    EXPECT_EQ(coding(only(files.edited), "adh1"), nullptr);
}

TEST_F(Integration, a_place_in_the_arms_of_a_deletion_is_a_note_and_the_deletion_stays) {
    const auto files = planned("insert:5990");
    EXPECT_TRUE(integrations(files).empty());
    EXPECT_EQ(files.dossier.build->edits.size(), 1U);
    EXPECT_TRUE(has_note(files.dossier, "integration_not_planned"));
    EXPECT_TRUE(files.edited.empty() && files.cassettes.empty());
}

TEST_F(Integration, what_keeps_the_construct_from_being_planned_is_said_of_the_integration_too) {
    const auto files = dossier(shelf + one_plasmid + integrate("pdc1"));  // nobody makes the gene
    ASSERT_TRUE(files);
    EXPECT_TRUE(has_note(files->dossier, "no_supplier"));
    EXPECT_TRUE(has_note(files->dossier, "integration_not_planned"));
}

TEST_F(Integration, a_cassette_without_a_marker_is_warned_of_where_nothing_else_selects_it) {
    const auto warned = [&](const std::string& method) {
        const auto warnings = integrations(planned("pdc1", method)).front().warnings;
        return std::any_of(warnings.begin(), warnings.end(),
                           [](const Text& one) { return one.en.find("selectable marker") != std::string::npos; });
    };
    EXPECT_TRUE(warned("lambda_red"));
    EXPECT_FALSE(warned("cas9_hdr"));
}

/// A part of sixty bases out of ldh, 8184..8789, which stays on the chromosome, or out of pdc1, which does not.
TEST_F(Integration, bases_that_the_cassette_shares_with_what_stays_on_the_chromosome_are_warned_of) {
    const auto letters = wild_type().sequence.letters;
    const auto shared_with = [&](std::size_t start, bool other_strand) {
        const auto own = letters.substr(start, 60);
        std::ofstream(folder_ / "own.fa") << ">own\n" << (other_strand ? seq::reverse_complement(own) : own) << "\n";
        auto with_own = shelf;
        replace_all(with_own, "parts.gb\"", "parts.gb\", \"" + (folder_ / "own.fa").string() + "\"");
        const auto files =
            dossier(with_own + supplier + "construct = \"p=pA;rbs:2000;lacx;own;t1;vector\"\n" + integrate("pdc1"));
        const auto rows = files ? integrations(*files) : std::vector<PlannedEdit>();
        if (rows.empty()) return std::string("nothing is planned");
        for (const auto& warning : rows.front().warnings)
            if (warning.en.find("shares") != std::string::npos) return warning.en;
        return std::string();
    };
    for (const bool other_strand : {false, true})
        EXPECT_TRUE(
            shared_with(8'299, other_strand).starts_with("the cassette shares 60 bases with FERMENTER, 8300..8359"))
            << shared_with(8'299, other_strand);
    EXPECT_EQ(shared_with(3'799, false), "");
}

TEST_F(Integration, the_command_in_the_dossier_makes_the_same_primers_and_the_same_edited_chromosome) {
    const auto files = planned("pdc1");
    const auto row = integrations(files).front();
    fs::create_directories(folder_ / "dossier");
    const auto cassette = (folder_ / "dossier/cassette-1.gb").string();
    std::ofstream(cassette) << files.cassettes.front();
    const auto chromosome = (checkout / "data/dna/fermenter.gb").string();
    EXPECT_EQ(files.dossier.provenance.commands.back(),
              fmt::format("leaven dna edit {} --edit delete:adh1 --edit 'replace:pdc1:dossier/cassette-1.gb' --method "
                          "lambda_red --arm 50 --out edited.gb",
                          chromosome));
    const auto all = registry();
    const auto edit = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.path() == "dna edit"; });
    ASSERT_NE(edit, all.end());
    const auto out = (folder_ / "edited.gb").string();
    const auto answer = edit->compute({{"genome", chromosome},
                                       {"edit", {"delete:adh1", "replace:pdc1:" + cassette}},
                                       {"method", "lambda_red"},
                                       {"arm", 50},
                                       {"out", out}},
                                      context_);
    ASSERT_TRUE(answer) << answer.error().message.en;
    EXPECT_EQ(text_of(out), files.edited);
    const auto told = answer->json().at("edits").at(1);
    EXPECT_EQ(told.at("donor"), row.donor);
    const auto primers = primers_for(row, "edit");
    ASSERT_EQ(told.at("oligos").size(), primers.size());
    for (std::size_t i = 0; i < primers.size(); ++i) EXPECT_EQ(told["oligos"][i].at("sequence"), primers[i].letters);
}

TEST_F(Integration, threads_change_nothing) {
    context_.threads = 1;
    const auto one = planned("pdc1", "cas9_hdr");
    context_.threads = 3;
    const auto three = planned("pdc1", "cas9_hdr");
    EXPECT_EQ(to_json(three.dossier).dump(), to_json(one.dossier).dump());
    EXPECT_EQ(three.edited, one.edited);
    EXPECT_EQ(three.cassettes, one.cassettes);
}

TEST_F(Integration, what_cannot_be_used_is_named) {
    const auto fault = [&](const std::string& construct, const std::string& place, const std::string& method) {
        const auto files = dossier(shelf + supplier + construct + integrate(place), method);
        if (files) return std::string("none");
        const auto key = files.error().where.substr(files.error().where.rfind(' ') + 1);
        return fmt::format("{} {}", name_of(files.error().code), key);
    };
    EXPECT_EQ(fault(one_plasmid, "pdc1", "mage"), "bad_input build.method");
    EXPECT_EQ(fault("", "pdc1", "lambda_red"), "bad_input build.integrate");
    EXPECT_EQ(fault("nuclease = \"AsCas12a\"\n" + one_plasmid, "pdc1", "cas9_hdr"), "bad_input build.nuclease");
    for (const std::string place :
         {"delete:pdc1", "5000", "100..200", "insert:pdc1", "replace:pdc1:ACGT", "x:y:z:w", ":"})
        EXPECT_EQ(fault(one_plasmid, place, "lambda_red"), "bad_input build.integrate") << place;
    EXPECT_EQ(fault(one_plasmid, "insert:99999", "lambda_red"), "bad_input build.integrate");
    EXPECT_EQ(fault(one_plasmid, "pdc7", "lambda_red"), "not_found build.integrate");
    EXPECT_EQ(fault("construct = \"pA;rbs:2000;lacx;t1\"\n", "pdc1", "lambda_red"), "bad_input build.construct");
    EXPECT_EQ(fault("construct = \"pA;rbs:2000;lacx;vector;t1;backbone:p2\"\n", "pdc1", "lambda_red"),
              "bad_input build.construct");
}

TEST_F(Integration, an_unknown_gene_is_answered_with_the_nearest_names) {
    const auto files = dossier(shelf + supplier + one_plasmid + integrate("pdc7"));
    ASSERT_FALSE(files);
    EXPECT_NE(files.error().hint.en.find("pdc1"), std::string::npos);
    EXPECT_NE(files.error().hint.zh.find("pdc5"), std::string::npos);
}

}  // namespace
}  // namespace leaven::pipeline
