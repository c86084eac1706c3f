// A small cell with an added gene, a shelf of invented parts and one supplier: what tests of the bench start from.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/pipeline/dossier.hpp>
#include <leaven/seq/read.hpp>

namespace leaven::pipeline {

namespace fs = std::filesystem;

inline const fs::path checkout = LEAVEN_SOURCE_DIR;

inline std::string text_of(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

inline std::map<std::string, seq::Record> records_of(std::string bytes) {
    std::map<std::string, seq::Record> records;
    const auto document = seq::read_document(std::move(bytes), "written.gb");
    EXPECT_TRUE(document);
    for (const auto& record : document->records) records[record.name] = record;
    return records;
}

inline bool has_note(const Dossier& dossier, const std::string& code) {
    return std::any_of(dossier.notes.begin(), dossier.notes.end(), [&](const auto& note) { return note.code == code; });
}

/// The small cell with an added gene, a shelf of invented parts and one supplier of short fragments.
class SmallBench : public ::testing::Test {
protected:
    void SetUp() override {
        const auto tables = folder_ / "dna/tables";
        fs::create_directories(tables);
        std::ofstream(tables / "synthesis_rules.json")
            << R"({"rules": [{"id": "short", "length": [100, 400], "price_per_bp": 0.1, "days": 4}]})";
        if (const auto* given = std::getenv("LEAVEN_DATA")) before_ = given;
        ::setenv("LEAVEN_DATA", folder_.c_str(), 1);
    }
    void TearDown() override {
        before_ ? ::setenv("LEAVEN_DATA", before_->c_str(), 1) : ::unsetenv("LEAVEN_DATA");
        fs::remove_all(folder_);
    }

    /// The example that goes to the bench with these lines at its end.
    Result<DossierFiles> dossier(const std::string& lines, const std::string& method = "lambda_red") {
        auto text = text_of(checkout / "examples/fermenter_build.toml") + lines;
        replace_all(text, "\"lambda_red\"", "\"" + method + "\"");
        replace_all(text, "\"../", "\"" + checkout.string() + "/");
        const auto path = folder_ / "project.toml";
        std::ofstream(path) << text;
        const auto project = read_project(path);
        if (!project) return pass(project);
        return make_dossier(*project, context_);
    }

    const fs::path folder_ = fs::temp_directory_path() / fmt::format("leaven-bench-{}", ::getpid());
    std::optional<std::string> before_;
    Context context_;
};

inline const std::string shelf = "parts = [\"../data/dna/pathway/parts.gb\"]\nmethods = [\"gibson\"]\n";
inline const std::string supplier = "suppliers = [\"short\"]\n";
inline const std::string plasmid = "construct = \"p=pA,pB;rbs:2000;lacx;t1;vector\"\n";

}  // namespace leaven::pipeline
