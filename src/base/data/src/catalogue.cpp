#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/data/catalogue.hpp>

#include "entries.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace leaven::data {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

/// `shared/data` beside the folder that holds the program or the working folder, or beside any folder above.
std::vector<fs::path> shared_folders() {
    std::error_code code;
    std::vector<fs::path> folders;
    for (const auto& start : {fs::read_symlink("/proc/self/exe", code).parent_path(), fs::current_path(code)})
        for (auto folder = start; !folder.empty(); folder = folder.parent_path()) {
            if (fs::is_directory(folder / "shared/data", code)) folders.push_back(folder / "shared/data");
            if (folder == folder.parent_path()) break;
        }
    return folders;
}

std::vector<fs::path> places(const DataSet& entry) {
    std::vector<fs::path> found;
    if (const auto root = environment("LEAVEN_DATA"); !root.empty()) found.push_back(fs::path(root) / entry.file);
    for (const auto& folder : shared_folders()) found.push_back(folder / entry.file);
    if (!entry.system.empty()) found.emplace_back(entry.system);
    found.push_back(cache_folder() / entry.file);
    return found;
}

/// Runs a program with its output thrown away; the exit status, or -1 where it could not be started.
int run_program(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return -1;
    int status = 0;
    if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

Failure absent(const DataSet& entry) {
    const auto target = (cache_folder() / entry.file).string();
    auto error = not_found({"the data set {} is not on this machine", "本机上没有数据集 {}"}, entry.name)
                     .at(std::string(entry.name));
    if (entry.address.empty())
        return std::move(error).advise(
            {"put the file at {1}, or give its path; it has no public address that gives these bytes ({0})",
             "请将文件放到 {1}，或直接给出路径；没有能提供相同字节的公开地址（{0}）"},
            entry.citation, target);
    return std::move(error).advise({"`leaven data get {0}` would download {1} to {2}; or give the path of a file",
                                    "`leaven data get {0}` 会把 {1} 下载到 {2}；也可直接给出文件路径"},
                                   entry.name, entry.address, target);
}

/// Upper and lower case side by side, as a person looks for a name.
bool before(const DataSet& a, const DataSet& b) {
    return std::lexicographical_compare(
        a.name.begin(), a.name.end(), b.name.begin(), b.name.end(),
        [](unsigned char x, unsigned char y) { return std::tolower(x) < std::tolower(y); });
}

}  // namespace

std::span<const DataSet> catalogue() {
    static const auto all = [] {
        std::vector<DataSet> sets;
        std::ranges::merge(model_entries(), sequence_entries(), std::back_inserter(sets), before);
        return sets;
    }();
    return all;
}

fs::path cache_folder() {
    if (const auto cache = environment("XDG_CACHE_HOME"); !cache.empty()) return fs::path(cache) / "leaven/data";
    const auto home = environment("HOME");
    return fs::path(home.empty() ? "/tmp" : home) / ".cache/leaven/data";
}

Result<DataSet> find_entry(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& entry : catalogue()) {
        if (entry.name == name) return entry;
        names.emplace_back(entry.name);
    }
    const auto near = nearest(name, names);
    const auto suggestion = near.empty() ? std::string() : near.front();
    return not_found({"the catalogue has no data set \"{}\"", "目录中没有数据集“{}”"}, name)
        .at(std::string(name))
        .advise(near.empty()
                    ? Doc{"leaven data list shows them all", "leaven data list 列出全部"}
                    : Doc{"did you mean {}? leaven data list shows them all", "是否指 {}？leaven data list 列出全部"},
                suggestion);
}

std::optional<fs::path> locate(const DataSet& entry) {
    std::error_code code;
    for (const auto& place : places(entry))
        if (fs::is_regular_file(place, code)) return place.lexically_normal();
    return std::nullopt;
}

Result<fs::path> resolve(std::string_view path_or_name) {
    std::error_code code;
    const fs::path path(path_or_name);
    if (fs::exists(path, code)) return path;
    const bool named = path_or_name.find('/') == std::string_view::npos;
    const auto entry = named ? find_entry(path_or_name) : Result<DataSet>(not_found({"", ""}));
    if (entry) {
        if (auto place = locate(*entry)) return *place;
        return absent(*entry);
    }
    auto error = not_found({"there is no file \"{0}\"{1}", "没有文件“{0}”{2}"}, path_or_name,
                           named ? " and no data set of that name" : "", named ? "，也没有同名数据集" : "")
                     .at(std::string(path_or_name));
    if (named && !entry.error().hint.empty()) error.error.hint = entry.error().hint;
    if (!named) return std::move(error).advise({"check the path", "请检查路径"});
    return error;
}

Result<fs::path> download(const DataSet& entry) {
    if (entry.address.empty()) return absent(entry);
    const auto target = cache_folder() / entry.file;
    std::error_code code;
    fs::create_directories(target.parent_path(), code);
    const auto temporary = target.string() + fmt::format(".{}.download", ::getpid());
    const int status = run_program({"curl", "--fail", "--silent", "--location", "--max-time", "600", "--output",
                                    temporary, std::string(entry.address)});
    if (status != 0) {
        fs::remove(temporary, code);
        return not_found({"the download failed (curl: {})", "下载失败（curl：{}）"}, status)
            .at(std::string(entry.address))
            .advise({"check the network, or put the file at {}", "请检查网络，或将文件放到 {}"}, target.string());
    }
    const auto bytes = read_file(temporary);
    fs::remove(temporary, code);
    if (!bytes) return pass(bytes);
    const auto expected = entry.address_sha256.empty() ? entry.sha256 : entry.address_sha256;
    if (const auto found = sha256(*bytes); found != expected)
        return bad_input({"the checksum is {}, not {}", "校验和为 {}，应为 {}"}, found, expected)
            .at(std::string(entry.address))
            .advise({"the publisher may have changed the file; give a path to use it all the same",
                     "发布者可能已更改文件；若仍要使用，请直接给出路径"});
    if (auto written = write_file(target, *bytes); !written) return pass(written);
    return target;
}

}  // namespace leaven::data
