// Files that come with a call: {"name": "profile.json", "content": "…"} where a path may stand.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include <leaven/op/operation.hpp>

namespace leaven::server {

/// A folder for the files of one call, made when the first comes and removed with all that is in it.
class Uploads {
public:
    explicit Uploads(const std::filesystem::path& below) : below_(below) {}
    ~Uploads();
    Uploads(const Uploads&) = delete;
    Uploads& operator=(const Uploads&) = delete;

    /// Writes the files and puts their paths in their place.
    ///
    /// Errors  bad_input  a name that is not plain, or no content; `where` is the parameter
    Status take(const Operation& operation, Json& parameters);

    /// Without the folder that the caller knows nothing of.
    [[nodiscard]] std::string by_their_names(std::string text) const;

private:
    Status place(Json& value, const std::string& where);

    const std::filesystem::path& below_;
    std::filesystem::path folder_;
    std::size_t count_ = 0;
};

}  // namespace leaven::server
