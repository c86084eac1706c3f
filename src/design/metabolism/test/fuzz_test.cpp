// Damaged files: whatever the bytes, a reader gives a model or an error, never a crash, and what it gives holds
// together.

#include <algorithm>
#include <random>

#include <gtest/gtest.h>
#include <zlib.h>

#include <leaven/core/file.hpp>
#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/formula.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"
#include "random_model.hpp"

namespace leaven::metabolism {
namespace {

std::size_t below(std::mt19937& random, std::size_t limit) { return random() % std::max<std::size_t>(1, limit); }

/// The text between two quotes at or after `at`; empty at the end of the file.
std::pair<std::size_t, std::size_t> quoted(const std::string& bytes, std::size_t at) {
    const auto begin = bytes.find('"', at);
    const auto end = begin == std::string::npos ? begin : bytes.find('"', begin + 1);
    return end == std::string::npos ? std::pair(bytes.size(), std::size_t{0}) : std::pair(begin + 1, end - begin - 1);
}

/// A value of the file, or an odd word, in the place of another: well-formed, and wrong in meaning.
void mix_up_values(std::string& bytes, const std::string& word, std::mt19937& random) {
    const auto [from, from_length] = quoted(bytes, below(random, bytes.size()));
    const auto [to, to_length] = quoted(bytes, below(random, bytes.size()));
    bytes.replace(to, to_length, random() % 4 == 0 ? word : bytes.substr(from, from_length));
}

/// One of the ways in which files get broken.
void damage(std::string& bytes, const std::string& other, std::mt19937& random) {
    if (bytes.empty()) return;
    const auto at = below(random, bytes.size());
    const auto length = below(random, 40);
    static const std::vector<std::string> words{
        "NaN", "INF", "-",  "1e999", "&#0;", "\"",   "<",         ">", "/>",    std::string(2, '\0'),
        "{",   "]",   "R_", "and",   "\xFF", "null", "-Infinity", "(", "__45__"};
    switch (random() % 12) {
        case 0:
            bytes[at] = static_cast<char>(bytes[at] ^ (1U << random() % 8));
            break;
        case 1:
            bytes.erase(at, length);
            break;
        case 2:
            bytes.resize(at);
            break;
        case 3:
            bytes.insert(at, bytes.substr(below(random, bytes.size()), length));
            break;
        case 4:
            bytes.insert(at, words[below(random, words.size())]);
            break;
        case 5:
            bytes.replace(at, length, words[below(random, words.size())]);
            break;
        case 6:
            bytes = bytes.substr(0, at) + other.substr(below(random, other.size()));
            break;
        default:
            mix_up_values(bytes, words[below(random, words.size())], random);
    }
}

/// The laws of a model that was read: indices in range, bounds that allow flux, and it can be written and read again.
std::string broken_law(const Model& model) {
    const auto metabolites = static_cast<std::int32_t>(model.metabolites.size());
    const auto genes = static_cast<std::int32_t>(model.genes.size());
    for (const auto& reaction : model.reactions) {
        if (!(reaction.lower <= reaction.upper)) return "bounds of " + reaction.id;
        for (const auto& term : reaction.terms)
            if (term.metabolite < 0 || term.metabolite >= metabolites || !std::isfinite(term.coefficient))
                return "terms of " + reaction.id;
        for (const auto entry : reaction.rule.postfix)
            if (entry >= genes || entry < GeneRule::either) return "rule of " + reaction.id;
        runs_without(reaction.rule, std::vector<bool>(model.genes.size(), true));
    }
    balances(model);
    boundary_kinds(model);
    const auto again = read_model(write_sbml(model), "again.xml");
    return again ? testing::difference(model, *again) : again.error().message.en + " at " + again.error().where;
}

/// The small files that are sound: damage does the rest.
std::vector<std::string> sound_files() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(leaven::testing::data_set("metabolism/edge"))) {
        auto bytes = *read_file(entry.path());
        if (bytes.size() < 5000 && read_model(bytes, "sound")) files.push_back(std::move(bytes));
    }
    std::sort(files.begin(), files.end());  // the folder lists them in any order
    return files;
}

TEST(Fuzz, ten_thousand_damaged_models_end_in_a_model_or_in_a_reason) {
    LEAVEN_DATA_SET(folder, "metabolism/edge");
    const auto files = sound_files();
    std::mt19937 random(20260101);
    int read = 0;
    for (int mutant = 0; mutant < 10000; ++mutant) {
        auto bytes = files[below(random, files.size())];
        for (auto times = 1 + below(random, 2); times > 0; --times)
            damage(bytes, files[below(random, files.size())], random);
        const auto model = read_model(bytes, "mutant");
        if (model) {
            ++read;
            const auto law = broken_law(*model);
            ASSERT_EQ(law, "") << "mutant " << mutant << "\n" << bytes;
        } else {
            ASSERT_EQ(model.error().code, ErrorCode::bad_input);
            ASSERT_TRUE(model.error().where.starts_with("mutant")) << model.error().where;
            ASSERT_FALSE(model.error().message.empty() || model.error().hint.empty()) << model.error().message.en;
        }
    }
    EXPECT_GT(read, 1000);  // else the damage is too heavy to reach far into the readers
    EXPECT_LT(read, 9000);
}

