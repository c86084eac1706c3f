// Operations that are easy to follow, for tests of the surfaces that serve.
#pragma once

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <leaven/core/file.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::testing {

struct RowsParams {
    std::int64_t count = 3;
    std::string word = "row";

    static void describe(auto& p, auto&& v) {
        v(p.count, {.name = "count", .doc = {"rows", "行数"}, .unit = "1", .min = 0, .max = 1e6});
        v(p.word, {.name = "word", .doc = {"word", "词"}});
    }
};

struct Row {
    std::int64_t number = 0;
    std::string word;

    static void describe(auto& p, auto&& v) {
        v(p.number, {.name = "number", .doc = {"number", "序号"}});
        v(p.word, {.name = "word", .doc = {"word", "词"}});
    }
};

struct RowsResult {
    std::vector<Row> rows;

    static void describe(auto& p, auto&& v) { v(p.rows, {.name = "rows", .doc = {"rows", "行"}}); }
};

inline Result<RowsResult> rows(const RowsParams& params, Context&) {
    RowsResult result;
    for (std::int64_t i = 0; i < params.count; ++i) result.rows.push_back({i, params.word});
    return result;
}

struct NoParams {
    static void describe(auto&, auto&&) {}
};

/// Runs until it is stopped.
inline Result<RowsResult> endless(const NoParams&, Context& context) {
    for (std::int64_t done = 0; !context.stopped(); ++done) {
        context.report({{"waiting", "等待"}, done % 1000, 1000});
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return cancelled();
}

struct FileParams {
    std::string file;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file", .doc = {"file", "文件"}, .format = "path", .required = true});
    }
};

inline Result<RowsResult> first_line(const FileParams& params, Context&) {
    const auto bytes = read_file(params.file);
    if (!bytes) return pass(bytes);
    return RowsResult{{{0, bytes->substr(0, bytes->find('\n'))}}};
}

/// Follows a file that names another, as a project file does.
inline Result<RowsResult> named_in(const FileParams& params, Context& context) {
    auto first = first_line(params, context);
    return first ? first_line({first->rows[0].word}, context) : first;
}

inline Registry probes() {
    return {make("probe rows", {"Some rows", "若干行"}, rows), make("probe endless", {"Runs on", "一直运行"}, endless),
            make("probe file", {"First line of a file", "文件首行"}, first_line),
            make("probe named", {"First line of the file named in a file", "文件所指文件的首行"}, named_in)};
}

}  // namespace leaven::testing
