// From the values of one rules file to a document with its articles, measures and targets.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/policy/rules.hpp>

#include "node.hpp"
#include "table_reader.hpp"

namespace leaven::policy {

/// A rules file on disk or in the program.
struct RulesFile {
    std::string name;  // as shown in issues
    std::string bytes;
    std::filesystem::path folder;      // of the source text; empty for a file of the program
    std::optional<std::string> tests;  // the bytes of the tests file
    std::string tests_name;
};

/// "demo" and "1.1" as "demo/1.1"; an id that names its document stays.
std::string full_id(const std::string& document, const std::string& id);
std::vector<std::string> full_ids(const std::string& document, std::vector<std::string> ids);

/// The tables [[name]] of a file; a fault where it is something else.
const std::vector<Node>& tables(const Node& file, std::string_view name, const Findings& findings);

/// [[fact]]: new facts, or further choices of project.kinds.
void read_facts(const Node& file, const Findings& findings, FactTable& facts);

/// Where things stand in the file, for checks that look at several of them.
struct Lines {
    std::map<std::string, std::int64_t> of;  // "measure bj-synbio/m1.1" → line of its table
};

/// Everything else. What it adds to `rules` carries the document's id in front.
void read_document(const Node& file, const RulesFile& origin, const Findings& findings, std::vector<Issue>& warnings,
                   RuleSet& rules, Lines& lines);

/// References between measures, articles and cap groups, once all files are read.
void check_references(const Node& file, const Findings& findings, const RuleSet& rules, const std::string& document);

}  // namespace leaven::policy