/// Mutants of what we write in one format, all of which end in a model that keeps the laws or in a reason.
void fuzz_format(const std::string& ending, const std::vector<std::string>& words) {
    LEAVEN_DATA_SET(folder, "metabolism/edge");
    std::vector<std::string> files;
    for (const char* name : {"toy.json", "boundary_species.xml", "minimise.xml", "gpr_spellings.json",
                             "escaped_ids.xml", "gpr_unbalanced.json", "chinese_names.xml"})
        files.push_back(write_model(*read_model_file(folder / name), "m" + ending)->bytes);
    std::mt19937 random(20260102);
    int read = 0;
    for (int mutant = 0; mutant < 10000; ++mutant) {
        auto bytes = files[below(random, files.size())];
        for (auto times = 1 + below(random, 2); times > 0; --times) {
            damage(bytes, files[below(random, files.size())], random);
            if (!words.empty() && !bytes.empty() && random() % 2 == 0)
                bytes.insert(below(random, bytes.size()), words[below(random, words.size())]);
        }
        const auto model = read_model(bytes, "mutant");
        if (model) {
            ++read;
            const auto law = broken_law(*model);
            ASSERT_EQ(law, "") << "mutant " << mutant << "\n" << bytes;
        } else {
            ASSERT_EQ(model.error().code, ErrorCode::bad_input);
            ASSERT_TRUE(model.error().where.starts_with("mutant")) << model.error().where;
            ASSERT_FALSE(model.error().message.empty() || model.error().hint.empty()) << model.error().message.en;
        }
    }
    EXPECT_GT(read, 10);
    EXPECT_LT(read, 9990);
}

TEST(Fuzz, ten_thousand_damaged_yaml_files_end_in_a_model_or_in_a_reason) {
    fuzz_format(".yml", {"- ", ":", "\n", "\n  ", "!!omap", "? ", "[", "{", "|", "'", "#", "---", "~", "\t", "&a "});
}

TEST(Fuzz, ten_thousand_damaged_json_files_with_extras_end_in_a_model_or_in_a_reason) {
    fuzz_format(".json", {"\\\"", "[]", "{}", "0", "null"});
}

/// Bytes flipped inside the compressed part rarely unpack: the plain structure is damaged and packed again.
TEST(Fuzz, ten_thousand_damaged_mat_files_end_in_a_model_or_in_a_reason) {
    LEAVEN_DATA_SET(folder, "metabolism/edge");
    std::vector<std::string> files;
    for (const char* name : {"toy.json", "minimise.xml", "gpr_spellings.json", "chinese_names.xml"}) {
        const auto bytes = write_model(*read_model_file(folder / name), "m.mat")->bytes;
        std::string plain(1 << 20, '\0');
        uLongf size = plain.size();
        ASSERT_EQ(::uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
                               reinterpret_cast<const Bytef*>(bytes.data() + 136), bytes.size() - 136),
                  Z_OK);
        files.push_back(bytes.substr(0, 128) + plain.substr(0, size));
    }
    std::mt19937 random(20260103);
    int read = 0;
    for (int mutant = 0; mutant < 10000; ++mutant) {
        auto bytes = files[below(random, files.size())];
        for (auto times = 1 + below(random, 3); times > 0; --times) {
            const auto at = 128 + below(random, bytes.size() - 128);
            if (random() % 8 == 0)
                bytes.resize(at + 1);
            else if (random() % 3 == 0)
                bytes[at] = static_cast<char>(random());
            else
                bytes[at] = static_cast<char>(bytes[at] ^ (1U << random() % 8));
        }
        const auto model = read_model(bytes, "mutant");
        if (model) {
            ++read;
            ASSERT_EQ(broken_law(*model), "") << "mutant " << mutant << "\n" << write_sbml(*model);
        } else {
            ASSERT_EQ(model.error().code, ErrorCode::bad_input);
            ASSERT_TRUE(model.error().where.starts_with("mutant")) << model.error().where;
        }
    }
    EXPECT_GT(read, 500);
    EXPECT_LT(read, 9500);
}

TEST(Fuzz, damaged_insertions_formulas_and_equations_end_too) {
    const std::string toml =
        "[[metabolites]]\nid = \"x\"\nformula = \"(C6H10O5)n\"\ncompartment = \"c\"\n[[reactions]]\nid = "
        "\"R\"\nequation = \"a + 2 b --> c\"\ngenes = \"(a and b) or c\"\nlower = -5.5\n";
    std::mt19937 random(7);
    for (int mutant = 0; mutant < 5000; ++mutant) {
        auto bytes = toml;
        for (auto times = 1 + below(random, 3); times > 0; --times) damage(bytes, toml, random);
        const auto insertion = read_insertion(bytes, "mutant");
        if (!insertion) {
            ASSERT_TRUE(insertion.error().where.starts_with("mutant, line ")) << insertion.error().where;
            continue;
        }
        Model model;
        model.compartments = {{"c", ""}};
        const bool added = apply_insertion(model, *insertion).has_value();
        ASSERT_TRUE(added || (model.reactions.empty() && model.metabolites.empty()));
        for (const auto& metabolite : insertion->metabolites) parse_formula(metabolite.formula);
    }
}

}  // namespace
}  // namespace leaven::metabolism
