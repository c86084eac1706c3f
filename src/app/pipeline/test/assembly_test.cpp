// From genes to a plasmid and the list of what is ordered for it.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/op/described.hpp>
#include <leaven/op/json.hpp>
#include <leaven/pipeline/dossier.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

#include "data_sets.hpp"
#include "small_bench.hpp"

namespace leaven::pipeline {
namespace {

/// What must hold of any construct, by its letters alone.
void expect_sound(const DossierFiles& files) {
    const auto& build = *files.dossier.build;
    const auto constructs = records_of(files.constructs);
    const auto parts = records_of(files.parts);
    ASSERT_EQ(constructs.size(), build.assembly->constructs.size());
    for (const auto& row : build.assembly->constructs) {
        const auto& letters = constructs.at(row.name).sequence.letters;
        EXPECT_TRUE(row.verified) << row.name;
        EXPECT_TRUE(constructs.at(row.name).circular());
        EXPECT_EQ(row.length, static_cast<std::int64_t>(letters.size()));
        std::int64_t end = 0;
        for (const auto& place : row.parts) {
            EXPECT_EQ(place.start, end) << place.name;
            end = place.end;
            const auto part = parts.find(place.name);
            if (part == parts.end()) continue;  // a gene in fragments
            EXPECT_EQ(seq::letters_at(letters, {place.start, place.end}), part->second.sequence.letters);
        }
        EXPECT_EQ(end, row.length);
        EXPECT_EQ(row.joints.size(), row.pieces.size());
        for (const auto& joint : row.joints) {
            const auto size = static_cast<std::int64_t>(joint.bases.size());
            EXPECT_EQ(seq::letters_at(letters, {joint.position, joint.position + size}), joint.bases);
        }
    }
}

/// Each gene stands in a construct as a feature that reads its protein.
void expect_gene(const DossierFiles& files, const std::string& construct, const std::string& gene,
                 const std::string& protein) {
    const auto record = records_of(files.constructs).at(construct);
    const auto coding = std::find_if(record.features.begin(), record.features.end(), [&](const seq::Feature& feature) {
        return feature.type == "CDS" && feature.label() == gene;
    });
    ASSERT_NE(coding, record.features.end()) << gene;
    EXPECT_EQ(seq::translate_feature(record, *coding, 0)->protein, protein);
}

double sum_of_orders(const BuildPart& build) {
    double sum = 0;
    for (const auto& oligo : build.oligos) sum += oligo.price;
    for (const auto& fragment : build.assembly->fragments) sum += fragment.price;
    return sum;
}

class Assembly : public SmallBench {};

TEST_F(Assembly, constructs_are_their_parts_in_order_and_the_gene_reads_its_protein) {
    const auto files = dossier(shelf + supplier + plasmid);
    ASSERT_TRUE(files) << files.error().message.en << files.error().where;
    ASSERT_EQ(files->dossier.build->assembly->constructs.size(), 2U);
    expect_sound(*files);
    const auto protein =
        seq::read_document(checkout / "data/dna/fermenter.proteins.fasta")->records.front().sequence.letters;
    expect_gene(*files, "p_pA", "lacx", protein);
    expect_gene(*files, "p_pB", "lacx", protein);
}

TEST_F(Assembly, a_gene_longer_than_is_made_is_cut_into_fragments_that_are) {
    const auto files = dossier(shelf + supplier + plasmid);
    ASSERT_TRUE(files);
    const auto& build = *files->dossier.build;
    const auto& gene = build.genes.front();  // 423 bases, of which 400 are made
    ASSERT_GE(gene.fragments.size(), 2U);
    const auto parts = records_of(files->parts);
    std::string letters;
    for (const auto& fragment : gene.fragments) letters += parts.at(fragment.name).sequence.letters;
    EXPECT_EQ(letters, gene.sequence);
    const auto constructs = records_of(files->constructs);
    ASSERT_FALSE(build.assembly->fragments.empty());
    for (const auto& fragment : build.assembly->fragments) {
        EXPECT_LE(fragment.length, 400);
        EXPECT_GE(fragment.length, 100);
        EXPECT_NEAR(fragment.price, 0.1 * static_cast<double>(fragment.length), 1e-9);
        EXPECT_TRUE(std::any_of(constructs.begin(), constructs.end(), [&](const auto& one) {
            const auto& circle = one.second.sequence.letters;
            return (circle + circle).find(fragment.sequence) != std::string::npos;
        })) << fragment.name;
    }
}

TEST_F(Assembly, the_designed_site_stands_before_its_gene_and_holds_no_other_start) {
    const auto files = dossier(shelf + supplier + plasmid);
    ASSERT_TRUE(files);
    ASSERT_EQ(files->dossier.build->assembly->sites.size(), 1U);
    const auto& site = files->dossier.build->assembly->sites.front();
    EXPECT_EQ(site.gene, "lacx");
    EXPECT_EQ(site.wanted, 2000);
    EXPECT_EQ(site.sequence.find("ATG"), std::string::npos);
    for (const auto& [name, construct] : records_of(files->constructs))
        EXPECT_NE(construct.sequence.letters.find(site.sequence + files->dossier.build->genes.front().sequence),
                  std::string::npos);
}

TEST_F(Assembly, the_cost_is_that_of_every_line_of_the_order_at_the_given_prices) {
    const auto files = dossier(shelf + supplier + plasmid + "primer_price = 1\nlong_oligo_price = 2\n");
    ASSERT_TRUE(files);
    const auto& build = *files->dossier.build;
    EXPECT_NEAR(build.cost, sum_of_orders(build), 1e-9);
    double constructs = 0;
    std::set<std::string> names;
    for (const auto& oligo : build.oligos) {
        EXPECT_EQ(oligo.price, static_cast<double>(oligo.sequence.size() * (oligo.sequence.size() > 60 ? 2 : 1)));
        EXPECT_TRUE(names.insert(oligo.name).second) << oligo.name;
        if (oligo.purpose == "construct") constructs += oligo.price;
    }
    for (const auto& fragment : build.assembly->fragments) constructs += fragment.price;
    EXPECT_NEAR(*build.assembly->cost, constructs, 1e-9);
}

TEST_F(Assembly, threads_change_nothing) {
    context_.threads = 1;
    const auto one = dossier(shelf + supplier + plasmid);
    context_.threads = 3;
    const auto three = dossier(shelf + supplier + plasmid);
    ASSERT_TRUE(one && three);
    EXPECT_EQ(to_json(three->dossier).dump(), to_json(one->dossier).dump());
    EXPECT_EQ(three->constructs, one->constructs);
    EXPECT_EQ(three->parts, one->parts);
}

TEST_F(Assembly, what_cannot_be_planned_is_a_note) {
    const auto code_of = [&](const std::string& lines) {
        const auto files = dossier(lines);
        return files && files->dossier.notes.size() == 1 ? files->dossier.notes.front().code : std::string("other");
    };
    EXPECT_EQ(code_of(""), "no_construct");
    EXPECT_EQ(code_of(shelf + plasmid), "no_supplier");
    EXPECT_EQ(code_of(shelf + "construct = \"pA;r1;enzA;t1;vector\"\n"), "gene_in_no_construct");
    const auto infeasible = dossier(shelf + supplier + plasmid + "avoid = [\"ATG\"]\n");
    ASSERT_TRUE(infeasible);
    EXPECT_TRUE(has_note(infeasible->dossier, "gene_not_written"));
    EXPECT_TRUE(has_note(infeasible->dossier, "construct_not_planned"));
    EXPECT_FALSE(infeasible->dossier.build->assembly);
}

TEST_F(Assembly, what_cannot_be_used_is_named) {
    const auto fault = [&](const std::string& lines) {
        const auto files = dossier(lines);
        return files ? std::string("none") : fmt::format("{} {}", name_of(files.error().code), files.error().where);
    };
    EXPECT_TRUE(fault(shelf + supplier + "construct = \"pX;lacx;vector\"\n").starts_with("not_found"));
    EXPECT_TRUE(fault("parts = [\"absent.gb\"]\nconstruct = \"lacx\"\n").starts_with("not_found absent.gb"));
    EXPECT_TRUE(fault(shelf + supplier + "construct = \"pA;;vector\"\n").starts_with("not_found"));
    EXPECT_TRUE(fault(shelf + "suppliers = [\"none\"]\n" + plasmid).starts_with("bad_input"));
    EXPECT_TRUE(fault(shelf + supplier + "construct = \"pA;rbs:2000;t1;vector\"\n").starts_with("bad_input"));
    EXPECT_TRUE(fault("constructs = \"p\"\n").starts_with("bad_input project.toml, line"));
}

/// b0344 is lacZ: complement(363231..366305) of NC_000913.3, between lacI and lacY.
void expect_in_place_of_lacZ(const DossierFiles& files, const fs::path& genome) {
    const auto wild_type = seq::read_document(genome);
    ASSERT_TRUE(wild_type);
    auto letters = wild_type->records.front().sequence.letters;
    std::int64_t integrations = 0;
    for (const auto& edit : files.dossier.build->edits) {
        if (edit.kind == "deletion") continue;
        ++integrations;
        EXPECT_EQ(edit.start, 363'230);
        EXPECT_EQ(edit.end, 366'305);
        EXPECT_EQ(edit.verified, std::optional(true)) << edit.construct;
    }
    EXPECT_EQ(integrations, 2);
    const auto cassette = records_of(files.cassettes.front()).begin()->second.sequence.letters;
    std::vector<std::pair<std::int64_t, std::int64_t>> gone{{363'230, 366'305}};
    for (const auto& edit : files.dossier.build->edits)
        if (edit.kind == "deletion") gone.emplace_back(edit.start, edit.end);
    std::sort(gone.rbegin(), gone.rend());
    for (const auto& [start, end] : gone)
        letters.replace(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start),
                        start == 363'230 ? seq::reverse_complement(cassette) : std::string());
    const auto edited = records_of(files.edited);
    ASSERT_EQ(edited.size(), 1U);
    EXPECT_EQ(edited.begin()->second.sequence.letters, letters);
}

/// The example on public data: a gene of 3.4 kb out of an annotated genome, cut and joined by Golden Gate.
TEST(RealAssembly, pyruvate_carboxylase_goes_onto_a_plasmid_and_into_the_chromosome_for_succinate) {
    LEAVEN_DATA_SET(genome, "dna/genomes/MG1655.gbff.gz");
    LEAVEN_DATA_SET(source, "genome/genomes/scoelicolor_1mb.gbff.gz");
    LEAVEN_DATA_SET(promoters, "dna/sbol/parts/anderson_promoters.nt.gz");
    LEAVEN_DATA_SET(terminators, "dna/sbol/parts/terminators.nt.gz");
    auto text = text_of(checkout / "examples/succinate_build.toml");
    replace_all(text, "../../shared/data", promoters.parent_path().parent_path().parent_path().parent_path().string());
    replace_all(text, "max_interventions = 2", "max_interventions = 1");
    replace_all(text, "methods =", "integrate = \"b0344\"\nmethods =");
    const auto path = fs::temp_directory_path() / fmt::format("leaven-succinate-{}.toml", ::getpid());
    std::ofstream(path) << text;
    const auto project = read_project(path);
    fs::remove(path);
    ASSERT_TRUE(project) << project.error().message.en;
    Context context;
    const auto files = make_dossier(*project, context);
    if (!files && files.error().code == ErrorCode::not_found) GTEST_SKIP() << "no data set " << files.error().where;
    ASSERT_TRUE(files) << files.error().message.en;
    expect_sound(*files);
    const auto& build = *files->dossier.build;
    EXPECT_EQ(build.genes.front().status, "optimal");
    EXPECT_EQ(build.genes.front().fragments.size(), 2U);  // 3,375 bases where 1,800 are made

    std::string protein;
    const auto annotated = seq::read_document(source);
    ASSERT_TRUE(annotated);
    for (const auto& record : annotated->records)
        for (const auto& feature : record.features)
            if (const auto* tag = feature.find("locus_tag");
                feature.type == "CDS" && tag != nullptr && tag->value == "EMCLPC_0506")
                protein = feature.find("translation")->value;
    ASSERT_EQ(protein.size(), 1124U);
    for (const auto& row : build.assembly->constructs) {
        expect_gene(*files, row.name, "pyc", protein);
        EXPECT_GE(row.fidelity.value_or(0), 0.9);
        const auto circle = records_of(files->constructs).at(row.name).sequence.letters;
        for (const auto& strand : {circle + circle, seq::reverse_complement(circle + circle)})
            EXPECT_EQ(strand.find("GGTCTC"), std::string::npos) << row.name;  // or BsaI would cut the product
    }
    for (const auto& fragment : build.assembly->fragments) {
        EXPECT_LE(fragment.length, 1'800);
        EXPECT_EQ(fragment.sequence.find("GGTCTC"), fragment.sequence.rfind("GGTCTC"));
        EXPECT_NE(fragment.sequence.find("GGTCTC"), std::string::npos);
        EXPECT_NE(fragment.sequence.find("GAGACC"), std::string::npos);
    }
    EXPECT_NEAR(build.cost, sum_of_orders(build), 1e-9);
    expect_in_place_of_lacZ(*files, genome);
}

}  // namespace
}  // namespace leaven::pipeline
