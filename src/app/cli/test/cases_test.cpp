// Golden cases: commands a person can type, with what they print.
//
//     # About the case.
//     $ leaven data list iJO
//     ---- 0
//     expected standard output (standard error where the status is not 0)
//
// A line "…" stands for any number of lines. Numbers may differ by 1e-6 of their size; other text may not. Lines
// that begin with "needs:" name data sets without which a file of cases is skipped.
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data_sets.hpp"

namespace leaven::cli {
namespace {

namespace fs = std::filesystem;

struct Case {
    int line = 0;
    std::string command;
    int status = 0;
    std::vector<std::string> expected;
};

struct CaseFile {
    std::vector<std::string> needs;
    std::vector<Case> cases;
};

CaseFile read_cases(const fs::path& path) {
    CaseFile file;
    std::ifstream in(path);
    std::string line;
    bool in_output = false;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("$ ")) {
            file.cases.push_back({number, line.substr(2), 0, {}});
            in_output = false;
        } else if (line.starts_with("---- ") && !file.cases.empty()) {
            file.cases.back().status = std::stoi(line.substr(5));
            in_output = true;
        } else if (line.starts_with("# needs: ")) {
            file.needs.push_back(line.substr(9));
        } else if (line.starts_with("#")) {
            in_output = false;
        } else if (in_output) {
            file.cases.back().expected.push_back(line);
        }
    }
    for (auto& one : file.cases)
        while (!one.expected.empty() && one.expected.back().empty()) one.expected.pop_back();
    return file;
}

struct Output {
    int status;
    std::vector<std::string> lines;
};

/// Standard output; where the status is not 0 and there is none, standard error.
Output run_command(const std::string& command) {
    const auto folder = fs::temp_directory_path() / fmt::format("leaven-cases-{}", ::getpid());
    fs::create_directories(folder);
    const auto errors = folder / "stderr";
    const auto words = fmt::format("cd '{}' && export PATH='{}':\"$PATH\" LEAVEN_LANG=en && {{ {}\n}} 2>'{}'",
                                   LEAVEN_SOURCE_DIR, LEAVEN_PROGRAM_DIR, command, errors.string());
    FILE* pipe = ::popen(words.c_str(), "r");
    std::string text;
    std::array<char, 4096> buffer{};
    while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), got);
    const int status = ::pclose(pipe);
    if (text.empty()) text = (std::ostringstream() << std::ifstream(errors).rdbuf()).str();
    fs::remove_all(folder);
    Output output{WIFEXITED(status) ? WEXITSTATUS(status) : -1, {}};
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) output.lines.push_back(line);
    return output;
}

/// Equal but for numbers, which may differ by 1e-6 of their size.
bool same_line(const std::string& a, const std::string& b) {
    if (a == b) return true;
    static const std::regex number(R"(-?\d+(\.\d+)?([eE][-+]?\d+)?)");
    if (std::regex_replace(a, number, "#") != std::regex_replace(b, number, "#")) return false;
    auto x = std::sregex_iterator(a.begin(), a.end(), number);
    auto y = std::sregex_iterator(b.begin(), b.end(), number);
    for (; x != std::sregex_iterator(); ++x, ++y) {
        const double p = std::stod(x->str());
        const double q = std::stod(y->str());
        if (std::abs(p - q) > 1e-6 * std::max({1.0, std::abs(p), std::abs(q)})) return false;
    }
    return true;
}

/// Does `lines` match from `at` on? "…" alone on a line matches any number of lines.
bool matches(const std::vector<std::string>& expected, std::size_t e, const std::vector<std::string>& lines,
             std::size_t at) {
    for (; e < expected.size(); ++e, ++at) {
        if (expected[e] == "…") {
            for (auto next = at; next <= lines.size(); ++next)
                if (matches(expected, e + 1, lines, next)) return true;
            return false;
        }
        if (at >= lines.size() || !same_line(expected[e], lines[at])) return false;
    }
    return at == lines.size();
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

class Cases : public ::testing::TestWithParam<fs::path> {};

TEST_P(Cases, print_what_they_say) {
    const auto file = read_cases(GetParam());
    ASSERT_FALSE(file.cases.empty()) << "no case in " << GetParam();
    for (const auto& need : file.needs)
        if (leaven::testing::data_set(need).empty() && !fs::exists(need)) GTEST_SKIP() << "no data set " << need;
    for (const auto& one : file.cases) {
        const auto output = run_command(one.command);
        EXPECT_EQ(output.status, one.status) << GetParam() << ":" << one.line << "\n$ " << one.command << "\n"
                                             << joined(output.lines);
        EXPECT_TRUE(matches(one.expected, 0, output.lines, 0))
            << GetParam() << ":" << one.line << "\n$ " << one.command << "\nexpected\n"
            << joined(one.expected) << "got\n"
            << joined(output.lines);
    }
}

std::vector<fs::path> case_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(LEAVEN_SOURCE_DIR) / "cases"))
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string name_of(const ::testing::TestParamInfo<fs::path>& info) {
    const auto relative = fs::relative(info.param, fs::path(LEAVEN_SOURCE_DIR) / "cases").string();
    return std::regex_replace(relative.substr(0, relative.size() - 5), std::regex("[^A-Za-z0-9]"), "_");
}

INSTANTIATE_TEST_SUITE_P(Golden, Cases, ::testing::ValuesIn(case_files()), name_of);

}  // namespace
}  // namespace leaven::cli
