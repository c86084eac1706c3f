// What an assistant may read: the user guide, the reference, and the results of the last calls.
//
//     leaven://guide/en                               leaven://guide/zh
//     leaven://reference/en/metabolism-fva            every operation, both languages
//     leaven://results/3                              a whole result, JSON
//     leaven://results/3/fluxes?first=100&count=50    some rows of one of its lists
//     file:///…                                       a file that a call wrote
#pragma once

#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include <leaven/op/operation.hpp>

#include "message.hpp"

namespace leaven::mcp {

class Resources {
public:
    Resources(const Registry& registry, Lang lang, std::size_t kept) : registry_(registry), lang_(lang), kept_(kept) {}

    /// Keeps a result under the URI that comes back, with the files that its call wrote; the oldest makes room.
    std::string keep(const std::string& tool, std::string json, std::vector<std::filesystem::path> files);

    [[nodiscard]] std::vector<Json> list() const;
    [[nodiscard]] std::vector<Json> templates() const;

    /// The `contents` of one resource.
    [[nodiscard]] Answered<Json> read(const std::string& uri) const;

private:
    struct Kept {
        std::string uri;
        std::string tool;
        std::string json;
        std::vector<std::filesystem::path> files;
    };

    [[nodiscard]] Answered<Json> read_reference(const std::string& uri, std::string_view path) const;
    [[nodiscard]] Answered<Json> read_result(const std::string& uri) const;
    [[nodiscard]] Answered<Json> read_written(const std::string& uri) const;

    const Registry& registry_;
    Lang lang_;
    std::size_t kept_;
    mutable std::mutex mutex_;
    std::deque<Kept> results_;
    std::size_t bytes_ = 0;
    std::int64_t next_ = 1;
};

/// The files in the folders that the arguments of a call name for its output; no links, no sub-folders.
std::vector<std::filesystem::path> files_written(const Operation& operation, const Json& arguments);

}  // namespace leaven::mcp
