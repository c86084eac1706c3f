// COBRApy, in whose files the field thinks, as the judge of what we write.

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/core/file.hpp>
#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"

namespace leaven::metabolism {
namespace {

constexpr const char* script = R"(
import logging, sys, warnings
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
import cobra.io
for path in sys.argv[1:]:
    load = {"json": cobra.io.load_json_model, "yml": cobra.io.load_yaml_model, "mat": cobra.io.load_matlab_model}
    model = load.get(path.rsplit(".", 1)[1], cobra.io.read_sbml_model)(path)
    ids = ",".join(x.id for x in list(model.reactions) + list(model.metabolites) + list(model.genes))
    rules = ",".join("".join("01"[r.gpr.eval({g.id})] for g in model.genes) for r in model.reactions)
    print("MODEL", repr(model.slim_optimize()), ids.replace(" ", "?"), rules or "-")
)";

struct Seen {
    double optimum;
    std::string ids;
    std::string rules;  // verdict of each rule for each gene lost alone
};

/// What COBRApy makes of each file; empty where it is not installed.
std::vector<Seen> seen_by_cobrapy(const std::vector<std::filesystem::path>& files,
                                  const std::filesystem::path& folder) {
    std::ofstream(folder / "look.py") << script;
    std::string command = "/usr/bin/python3 '" + (folder / "look.py").string() + "'";
    for (const auto& file : files) command += " '" + file.string() + "'";
    struct Close {
        void operator()(std::FILE* pipe) const { ::pclose(pipe); }
    };
    const std::unique_ptr<std::FILE, Close> pipe(::popen((command + " 2>/dev/null").c_str(), "r"));
    std::string out(1 << 20, '\0');
    out.resize(std::fread(out.data(), 1, out.size(), pipe.get()));
    std::vector<Seen> seen;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("MODEL ")) continue;
        std::istringstream words(line.substr(6));
        Seen one;
        words >> one.optimum >> one.ids >> one.rules;
        seen.push_back(one);
    }
    return seen;
}

TEST(Cobrapy, sees_the_same_model_in_what_we_write) {
    std::vector<std::filesystem::path> found;
    for (const char* name : {"models/e_coli_core.xml.gz", "edge/escaped_ids.xml", "edge/gpr_spellings.json",
                             "edge/minimise.xml", "edge/fbc1.xml", "models/gpr.xml", "models/small_example.xml"}) {
        LEAVEN_DATA_SET(path, std::string("metabolism/") + name);
        found.push_back(path);
    }
    const auto folder = std::filesystem::temp_directory_path() / ("leaven_cobrapy_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::vector<std::filesystem::path> files;
    for (const auto& path : found) {
        const auto written = folder / (std::to_string(files.size()) + ".xml");
        EXPECT_TRUE(write_file(written, write_sbml(*read_model_file(path))));
        files.push_back(path), files.push_back(written);
    }
    const auto seen = seen_by_cobrapy(files, folder);
    std::filesystem::remove_all(folder);
    if (seen.empty()) GTEST_SKIP() << "no data set python3-cobra (package of the distribution)";
    ASSERT_EQ(seen.size(), files.size());
    for (std::size_t i = 0; i < seen.size(); i += 2) {
        EXPECT_NEAR(seen[i].optimum, seen[i + 1].optimum, 1e-9) << files[i];
        EXPECT_EQ(seen[i].ids, seen[i + 1].ids) << files[i];
        EXPECT_EQ(seen[i].rules, seen[i + 1].rules) << files[i];
    }
}

TEST(Cobrapy, sees_the_same_model_in_every_format) {
    LEAVEN_DATA_SET(core, "metabolism/models/e_coli_core.xml.gz");
    LEAVEN_DATA_SET(compact, "metabolism/models/iCH360.xml.gz");
    const auto folder = std::filesystem::temp_directory_path() / ("leaven_formats_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::vector<std::filesystem::path> files;
    for (const auto& path : {core, compact}) {
        const auto model = *read_model_file(path);
        for (const char* ending : {".xml", ".json", ".yml", ".mat"}) {
            files.push_back(folder / (std::to_string(files.size()) + ending));
            EXPECT_TRUE(write_file(files.back(), write_model(model, files.back().string())->bytes));
        }
    }
    const auto seen = seen_by_cobrapy(files, folder);
    std::filesystem::remove_all(folder);
    if (seen.empty()) GTEST_SKIP() << "no data set python3-cobra (package of the distribution)";
    ASSERT_EQ(seen.size(), files.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const auto& first = seen[i / 4 * 4];
        EXPECT_NEAR(seen[i].optimum, first.optimum, 1e-9) << files[i];
        EXPECT_EQ(seen[i].ids, first.ids) << files[i];
        EXPECT_EQ(seen[i].rules, first.rules) << files[i];
    }
}

std::vector<std::string> genes_of(const Model& model) {
    std::vector<std::string> ids;
    for (const auto& gene : model.genes) ids.push_back(gene.id);
    return ids;
}

/// Files that COBRApy wrote, where the distribution keeps them: one model in four formats.
TEST(Cobrapy, one_model_of_its_own_in_four_formats_is_one_here) {
    const std::filesystem::path folder = "/usr/lib/python3/dist-packages/cobra/data";
    if (!std::filesystem::exists(folder / "mini.yml"))
        GTEST_SKIP() << "no data set python3-cobra (package of the distribution)";
    const auto first = *read_model_file(folder / "mini.json");
    for (const char* name : {"mini.yml", "mini.mat", "mini_cobra.xml"}) {
        const auto other = read_model_file(folder / name);
        ASSERT_TRUE(other) << name << other.error().message.en;
        ASSERT_EQ(other->reactions.size(), first.reactions.size());
        const ModelIndex index(*other);
        for (const auto& reaction : first.reactions) {
            const auto& same = other->reactions[index.reactions.at(reaction.id)];
            EXPECT_EQ(same.lower, reaction.lower) << name << reaction.id;
            EXPECT_EQ(same.upper, reaction.upper) << name << reaction.id;
            EXPECT_EQ(same.terms.size(), reaction.terms.size()) << name << reaction.id;
            EXPECT_EQ(to_text(same.rule, genes_of(*other)), to_text(reaction.rule, genes_of(first))) << reaction.id;
        }
        EXPECT_EQ(other->objective.terms.size(), first.objective.terms.size());
    }
}

}  // namespace
}  // namespace leaven::metabolism
