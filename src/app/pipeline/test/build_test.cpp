// From a design to what is ordered for it.
#include <algorithm>
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/dna/codon_table.hpp>
#include <leaven/op/described.hpp>
#include <leaven/op/json.hpp>
#include <leaven/pipeline/dossier.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::pipeline {
namespace {

namespace fs = std::filesystem;

const fs::path examples = fs::path(LEAVEN_SOURCE_DIR) / "examples";

std::string chromosome() {
    return seq::read_document(fs::path(LEAVEN_SOURCE_DIR) / "data/dna/fermenter.gb")->records.front().sequence.letters;
}

/// On a circle, on either strand.
std::int64_t occurrences(const std::string& letters, const std::string& word) {
    const auto around = letters + letters.substr(0, word.size() - 1);
    std::int64_t count = 0;
    for (const auto& strand : {around, seq::reverse_complement(around)})
        for (auto at = strand.find(word); at != std::string::npos; at = strand.find(word, at + 1)) ++count;
    return count;
}

class Build : public ::testing::Test {
protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    /// The example with a line of it replaced.
    Result<DossierFiles> dossier(const std::string& from = "", const std::string& to = "") {
        std::ifstream in(examples / "fermenter_build.toml");
        std::string text((std::istreambuf_iterator<char>(in)), {});
        if (const auto at = text.find(from); !from.empty() && at != std::string::npos)
            text.replace(at, from.size(), to);
        for (auto at = text.find("\"../"); at != std::string::npos; at = text.find("\"../"))
            text.replace(at, 4, "\"" + fs::path(LEAVEN_SOURCE_DIR).string() + "/");
        const auto path = folder_ / "project.toml";
        std::ofstream(path) << text;
        const auto project = read_project(path);
        if (!project) return pass(project);
        return make_dossier(*project, context_);
    }

    const fs::path folder_ = fs::temp_directory_path() / fmt::format("leaven-build-{}", ::getpid());
    Context context_;
};

TEST_F(Build, every_knockout_of_the_best_design_has_an_edit_and_guides) {
    const auto files = dossier();
    ASSERT_TRUE(files) << files.error().message.en << files.error().where;
    const auto& build = *files->dossier.build;
    std::set<std::string> wanted;
    for (const auto& one : files->dossier.designs.designs.front().interventions) wanted.insert(one.id);
    std::set<std::string> edited;
    for (const auto& edit : build.edits) edited.insert(edit.gene);
    std::set<std::string> guided;
    for (const auto& guide : build.guides)
        if (guide.purpose == "knockout") guided.insert(guide.gene);
    EXPECT_FALSE(wanted.empty());
    EXPECT_EQ(edited, wanted);
    EXPECT_EQ(guided, wanted);
}

TEST_F(Build, guides_stand_once_on_the_chromosome_and_check_primers_tell_the_genotypes_apart) {
    const auto files = dossier();
    ASSERT_TRUE(files);
    const auto letters = chromosome();
    for (const auto& guide : files->dossier.build->guides) {
        EXPECT_EQ(occurrences(letters, guide.sequence + guide.pam), 1) << guide.sequence;
        EXPECT_NE(guide.top.find(guide.sequence), std::string::npos);
        EXPECT_NE(guide.bottom.find(seq::reverse_complement(guide.sequence)), std::string::npos);
    }
    for (const auto& edit : files->dossier.build->edits) {
        EXPECT_EQ(edit.wild_type - edit.edited, edit.end - edit.start) << edit.edit;
        const auto half = edit.donor.size() / 2;
        EXPECT_EQ(occurrences(letters, edit.donor.substr(0, half)), 1);
        EXPECT_EQ(occurrences(letters, edit.donor), 0);
    }
}

TEST_F(Build, the_gene_of_the_pathway_is_the_protein_with_the_best_codons) {
    const auto files = dossier();
    ASSERT_TRUE(files);
    ASSERT_EQ(files->dossier.build->genes.size(), 1U);
    const auto& gene = files->dossier.build->genes.front();
    const auto protein = seq::read_document(fs::path(LEAVEN_SOURCE_DIR) / "data/dna/fermenter.proteins.fasta")
                             ->records.front()
                             .sequence.letters;
    const auto table = dna::load_codon_table(std::string(LEAVEN_SOURCE_DIR) + "/data/dna/fermenter.codons.csv");
    ASSERT_TRUE(table);
    EXPECT_EQ(gene.status, "optimal");
    std::string translated;
    for (std::size_t i = 0; i < gene.sequence.size(); i += 3) {
        const auto codon = *dna::codon_of(gene.sequence.substr(i, 3));
        translated.push_back(table->amino_acids[codon]);
        EXPECT_DOUBLE_EQ(table->weight[codon], 1) << "codon " << i / 3;  // nothing speaks against the best
    }
    EXPECT_EQ(translated, protein + "*");
}

TEST_F(Build, the_order_lists_every_oligo_once) {
    const auto files = dossier();
    ASSERT_TRUE(files);
    const auto order = files->dossier.build->oligos;
    std::set<std::string> names;
    for (const auto& row : order) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_EQ(row.sequence.find_first_not_of("ACGT"), std::string::npos) << row.name;
    }
    std::size_t expected = 2 * files->dossier.build->guides.size();
    for (const auto& edit : files->dossier.build->edits) expected += edit.oligos.size();
    EXPECT_EQ(order.size(), expected);
}

TEST_F(Build, threads_change_nothing) {
    context_.threads = 1;
    const auto one = to_json(dossier()->dossier).dump();
    context_.threads = 3;
    const auto three = to_json(dossier()->dossier).dump();
    EXPECT_EQ(three, one);
}

TEST_F(Build, what_cannot_be_used_is_named) {
    const auto fault = [](const auto& result) {
        return result ? std::string("none") : fmt::format("{} {}", name_of(result.error().code), result.error().where);
    };
    EXPECT_TRUE(fault(dossier("fermenter.gb", "absent.gb")).starts_with("not_found"));
    EXPECT_TRUE(fault(dossier("pcas9", "pcas10")).starts_with("not_found"));
    EXPECT_TRUE(fault(dossier("lambda_red", "scissors")).starts_with("bad_input project.toml, line"));
    EXPECT_TRUE(fault(dossier("codons = \"../data/dna/fermenter.codons.csv\"", "")).starts_with("bad_input"));
}

TEST_F(Build, a_gene_that_the_chromosome_lacks_is_a_note) {
    const auto files = dossier("genes = \"lacx\"", "genes = \"lacy\"");
    ASSERT_TRUE(files);
    EXPECT_TRUE(files->dossier.build->genes.empty());
    EXPECT_TRUE(std::any_of(files->dossier.notes.begin(), files->dossier.notes.end(),
                            [](const auto& note) { return note.code == "protein_missing" && note.where == "lacy"; }));
}

}  // namespace
}  // namespace leaven::pipeline
