// Projects whose host has a limited amount of enzyme.
#include <cmath>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/read.hpp>
#include <leaven/pipeline/dossier.hpp>

#include "data_sets.hpp"

namespace leaven::pipeline {
namespace {

namespace fs = std::filesystem;

const std::string small_cell = std::string(LEAVEN_SOURCE_DIR) + "/data/metabolism/fermenter";

class EnzymeProject : public ::testing::Test {
protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    Result<Project> project(const std::string& model, const std::string& enzyme, const std::string& rest) {
        const auto path = folder_ / "project.toml";
        std::ofstream(path) << "[project]\nname = \"test\"\n[host]\nmodel = \"" << model << "\"\n"
                            << enzyme << "\n"
                            << rest << "\n";
        return read_project(path);
    }
    Result<Project> fermenter(const std::string& enzyme,
                              const std::string& rest = "[target]\nreaction = \"EX_lac_e\"") {
        return project(small_cell + ".json", enzyme, rest);
    }
    static std::string limit(const std::string& pool, const std::string& costs = small_cell + ".enzyme.tsv") {
        return "[enzyme]\ncosts = \"" + costs + "\"\npool = " + pool;
    }

    const fs::path folder_ = fs::temp_directory_path() / fmt::format("leaven-enzyme-{}", ::getpid());
    Context context_;
};

std::string fault_of(const auto& result) {
    return result ? "none" : fmt::format("{} {}", name_of(result.error().code), result.error().where);
}

TEST_F(EnzymeProject, the_table_is_read_strictly) {
    EXPECT_EQ(fault_of(fermenter("[enzyme]\ncosts = \"x\"")), "bad_input project.toml, line 5: enzyme.pool");
    EXPECT_EQ(fault_of(fermenter("[enzyme]\npool = 0.1")), "bad_input project.toml, line 5: enzyme.costs");
    EXPECT_EQ(fault_of(fermenter(limit("1.5"))), "bad_input project.toml, line 7: enzyme.pool");
    EXPECT_EQ(fault_of(fermenter(limit("\"0.1\""))), "bad_input project.toml, line 7: enzyme.pool");
    EXPECT_EQ(fault_of(fermenter(limit("0.1") + "\nkcat = \"x\"")), "bad_input project.toml, line 8: enzyme.kcat");
    EXPECT_EQ(fault_of(fermenter(limit("0.1"))), "none");
    EXPECT_FALSE(fermenter("")->enzyme.has_value());
}

TEST_F(EnzymeProject, costs_that_cannot_be_used_are_refused_and_the_project_named) {
    const auto refused = [&](const std::string& costs) {
        std::ofstream(folder_ / "costs.tsv") << costs;
        return fault_of(make_dossier(*fermenter(limit("0.1", "costs.tsv")), context_));
    };
    EXPECT_TRUE(fault_of(make_dossier(*fermenter(limit("0.1", "absent.tsv")), context_)).starts_with("not_found"));
    EXPECT_TRUE(refused("NONE\tforward\t0.1\n").starts_with("not_found project.toml: enzyme.costs"));
    EXPECT_TRUE(refused("LDH\tsideways\t0.1\n").starts_with("bad_input project.toml: enzyme.costs"));
    EXPECT_TRUE(refused("LDH\tforward\t-0.1\n").starts_with("bad_input project.toml: enzyme.costs"));
    EXPECT_TRUE(refused("EX_glc_e\tbackward\t0.1\n").starts_with("bad_input project.toml: enzyme.costs"));
}

TEST_F(EnzymeProject, without_room_for_any_enzyme_the_host_does_not_grow_and_says_why) {
    const auto none = make_dossier(*fermenter(limit("0")), context_);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::infeasible);
    EXPECT_NE(none.error().message.en.find("enzyme_pool_supply"), std::string::npos);
}

TEST_F(EnzymeProject, room_for_more_enzyme_than_is_used_changes_no_answer) {
    const auto plain = make_dossier(*fermenter(""), context_).value().dossier;
    const auto ample = make_dossier(*fermenter(limit("1")), context_).value().dossier;
    EXPECT_FALSE(plain.host.enzyme.has_value());
    ASSERT_TRUE(ample.host.enzyme.has_value());
    EXPECT_NEAR(*ample.host.growth, *plain.host.growth, 1e-9);
    EXPECT_NEAR(*ample.yield.yield_mol, *plain.yield.yield_mol, 1e-9);
    ASSERT_EQ(ample.designs.designs.size(), plain.designs.designs.size());
    for (std::size_t i = 0; i < plain.designs.designs.size(); ++i)
        EXPECT_NEAR(*ample.designs.designs[i].guaranteed, *plain.designs.designs[i].guaranteed, 1e-6);
    EXPECT_EQ(ample.host.counts.reactions, plain.host.counts.reactions);
}

TEST_F(EnzymeProject, a_reaction_that_runs_both_ways_is_knocked_out_as_one) {
    // ADH costs enzyme both ways; off, neither way is left, and nothing that stands for its enzyme is a design.
    const auto reactions = "[target]\nreaction = \"EX_lac_e\"\n[design]\ninterventions = \"reactions\"";
    const auto files = make_dossier(*fermenter(limit("0.05"), reactions), context_).value();
    ASSERT_FALSE(files.dossier.designs.designs.empty());
    for (const auto& one : files.dossier.designs.designs) {
        EXPECT_TRUE(one.verified);
        for (const auto& intervention : one.interventions)
            EXPECT_TRUE(intervention.id.find("ADH_") == std::string::npos) << intervention.id;
    }
    const auto host = metabolism::read_model(files.host_xml, "host.xml").value();
    metabolism::FbaParams off;
    off.knockouts = {"reaction:ADH"};
    off.objective = "EX_etoh_e";
    EXPECT_NEAR(*metabolism::fba(host, off, context_).value().objective, 0, 1e-9);
}

TEST_F(EnzymeProject, ich360_grows_as_the_published_enzyme_model_and_designs_hold_on_it) {
    LEAVEN_DATA_SET(model, "metabolism/models/iCH360.xml.gz");
    LEAVEN_DATA_SET(costs, "metabolism/enzyme/iCH360.enzyme_cost.tsv");
    const auto asked = project(model.string(), limit("0.281838974245756", costs.string()),
                               "[target]\nreaction = \"EX_ac_e\"\n[design]\nmax_interventions = 2");
    const auto files = make_dossier(asked.value(), context_).value();
    const auto& dossier = files.dossier;
    ASSERT_TRUE(dossier.host.enzyme.has_value());
    EXPECT_NEAR(*dossier.host.enzyme->growth_after, 0.616663, 1e-5);  // EC_iCH360, as published
    EXPECT_EQ(dossier.host.growth, dossier.host.enzyme->growth_after);
    EXPECT_GT(*dossier.host.enzyme->growth_before, *dossier.host.enzyme->growth_after);
    EXPECT_TRUE(dossier.designs.complete);
    const auto host = metabolism::read_model(files.host_xml, "host.xml").value();
    EXPECT_NEAR(*metabolism::fba(host, {}, context_).value().objective, 0.616663, 1e-5);
    for (const auto& one : dossier.designs.designs) {
        EXPECT_TRUE(one.verified);
        metabolism::FbaParams strain;
        for (const auto& intervention : one.interventions) strain.knockouts.push_back("gene:" + intervention.id);
        EXPECT_NEAR(*metabolism::fba(host, strain, context_).value().objective, one.growth.value(), 1e-6);
    }
}

}  // namespace
}  // namespace leaven::pipeline
