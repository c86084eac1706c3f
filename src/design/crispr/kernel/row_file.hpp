// A table written row by row: whole or absent, and never held in memory.
#pragma once

#include <concepts>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/core.h>

#include <leaven/core/result.hpp>
#include <leaven/op/described.hpp>

namespace leaven::crispr {

/// The bytes go to a temporary name, which `commit` renames; without it nothing is left behind.
class RowFile {
public:
    /// By the ending: .tsv or .csv. Errors  bad_input, refused, as core's write_file
    static Result<RowFile> create(const std::filesystem::path& path);

    template <class Row>
    void write_header() {
        Row row;
        bool first = true;
        Row::describe(row, [&](auto&, const Field& field) {
            if (!first) pending_ += separator_;
            first = false;
            pending_ += field.name;
        });
        pending_ += '\n';
    }

    template <class Row>
    void write(const Row& row) {
        bool first = true;
        Row::describe(row, [&](const auto& member, const Field&) {
            if (!first) pending_ += separator_;
            first = false;
            append(member);
        });
        pending_ += '\n';
        if (pending_.size() > std::size_t{1} << 18) flush();
    }

    Status commit();

    RowFile(RowFile&&) noexcept = default;
    RowFile& operator=(RowFile&&) noexcept = default;
    ~RowFile();

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    RowFile() = default;
    void flush();

    template <class T>
    void append(const T& value) {
        if constexpr (std::same_as<T, std::string>)
            append_text(value);
        else if constexpr (OptionalOf<T>::value) {
            if (value) append(*value);
        } else
            pending_ += fmt::format("{}", value);
    }
    void append_text(const std::string& text);

    std::filesystem::path path_{};
    std::filesystem::path temporary_{};
    std::unique_ptr<std::FILE, Close> file_{};
    std::string pending_{};
    char separator_ = '\t';
    int failed_ = 0;  // errno of the first write that failed
};

}  // namespace leaven::crispr
